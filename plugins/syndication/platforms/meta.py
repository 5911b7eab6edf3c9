"""What an answer of one of Meta's Graph APIs says: the error, when to come back, the next page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from syndication.model import JSON
from syndication.platforms.answers import LONGEST_WAIT, Answer, Said, standard_wait

USAGE = "x-business-use-case-usage"
"""A JSON object: business → list of uses, each with the minutes until access is given again.

Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting (2026-11-24).
"""


def said(answer: Answer) -> Said:
    """Read Meta's `error` object; without one only the HTTP status speaks."""
    error = answer.data.get("error")
    if not isinstance(error, dict):
        return Said(answer.status)
    words = [error.get(name) for name in ("type", "message", "error_user_msg")]
    if error.get("is_transient") is True:
        words.append("is_transient")
    return Said(
        answer.status,
        code=number(error.get("code")),
        subcode=number(error.get("error_subcode")),
        words=" ".join(word for word in words if isinstance(word, str)),
    )


def retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """Tell how long Meta wants us to wait: the longest of what it estimates, where it does."""
    try:
        usage = json.loads(answer.headers.get(USAGE, "null"))
    except (ValueError, RecursionError):
        usage = None
    minutes = max(_minutes(usage), default=0)
    wait = timedelta(minutes=min(minutes, LONGEST_WAIT // timedelta(minutes=1) + 1))
    return wait if timedelta(0) < wait <= LONGEST_WAIT else standard_wait(answer, now)


def fine(answer: Answer) -> bool:
    """Tell whether the answer is one to read: facebook-sdk and Meta mix errors into 200."""
    return answer.ok and "error" not in answer.data


def listing(answer: Answer) -> bool:
    """Tell whether the answer is a list, be it an empty one."""
    return fine(answer) and isinstance(answer.data.get("data"), list)


def created(answer: Answer) -> str:
    """Read the id of what was made: digits; "" for none."""
    made = answer.data.get("id")
    return made if fine(answer) and isinstance(made, str) and made.isdecimal() else ""


def succeeded(answer: Answer) -> bool:
    """Tell whether a deletion was done."""
    return fine(answer) and answer.data.get("success") is True


def missing(answer: Answer) -> bool:
    """Tell whether the object asked for is not there, or not for this token.

    Source: https://developers.facebook.com/docs/graph-api/guides/error-handling (2026-11-24).
    """
    error = said(answer)
    return (error.code, error.subcode) == (100, 33)


def next_page(answer: Answer) -> str:
    """Read how the page after this one is asked for; "" after the last.

    Source: https://developers.facebook.com/docs/graph-api/results (2026-11-24).
    """
    paging = answer.data.get("paging")
    if not isinstance(paging, dict) or "next" not in paging:
        return ""
    cursors = paging.get("cursors")
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) else ""


def moment(value: JSON) -> datetime | None:
    """Read a time such as `2026-11-24T03:00:00+0000`; None where there is none."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None


def number(value: JSON) -> int:
    """Read a whole number; 0 where there is none."""
    return value if isinstance(value, int) else 0


def _minutes(usage: JSON) -> Iterator[int]:
    businesses = usage.values() if isinstance(usage, dict) else ()
    for uses in businesses:
        for use in uses if isinstance(uses, list) else ():
            if isinstance(use, dict):
                yield number(use.get("estimated_time_to_regain_access"))
