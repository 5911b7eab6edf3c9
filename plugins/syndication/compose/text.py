"""Clean text: what every text goes through before it is counted or quoted."""

from __future__ import annotations

import unicodedata

import regex

UNSEEN = regex.compile(
    r"[\p{Cc}--[\t\n]]|[\p{Cs}\p{Cn}]|[\u00AD\u200B\u2060\uFEFF\uFFF9-\uFFFC\u202A-\u202E\u2066-\u2069]",
    regex.VERSION1,
)
"""Controls, surrogates, what is no character, and marks that reverse all the text after them."""
HEAPED_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")
"""No language writes more than four marks on one letter ("zalgo" does)."""

TRAILING_SPACE = regex.compile(r"[^\S\n]+(?=\n|\Z)")
BLANK_LINES = regex.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Bring a text into NFC without what readers cannot see or no platform takes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.replace("\n", "").isprintable():  # most texts are, and the pattern is slow
        text = UNSEEN.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() else HEAPED_MARKS.sub(r"\1", text)


def one_line(text: str) -> str:
    """Clean a text and make its white space single."""
    return " ".join(clean(text).split())


def tidy(text: str) -> str:
    """Clean a text of several lines: no blank line at the ends, one at most between."""
    return BLANK_LINES.sub("\n\n", TRAILING_SPACE.sub("", clean(text))).strip()
