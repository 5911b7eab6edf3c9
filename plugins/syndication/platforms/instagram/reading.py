"""What an answer of Instagram shows: posts, the account, and why a container failed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from syndication.model import JSON
from syndication.platforms.answers import Answer, Said, objects, plain
from syndication.platforms.containers import quota
from syndication.platforms.health import bad, clock_of, good
from syndication.platforms.meta import moment
from syndication.platforms.protocol import Health

SUBCODE = re.compile(r"\b22[0-9]{5}\b")
"""The subcode of what went wrong, in the words of a container's `status`.

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
    at: datetime

    @property
    def links(self) -> tuple[str, ...]:
        """Read the addresses that the caption names."""
        words = self.text.split()
        return tuple(word for word in words if word.startswith(("https://", "http://")))


def posts(answer: Answer) -> Iterator[Shown]:
    """Read one page of an account's posts."""
    for post in objects(answer.data.get("data")):
        post_id, text, at = post.get("id"), post.get("caption"), moment(post.get("timestamp"))
        if isinstance(post_id, str) and isinstance(text, str) and at:
            yield Shown(post_id, path(post.get("permalink")), plain(text), at)


def path(permalink: JSON) -> str:
    """Read the path of a post's address; "" where there is none."""
    return urlsplit(permalink).path if isinstance(permalink, str) else ""


def said_of_container(answer: Answer) -> Said:
    """Read why a container failed, in the terms in which a call would have failed."""
    words = answer.data.get("status")
    text = words if isinstance(words, str) else ""
    found = SUBCODE.search(text)
    return Said(BAD_REQUEST, subcode=int(found[0]) if found else 0, words=text or "ERROR")


def health(account: Answer, limit: Answer, now: datetime) -> Health:
    """Read the answers for the account and for its publishing limit.

    Instagram tells the limit only to a token that may publish.

    Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit
    (2026-11-24).
    """
    allowed = quota(limit)
    if allowed is None:
        scope, left = bad("izin instagram_content_publish kurang"), bad("batas tidak disebut")
    else:
        says = f"{allowed.used} dari {allowed.total} unggahan dalam {allowed.hours} jam"
        scope, left = good("boleh mengunggah"), (bad if allowed.spent else good)(says)
    token = good(f"akun {account.data.get('username', '')}")
    return Health(token=token, scope=scope, clock=clock_of(account, now), quota=left)
