"""What an answer of X says: the error in X's terms, when to come back, and what was found."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from syndication.model import JSON
from syndication.platforms.answers import LONGEST_WAIT, Answer, Said, objects, plain, standard_wait

WINDOWS = ("x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour")
"""The limits that X tells in headers `…-remaining` and `…-reset` (seconds since 1970).

Source: https://docs.x.com/x-api/fundamentals/rate-limits (2026-11-24); the two of 24 hours as
seen in answers.
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


def created(answer: Answer) -> str:
    """Read `data.id`, the one field on which specification and practice agree; "" for none."""
    data = answer.data.get("data")
    return _post_id(data) if answer.ok and isinstance(data, dict) else ""


def deleted(answer: Answer) -> bool:
    """Tell whether the post is gone, now or before."""
    data = answer.data.get("data")
    if answer.ok and isinstance(data, dict):
        return data.get("deleted") is True
    return "/problems/resource-not-found" in said(answer).words


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as a timeline shows it, with text and links as they were sent; `at` is aware."""

    post_id: str
    text: str
    links: tuple[str, ...]
    at: datetime | None


def timeline(answer: Answer) -> Iterator[Shown]:
    """Read the posts of one page of a timeline."""
    for post in objects(answer.data.get("data")):
        text = post.get("text")
        if isinstance(text, str):
            long = dict(_links(post))
            at = _time(post.get("created_at"))
            yield Shown(_post_id(post), plain(_lengthened(text, long)), tuple(long.values()), at)


def next_page(answer: Answer) -> str:
    """Read how the page after this one is asked for; "" after the last."""
    meta = answer.data.get("meta")
    token = meta.get("next_token") if isinstance(meta, dict) else None
    return token if isinstance(token, str) else ""


def _links(post: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
    """Read each link that X shortened, and what it was."""
    entities = post.get("entities")
    for url in objects(entities.get("urls")) if isinstance(entities, dict) else []:
        short, long = url.get("url"), url.get("expanded_url")
        if isinstance(short, str) and isinstance(long, str):
            yield short, long


def _lengthened(text: str, links: Mapping[str, str]) -> str:
    """Undo what X does to a text: it shortens links, and writes &, < and > as entities."""
    text = html.unescape(text)
    for short, long in links.items():
        text = text.replace(short, long)
    return text


def _time(value: JSON) -> datetime | None:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at and at.tzinfo else None


def _post_id(data: Mapping[str, JSON]) -> str:
    post_id = data.get("id")
    return post_id if isinstance(post_id, str) and post_id.isdecimal() else ""


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
