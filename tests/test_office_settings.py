"""The office's rules in the settings: read, or refused with what to write instead."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest

from syndication.config import ConfigError, from_settings
from syndication.office import Quiet, Terms

X = {"platform": "x", "account": "kpknl"}
NIGHT = Quiet(time(21), time(6))


def terms(site: dict[str, object], **options: object) -> Terms:
    return from_settings({"SYNDICATION_CHANNELS": {"x": X | options}} | site).office.terms("x")


def test_x_has_the_prices_of_its_rules() -> None:
    assert terms({}) == Terms(
        price=Decimal("0.015"), price_with_link=Decimal("0.2"), price_read=Decimal("0.005")
    )


@pytest.mark.parametrize(
    ("site", "options", "name", "value"),
    [
        pytest.param({}, {"approvals": 2}, "approvals", 2, id="two people"),
        pytest.param({}, {"daily": "5"}, "daily", 5, id="five a day"),
        pytest.param({}, {"budget": "12,50"}, "budget", Decimal("12.5"), id="budget"),
        pytest.param({}, {"budget": 0}, "budget", Decimal(0), id="no budget"),
        pytest.param({}, {"quiet": "21.00-06.00"}, "quiet", NIGHT, id="quiet hours"),
        pytest.param({}, {"quiet": "21:00 – 6:00"}, "quiet", NIGHT, id="another way of writing"),
        pytest.param({"SYNDICATION_QUIET": "21.00-06.00"}, {}, "quiet", NIGHT, id="site's"),
        pytest.param(
            {"SYNDICATION_QUIET": "21.00-06.00"}, {"quiet": "-"}, "quiet", None, id="not here"
        ),
    ],
)
def test_a_channel_has_its_terms(
    site: dict[str, object], options: dict[str, object], name: str, value: object
) -> None:
    assert getattr(terms(site, **options), name) == value


def test_a_category_is_known_however_it_is_written() -> None:
    office = from_settings({"SYNDICATION_APPROVALS": {"Siaran Pers": 2}}).office
    assert office.approvals("x", "siaran pers") == 2


@pytest.mark.parametrize(
    ("site", "options", "message"),
    [
        pytest.param({}, {"approvals": "dua"}, 'approvals pada saluran "x" harus bil', id="word"),
        pytest.param({}, {"daily": "-1"}, "daily pada saluran", id="less than none"),
        pytest.param({}, {"budget": "banyak"}, "dolar AS sebulan", id="much"),
        pytest.param({}, {"budget": "NaN"}, "dolar AS sebulan", id="no number"),
        pytest.param({}, {"quiet": "malam"}, 'quiet pada saluran "x" bukan jam', id="night"),
        pytest.param({}, {"quiet": "21.00-25.00"}, "bukan jam", id="no such hour"),
        pytest.param({}, {"quiet": "21.00-21.00"}, "bukan jam", id="all day, or never?"),
        pytest.param({}, {"approval": 2}, r"Maksud Anda approvals\?", id="misspelt"),
        pytest.param({"SYNDICATION_QUIET": "22-5"}, {}, "SYNDICATION_QUIET bukan jam", id="site"),
        pytest.param({"SYNDICATION_APPROVALS": ["Berita"]}, {}, "harus kamus", id="a list"),
        pytest.param({"SYNDICATION_APPROVALS": {"Berita": "2"}}, {}, "harus kamus", id="text"),
    ],
)
def test_a_mistake_stops_everything(
    site: dict[str, object], options: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        terms(site, **options)
