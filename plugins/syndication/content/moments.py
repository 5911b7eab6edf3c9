"""Dates as writers must type them, and what they meant when they typed them otherwise."""

from __future__ import annotations

import calendar
import re
from datetime import datetime, timedelta, timezone, tzinfo

FORMAT = "2026-02-28 atau 2026-02-28 09:00"

# Only forms in which year, month and day cannot be mistaken for one another: Pelican would read
# "01-02-2026" as 2 January, a writer in Indonesia means 1 February.
_STRICT = re.compile(
    r"""(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})
    (?:(?:[ ]+|T)(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?
       [ ]*(?P<offset>Z|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2}))?)?""",
    re.VERBOSE | re.ASCII,
)
_LOOSE = re.compile(
    r"""(?P<first>\d{1,4})[\s./-]+(?P<month>\d{1,2}|[a-z]{3,})[\s./-]+(?P<last>\d{1,4})
    (?:\D+(?P<hour>\d{1,2})[:.](?P<minute>\d{2}))?
    (?:[:.]\d{2})?[ ]*(?P<zone>wita|wit|wib)?""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
_SHORT = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_SHORT |= {"may": 5, "aug": 8, "agt": 8, "oct": 10, "dec": 12}
_OFFSETS = {"wib": "", "wita": " +08:00", "wit": " +09:00"}
"""What to type for a zone's name. WIB is the site's own zone and needs nothing."""

_YEAR_DIGITS = 4


def parse(text: str, zone: tzinfo) -> datetime:
    """Read `YYYY-MM-DD[ HH:MM[:SS][ ±HH:MM]]`; without an offset it is in `zone`.

    Raises:
        ValueError: the text has another form, or there is no such day or hour.
    """
    match = _STRICT.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    return datetime(year, month, day, hour, minute, second, tzinfo=_offset(match) or zone)


def _offset(match: re.Match[str]) -> tzinfo | None:
    if not match["offset"]:
        return None
    if match["offset"] == "Z":
        return timezone(timedelta(0))
    away = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    return timezone(-away if match["sign"] == "-" else away)


def remedy(text: str) -> str:
    """Say what to type instead of `text`: the date that it means, where that can be told."""
    match = _LOOSE.search(text)
    if not match:
        return f"Tulis seperti {FORMAT}."
    year, day = match["first"], match["last"]
    if len(year) < _YEAR_DIGITS:
        year, day = day, year
    month = _month(match["month"])
    if len(year) < _YEAR_DIGITS or not int(year) or not month:
        return f"Tulis seperti {FORMAT}."
    days = calendar.monthrange(int(year), month)[1]
    if not 1 <= int(day) <= days:
        return f"{_MONTHS[month - 1]} {year} hanya sampai tanggal {days}. Tulis seperti {FORMAT}."
    return f"Tulis: {year}-{month:02}-{int(day):02}{_hour(match)}."


def _month(text: str) -> int:
    """Return the month's number, or 0 where there is none."""
    number = int(text) if text.isdigit() else _SHORT.get(text[:3].lower(), 0)
    return number if number <= len(_MONTHS) else 0


def _hour(match: re.Match[str]) -> str:
    if not match["hour"] or int(match["hour"]) > 23 or int(match["minute"]) > 59:  # noqa: PLR2004
        return ""
    return f" {int(match['hour']):02}:{match['minute']}{_OFFSETS[(match['zone'] or 'wib').lower()]}"
