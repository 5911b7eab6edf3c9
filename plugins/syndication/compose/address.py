"""The article's own address in a text: it stands there once, or not at all."""

from __future__ import annotations

from functools import lru_cache

import regex

ENDS = r"(?![\p{L}\p{N}/%&=#~_+-]|[.?:,;!@]+[\p{L}\p{N}/])"
"""A longer address that begins alike is another one."""


def times(text: str, url: str) -> int:
    """Count how often the address stands in the text."""
    return len(_pattern(url).findall(text))


def without(text: str, url: str) -> str:
    """Take the address out of the text."""
    return _pattern(url).sub("", text)


def once(text: str, url: str) -> str:
    """Keep the first mention of the address, or put it at the end where there is none."""
    first = _pattern(url).search(text)
    if not first:
        return f"{text}\n\n{url}"
    return text[: first.end()] + without(text[first.end() :], url)


@lru_cache(maxsize=64)
def _pattern(url: str) -> regex.Pattern[str]:
    return regex.compile(regex.escape(url) + ENDS)
