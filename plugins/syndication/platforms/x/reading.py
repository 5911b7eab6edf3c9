"""What an answer of X says: the error in X's terms, and when to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from syndication.model import JSON
from syndication.platforms.answers import Answer, Said

WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
"""The limits that X tells in headers `…-remaining` and `…-reset` (seconds since 1970).

Source: https://docs.x.com/x-api/fundamentals/rate-limits (2026-11-24); the two of 24 hours as
seen in answers.
"""

LONGEST_WAIT = timedelta(days=31)
"""A reset further away than a month is no time that X means."""


def said(answer: Answer) -> Said:
    """Gather X's error from the two forms in which it comes: problem details and `errors`."""
    problems = [answer.data, *_objects(answer.data.get("errors"))]
    codes = (problem.get("code") for problem in problems)
    words = (
        str(problem[name])
        for problem in problems
        for name in ("type", "title", "detail", "message", "reason")
        if isinstance(problem.get(name), str)
    )
    code = next((code for code in codes if isinstance(code, int)), 0)
    return Said(answer.status, code=code, words=" ".join(words))


def retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """Tell how long X wants us to wait: until the last of the limits that are used up resets.

    The window of 15 minutes is told even where it is the day's limit that is used up.
    """
    spent = [name for name in WINDOWS if answer.headers.get(f"{name}-remaining") == "0"]
    waits = [_until(answer, name, now) for name in spent or WINDOWS]
    known = [wait for wait in waits if wait is not None]
    return max(known, default=None)


def _until(answer: Answer, window: str, now: datetime) -> timedelta | None:
    stated = answer.headers.get(f"{window}-reset", "")
    if not stated.isdecimal():
        return None
    try:
        reset = datetime.fromtimestamp(int(stated), UTC)
    except (OverflowError, ValueError, OSError):
        return None
    wait = max(reset - now, timedelta(0))
    return wait if wait <= LONGEST_WAIT else None


def _objects(value: JSON) -> list[Mapping[str, JSON]]:
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, dict)]
