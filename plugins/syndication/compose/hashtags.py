"""Hashtags that work on every platform, made from an article's tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import regex

JOINERS = regex.compile(r"['’`\p{Pd}]")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}_]+")


def hashtag(tag: str) -> str:
    """Write a tag as a hashtag without its '#': CamelCase, acronyms kept; "" if nothing is left."""
    words = WORD.findall(JOINERS.sub("", unicodedata.normalize("NFC", tag)))
    name = "".join(word[0].upper() + word[1:] for word in words)
    if name.isdigit():
        return f"Tahun{name}"
    return name if any(letter.isalpha() for letter in name) else ""


def hashtags(tags: Iterable[str]) -> tuple[str, ...]:
    """Write tags as hashtags without '#', each once whatever its case, in their order."""
    names = {name.casefold(): name for name in map(hashtag, tags) if name}
    return tuple(names.values())
