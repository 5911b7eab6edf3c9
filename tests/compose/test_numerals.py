from __future__ import annotations

from decimal import Decimal

import pytest

from syndication.compose.numerals import figures, in_words

FIGURES = [
    ("1.250.000,00", "id", "1250000.00"),
    ("1,250,000.00", "en", "1250000.00"),
    ("1.250", "id", "1250"),
    ("1.250", "en", "1.250"),
    ("1,25", "id", "1.25"),
    ("61.8", "id", "61.8"),
    ("1,250", "id", "1.250"),
    ("1,250", "en", "1250"),
    ("1.250.000", "en", "1250000"),
    ("27", "id", "27"),
    ("0,5", "id", "0.5"),
]
WORDS = [
    ("lima", 5),
    ("sebelas", 11),
    ("dua belas", 12),
    ("dua puluh", 20),
    ("dua puluh tujuh", 27),
    ("seratus dua puluh lima", 125),
    ("dua ratus lima puluh", 250),
    ("seribu dua ratus", 1200),
    ("dua puluh lima ribu", 25_000),
    ("dua ratus ribu", 200_000),
    ("tiga juta lima ratus ribu", 3_500_000),
    ("dua miliar", 2_000_000_000),
    ("twenty seven", 27),
    ("two hundred", 200),
    ("three million", 3_000_000),
]


@pytest.mark.parametrize(("text", "lang", "value"), FIGURES)
def test_reads_figures(text: str, lang: str, value: str) -> None:
    assert figures(text, lang) == Decimal(value)


@pytest.mark.parametrize(("text", "value"), WORDS)
def test_reads_words(text: str, value: int) -> None:
    assert in_words(text.split()) == value
