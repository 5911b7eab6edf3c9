"""Hashtags that work on every platform, made from an article's tags."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from syndication.compose.text import clean

JOINERS = regex.compile(r"['’`\u00B4\p{Pd}]")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
IN_TEXT = regex.compile(r"(?<!\S)#([\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)")
LETTER = regex.compile(r"\p{L}")


def hashtag(tag: str) -> str:
    """Write a tag as a hashtag without its "#"; "" if nothing of it can be one.

    Each word begins with a capital (screen readers tell them apart so) and acronyms are kept,
    with "_" between two of them. A year alone becomes "Tahun2024".
    """
    name = ""
    for word in WORD.findall(JOINERS.sub("", clean(tag))):
        joint = "_" if _is_acronym(word) and _is_acronym(name.rpartition("_")[2]) else ""
        name += joint + word[0].upper() + word[1:]
    if name.isdecimal():
        return f"Tahun{name}"
    return name if LETTER.search(name) else ""


def hashtags(tags: Iterable[str]) -> tuple[str, ...]:
    """Write tags as hashtags without "#", each once whatever its case, in their order."""
    names: dict[str, str] = {}
    for name in map(hashtag, tags):
        names.setdefault(name.casefold(), name)
    return tuple(name for name in names.values() if name)


def written(text: str) -> tuple[str, ...]:
    """Find the hashtags that a writer put into a text, without "#"."""
    return tuple(IN_TEXT.findall(text))


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
