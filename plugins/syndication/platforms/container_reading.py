"""What an answer of Instagram or Threads shows: posts, what they were seen, and the account."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from syndication.model import JSON, Figures
from syndication.platforms.answers import Answer, Said, objects, plain
from syndication.platforms.containers import quota
from syndication.platforms.health import bad, clock_of, good
from syndication.platforms.meta import fine, moment
from syndication.platforms.protocol import Health

SUBCODE = re.compile(r"\b22[0-9]{5}\b")
"""The subcode of what went wrong, in the words of an Instagram container's `status`.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container
(2026-11-24).
"""

BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of the account. `path` is that of its address; `at` is aware."""

    post_id: str
    path: str
    text: str
    links: tuple[str, ...]
    at: datetime


def listing(answer: Answer) -> bool:
    """Tell whether the answer is a list, be it an empty one."""
    return fine(answer) and isinstance(answer.data.get("data"), list)


def posts(answer: Answer, words: str) -> Iterator[Shown]:
    """Read one page of an account's posts; `words` is the field of a post's text."""
    for post in objects(answer.data.get("data")):
        post_id, text, at = post.get("id"), post.get(words), moment(post.get("timestamp"))
        if isinstance(post_id, str) and isinstance(text, str) and at:
            yield Shown(post_id, path(post.get("permalink")), plain(text), _links(text, post), at)


def path(permalink: JSON) -> str:
    """Read the path of a post's address; "" where there is none."""
    return urlsplit(permalink).path if isinstance(permalink, str) else ""


def said_of_container(answer: Answer, field: str) -> Said:
    """Read why a container failed, in the terms in which a call would have failed."""
    words = answer.data.get(field)
    text = words if isinstance(words, str) else ""
    found = SUBCODE.search(text)
    return Said(BAD_REQUEST, subcode=int(found[0]) if found else 0, words=text or "ERROR")


def figures(answer: Answer, metrics: Mapping[str, Collection[str]]) -> Figures:
    """Read how a post did; `metrics` tells which of Meta's numbers a figure is the sum of.

    What Meta does not (yet) know is not in its answer; it is not 0.
    """
    rows = objects(answer.data.get("data"))
    told = {name: _value(row) for row in rows if isinstance(name := row.get("name"), str)}
    found = {figure: [told.get(name) for name in names] for figure, names in metrics.items()}
    known = {figure: [n for n in numbers if n is not None] for figure, numbers in found.items()}
    return Figures(**{figure: sum(numbers) for figure, numbers in known.items() if numbers})


def health(account: Answer, limit: Answer, now: datetime, permission: str) -> Health:
    """Read the answers for the account and for its publishing limit.

    Meta tells the limit only to a token that may publish (`permission`).
    """
    allowed = quota(limit)
    if allowed is None:
        scope, left = bad(f"izin {permission} kurang"), bad("batas unggahan tidak disebut")
    else:
        says = f"{allowed.used} dari {allowed.total} unggahan dalam {allowed.hours} jam"
        scope, left = good("boleh mengunggah"), (bad if allowed.spent else good)(says)
    token = good(f"akun {account.data.get('username', '')}")
    return Health(token=token, scope=scope, clock=clock_of(account, now), quota=left)


def _links(text: str, post: Mapping[str, JSON]) -> tuple[str, ...]:
    """Name the addresses that a post shows, in its text and as a card."""
    card = post.get("link_attachment_url")
    shown = [word for word in text.split() if word.startswith(("https://", "http://"))]
    return (*shown, card) if isinstance(card, str) else tuple(shown)


def _value(row: Mapping[str, JSON]) -> int | None:
    total, values = row.get("total_value"), objects(row.get("values"))
    told = total if isinstance(total, dict) else values[0] if values else {}
    value = told.get("value")
    return value if isinstance(value, int) else None
