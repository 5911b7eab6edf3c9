"""Read numbers as Indonesian and English write them, in figures and in words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

import regex

FIGURES = r"\d+(?:[.,]\d+)*"
GROUP = 3
"""Figures between two marks of a large number."""
TEEN = "belas"
LARGE = 1_000
"""From here on a scale closes what was said before it: "dua ratus ribu"."""


def figures(text: str, lang: str) -> Decimal:
    """Read "1.250.000,00" (Indonesian) or "1,250,000.00" (English).

    Where only one mark is there, once and before three figures, the language tells what it is.
    """
    marks = regex.findall(r"[.,]", text)
    if not marks:
        return Decimal(text)
    whole, _, part = text.rpartition(marks[-1])
    is_thousands = marks[-1] == ("," if lang.startswith("en") else ".")
    if len(set(marks)) == 1 and (len(marks) > 1 or (len(part) == GROUP and is_thousands)):
        whole, part = text, ""
    return Decimal(f"{regex.sub(r'[.,]', '', whole)}.{part or 0}")


def in_words(words: Sequence[str]) -> Decimal:
    """Read "dua puluh lima ribu" or "twenty five thousand", word by word, in small letters."""
    digits, scales = numerals("digits"), numerals("scales")
    total = part = last = 0
    for word in words:
        if word in digits:
            last = digits[word]
            part += last
        elif word == TEEN:
            part += 10
        elif scales[word] < LARGE:
            part += (last or 1) * scales[word] - last
        else:
            total += (part or 1) * scales[word]
            part = 0
        last = last if word in digits else 0
    return Decimal(total + part)


@cache
def numerals(group: str) -> Mapping[str, Any]:
    """Return a table of `numerals.toml`: words in small letters to what they stand for."""
    file = resources.files("syndication.compose") / "numerals.toml"
    table: Mapping[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))[group]
    return table


def any_of(group: str) -> str:
    """Write a pattern for any word of a table, the longest first."""
    ordered = sorted(numerals(group), key=lambda word: -len(word))
    return "|".join(map(regex.escape, ordered))
