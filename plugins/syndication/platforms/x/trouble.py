"""What X says when it does not do what was asked: its error, and when to come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from syndication.platforms.answers import LONGEST_WAIT, Answer, Said, objects, standard_wait

WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
"""The limits that X tells in headers `…-remaining` and `…-reset` (seconds since 1970).

Source: https://docs.x.com/x-api/fundamentals/rate-limits (2026-11-24); the two of 24 hours as
seen in answers.
"""

MEDIA_CODES = (324, 325)
MEDIA_WORDS = "media ids are invalid"
"""How X words that it will not show a picture which it took before.

Source: https://developer.x.com/en/support/x-api/error-troubleshooting; the words are as they were
seen (https://devcommunity.x.com/c/x-api/media-apis, 2026-11-24).
"""


def said(answer: Answer) -> Said:
    """Gather X's error from the two forms in which it comes: problem details and `errors`."""
    problems = [answer.data, *objects(answer.data.get("errors"))]
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
    return max(known, default=standard_wait(answer, now))


def media_turned_down(answer: Answer) -> bool:
    """Tell whether X will not show a picture that it took before; nothing is public then."""
    error = said(answer)
    return error.code in MEDIA_CODES or MEDIA_WORDS in error.words.casefold()


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
