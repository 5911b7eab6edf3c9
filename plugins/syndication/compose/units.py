"""The units in which platforms measure a text: each a function from text to a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

import regex

GRAPHEME = regex.compile(r"\X")
EMOJI = regex.compile(
    r"\p{RI}{2}|[\p{Emoji}--\p{Emoji_Presentation}]\uFE0F|\p{Emoji_Presentation}", regex.V1
)
HEAVY = regex.compile(r"[^\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")
"""What weighs 2 on X: all but these ranges (twitter-text config/v3.json, 2026-11-24)."""

EMOJI_WEIGHT = 2


def weighted(text: str) -> int:
    """Weigh as X documents: 1 or 2 a code point in NFC, an emoji 2 however long."""
    return _weigh(text, EMOJI_WEIGHT)


def weighted_undiscounted(text: str) -> int:
    """Weigh without the emoji discount, which X's own library grants to older emoji only."""
    return _weigh(text, len(text) * EMOJI_WEIGHT)


def graphemes(text: str) -> int:
    """Count what a reader takes for one character (Unicode's extended grapheme clusters)."""
    return len(text) if text.isascii() and "\r" not in text else len(GRAPHEME.findall(text))


def utf16(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def emoji_bytes(text: str) -> int:
    """Count code points, but an emoji as its bytes in UTF-8."""
    if text.isascii():
        return len(text)
    return sum(
        len(cluster.encode()) if EMOJI.search(cluster) else len(cluster)
        for cluster in GRAPHEME.findall(text)
    )


def _weigh(text: str, emoji_cap: int) -> int:
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return len(text)
    return sum(
        min(emoji_cap, max(EMOJI_WEIGHT, _weight(cluster)))
        if EMOJI.search(cluster)
        else _weight(cluster)
        for cluster in GRAPHEME.findall(text)
    )


def _weight(text: str) -> int:
    return len(text) + len(HEAVY.findall(text))


UNITS: Mapping[str, Callable[[str], int]] = MappingProxyType(
    {
        "weighted": weighted,
        "weighted_undiscounted": weighted_undiscounted,
        "graphemes": graphemes,
        "code_points": len,
        "utf16": utf16,
        "emoji_bytes": emoji_bytes,
    }
)
"""The units by the names that `rules.toml` uses."""
