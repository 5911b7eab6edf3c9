"""The units in which platforms measure a text: each a function from text to a number."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

import regex

from syndication.compose.emoji import emoji

GRAPHEME = regex.compile(r"\X")
HEAVY = regex.compile(r"[^\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")
"""What weighs 2 on X: all but these ranges (twitter-text config/v3.json, 2026-11-24)."""

EMOJI_WEIGHT = 2


def weighted(text: str) -> int:
    """Weigh as X documents: 1 or 2 a code point in NFC, an emoji 2 however long it is."""
    text = unicodedata.normalize("NFC", text)
    return _weight(text) - sum(_weight(one) - EMOJI_WEIGHT for one in emoji(text))


def weighted_in_full(text: str) -> int:
    """Weigh without the emoji discount: X's own library grants it to older emoji only."""
    return _weight(unicodedata.normalize("NFC", text))


def graphemes(text: str) -> int:
    """Count what a reader takes for one character (Unicode's extended grapheme clusters)."""
    return len(text) if text.isascii() and "\r" not in text else len(GRAPHEME.findall(text))


def utf16(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def emoji_bytes(text: str) -> int:
    """Count code points, but an emoji as its bytes in UTF-8."""
    return len(text) + sum(len(one.encode()) - len(one) for one in emoji(text))


def _weight(text: str) -> int:
    return len(text) + len(HEAVY.findall(text))


UNITS: Mapping[str, Callable[[str], int]] = MappingProxyType(
    {
        "weighted": weighted,
        "weighted_in_full": weighted_in_full,
        "graphemes": graphemes,
        "code_points": len,
        "utf16": utf16,
        "emoji_bytes": emoji_bytes,
    }
)
"""The units by the names that `rules.toml` uses."""
