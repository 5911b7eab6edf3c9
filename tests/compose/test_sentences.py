from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndication.compose.sentences import split

GOLD = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize("sentences", [pytest.param(row[1:], id=row[0]) for row in GOLD])
def test_finds_the_sentences(sentences: list[str]) -> None:
    assert list(split(" ".join(sentences))) == sentences


def test_the_gold_table_is_large_and_says_why() -> None:
    reasons = [row[0] for row in GOLD]
    assert len(reasons) >= 150
    assert len(set(reasons)) == len(reasons)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_loses_and_adds_nothing(paragraph: str) -> None:
    assert " ".join(split(paragraph)) == " ".join(paragraph.split())
