"""What an answer shows of an account's health, whatever the platform: signs, and the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from syndication.platforms.answers import Answer
from syndication.platforms.protocol import Finding, Sign

MOST_SKEW = timedelta(minutes=1)
"""Our own choice: NTP keeps a clock far closer, and signed requests (OAuth 1.0a) fail at a few
minutes."""


def good(says: str) -> Finding:
    """Say that something is as it must be."""
    return Finding(Sign.GOOD, says)


def bad(says: str) -> Finding:
    """Say that something keeps posts from going out, or soon will."""
    return Finding(Sign.BAD, says)


def unknown(says: str) -> Finding:
    """Say that the platform lets nobody know."""
    return Finding(Sign.UNKNOWN, says)


def clock_of(answer: Answer, now: datetime) -> Finding:
    """Compare this machine's clock with the platform's (`Date`, RFC 9110, 6.6.1)."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("date", ""))
        skew = now - theirs
    except (ValueError, TypeError):
        return unknown("platform tidak menyebut jamnya")
    seconds = round(abs(skew).total_seconds())
    if abs(skew) <= MOST_SKEW:
        return good(f"selisih {seconds} detik")
    way = "lebih cepat" if skew > timedelta(0) else "lebih lambat"
    return bad(f"jam mesin ini {seconds} detik {way}; nyalakan NTP")
