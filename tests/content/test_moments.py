"""Dates: one strict form that Pelican reads alike, and the form that a writer meant."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.utils import get_date

from syndication.content.moments import parse, remedy

ZONE = ZoneInfo("Asia/Jakarta")
PLUS_9 = timezone(timedelta(hours=9))
MINUS_3 = timezone(timedelta(hours=-3, minutes=-30))

READ = [
    pytest.param("2026-02-28", datetime(2026, 2, 28, tzinfo=ZONE), id="a day"),
    pytest.param("2026-02-28 09:00", datetime(2026, 2, 28, 9, tzinfo=ZONE), id="a minute"),
    pytest.param("2026-02-28T09:00:30", datetime(2026, 2, 28, 9, 0, 30, tzinfo=ZONE), id="second"),
    pytest.param("2026-02-28 09:00+09:00", datetime(2026, 2, 28, 9, tzinfo=PLUS_9), id="offset"),
    pytest.param("2026-02-28 09:00 -0330", datetime(2026, 2, 28, 9, tzinfo=MINUS_3), id="west"),
    pytest.param("2024-02-29", datetime(2024, 2, 29, tzinfo=ZONE), id="leap day"),
]
MEANT = [
    pytest.param("18 Juli 2022", "Tulis: 2022-07-18.", id="in words"),
    pytest.param("Senin, 18 Juli 2022, 09.00 WIB", "Tulis: 2022-07-18 09:00.", id="office style"),
    pytest.param("18 Jul 2022 9.05 WITA", "Tulis: 2022-07-18 09:05 +08:00.", id="central zone"),
    pytest.param("18-07-2022 23.59 WIT", "Tulis: 2022-07-18 23:59 +09:00.", id="eastern zone"),
    pytest.param("18/07/2022", "Tulis: 2022-07-18.", id="slashes"),
    pytest.param("18.07.2022", "Tulis: 2022-07-18.", id="dots"),
    pytest.param("2022/7/8", "Tulis: 2022-07-08.", id="year first, one digit"),
    pytest.param("2026-02-28 09.00", "Tulis: 2026-02-28 09:00.", id="hour with a dot"),
    pytest.param("2026-02-28 25:00", "Tulis: 2026-02-28.", id="hour that is none"),
    pytest.param('"2026-02-28"', "Tulis: 2026-02-28.", id="in quotes"),
    pytest.param("18 Agustus 2022", "Tulis: 2022-08-18.", id="August"),
    pytest.param("18 August 2022", "Tulis: 2022-08-18.", id="English month"),
    pytest.param(
        "31-02-2026",
        "Februari 2026 hanya sampai tanggal 28. Tulis seperti 2026-02-28 atau 2026-02-28 09:00.",
        id="31 February",
    ),
    pytest.param(
        "2023-02-29",
        "Februari 2023 hanya sampai tanggal 28. Tulis seperti 2026-02-28 atau 2026-02-28 09:00.",
        id="no leap year",
    ),
    pytest.param("18-13-2026", "Tulis seperti 2026-02-28 atau 2026-02-28 09:00.", id="month 13"),
    pytest.param("18-07-22", "Tulis seperti 2026-02-28 atau 2026-02-28 09:00.", id="short year"),
    pytest.param("0000-01-01", "Tulis seperti 2026-02-28 atau 2026-02-28 09:00.", id="year 0"),
    pytest.param("besok", "Tulis seperti 2026-02-28 atau 2026-02-28 09:00.", id="no date at all"),
]
NOT_READ = [*(case.values[0] for case in MEANT), "", "20260228", "2026-02-28 9:00", "2026-02-28\n"]


@pytest.mark.parametrize(("text", "moment"), READ)
def test_reads(text: str, moment: datetime) -> None:
    assert parse(text, ZONE) == moment


@pytest.mark.parametrize("text", NOT_READ)
def test_refuses_what_could_be_mistaken(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the caller has the words
        parse(text, ZONE)


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_says_what_was_meant(text: str, meant: str) -> None:
    assert remedy(text) == meant


@given(
    st.datetimes(min_value=datetime(1000, 1, 1)),  # noqa: DTZ001 -- the text has no zone
    st.sampled_from(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d  %H:%M:%S"]),
    st.sampled_from(["", "Z", "+07:00", " +0930", "-03:30"]),
)
def test_pelican_reads_the_same(moment: datetime, form: str, offset: str) -> None:
    text = moment.strftime(form) + (offset if "%H" in form else "")
    pelican = get_date(text)
    assert parse(text, ZONE) == (pelican if pelican.tzinfo else pelican.replace(tzinfo=ZONE))


@given(st.text())
def test_any_text_has_a_remedy(text: str) -> None:
    assert "Tulis" in remedy(text)
