"""What an answer of the Graph API says: the error, when to come back, and what was found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndication.model import JSON
from syndication.platforms.answers import LONGEST_WAIT, Answer, Said, objects, plain, standard_wait

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
        code=_number(error.get("code")),
        subcode=_number(error.get("error_subcode")),
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


def created(answer: Answer) -> str:
    """Read the new post's id, `{page}_{post}` in digits; "" for none."""
    post_id = answer.data.get("id")
    if not (answer.ok and isinstance(post_id, str)):
        return ""
    return post_id if post_id.replace("_", "", 1).isdecimal() else ""


def succeeded(answer: Answer) -> bool:
    """Tell whether an edit or a deletion was done."""
    return answer.ok and answer.data.get("success") is True


def missing(answer: Answer) -> bool:
    """Tell whether the object asked for is not there, or not for this token.

    Source: https://developers.facebook.com/docs/graph-api/guides/error-handling (2026-11-24).
    """
    error = said(answer)
    return (error.code, error.subcode) == (100, 33)


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of a Page. `links` are those of its cards; `at` is aware."""

    post_id: str
    text: str
    links: tuple[str, ...]
    at: datetime | None


def posts(answer: Answer) -> Iterator[Shown]:
    """Read one page of a Page's posts."""
    for post in objects(answer.data.get("data")):
        post_id, text = post.get("id"), post.get("message")
        attachments = post.get("attachments")
        cards = objects(attachments.get("data")) if isinstance(attachments, dict) else []
        links = tuple(str(card["unshimmed_url"]) for card in cards if card.get("unshimmed_url"))
        if isinstance(post_id, str) and isinstance(text, str):
            yield Shown(post_id, plain(text), links, _time(post.get("created_time")))


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


def _time(value: JSON) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None


def _minutes(usage: JSON) -> Iterator[int]:
    businesses = usage.values() if isinstance(usage, dict) else ()
    for uses in businesses:
        for use in uses if isinstance(uses, list) else ():
            if isinstance(use, dict):
                yield _number(use.get("estimated_time_to_regain_access"))


def _number(value: JSON) -> int:
    return value if isinstance(value, int) else 0
