"""The body of a file as its readers get it: without code and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Each repetition is bounded by what ends it, so that no text can make the search slow.
_CODE = re.compile(
    r"""^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ ]*$|\Z)
    |(?<!`)(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)(?P=ticks)(?!`)
    |<!--.*?(?:-->|\Z)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def without_code(text: str) -> str:
    """Blank out code and comments; lines still count right."""
    if "`" in text or "~" in text or "<" in text:
        return _CODE.sub(lambda match: "\n" * match[0].count("\n"), text)
    return text


def matches(pattern: re.Pattern[str], opening: str, text: str) -> Iterator[re.Match[str]]:
    """Match wherever the character `opening` stands: far faster than to search the pattern."""
    at = text.find(opening)
    while at >= 0:
        match = pattern.match(text, at)
        if match:
            yield match
        at = text.find(opening, match.end() if match else at + 1)
