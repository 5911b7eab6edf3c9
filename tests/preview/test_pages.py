"""What people read is written as Indonesian readers expect it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from syndication.preview import pages
from tests.preview.samples import BUILT, ZONE


def test_writes_days_and_hours() -> None:
    assert pages.day(datetime(2022, 7, 18, tzinfo=ZONE)) == "Senin, 18 Juli 2022"
    assert pages.hour(BUILT) == "09.15 WIB"
    assert pages.hour(datetime(2026, 11, 24, 2, 15, tzinfo=UTC)) == "02.15 UTC"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(280, "280", id="small"),
        pytest.param(63206, "63.206", id="thousands"),
    ],
)
def test_writes_numbers(value: int, written: str) -> None:
    assert pages.number(value) == written


@pytest.mark.parametrize(
    ("dollars", "written"),
    [pytest.param(0.2, "0,20", id="two digits"), pytest.param(0.015, "0,015", id="three digits")],
)
def test_writes_prices(dollars: float, written: str) -> None:
    assert pages.price(dollars) == written


@pytest.mark.parametrize(
    ("code", "name"),
    [
        pytest.param("id", "Indonesia", id="known"),
        pytest.param("en", "Inggris", id="in Indonesian"),
        pytest.param("en-GB", "Inggris", id="with a region"),
        pytest.param("qq", "qq", id="unknown"),
        pytest.param("<b>", "<b>", id="no code at all"),
    ],
)
def test_names_languages(code: str, name: str) -> None:
    assert pages.language(code) == name
