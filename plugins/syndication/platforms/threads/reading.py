"""What an answer of Threads shows of posts and of the profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from syndication.model import JSON
from syndication.platforms.answers import Answer, objects, plain
from syndication.platforms.containers import quota
from syndication.platforms.health import bad, clock_of, good
from syndication.platforms.meta import moment
from syndication.platforms.protocol import Finding, Health


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of the profile. `path` is that of its address; `at` is aware."""

    post_id: str
    path: str
    text: str
    links: tuple[str, ...]
    at: datetime


def posts(answer: Answer) -> Iterator[Shown]:
    """Read one page of a profile's posts."""
    for post in objects(answer.data.get("data")):
        post_id, text, at = post.get("id"), post.get("text"), moment(post.get("timestamp"))
        if isinstance(post_id, str) and isinstance(text, str) and at:
            card = post.get("link_attachment_url")
            links = [word for word in text.split() if word.startswith(("https://", "http://"))]
            found = (*links, card) if isinstance(card, str) else links
            yield Shown(post_id, path(post.get("permalink")), plain(text), tuple(found), at)


def path(permalink: JSON) -> str:
    """Read the path of a post's address; "" where there is none."""
    return urlsplit(permalink).path if isinstance(permalink, str) else ""


def health(profile: Answer, limit: Answer, now: datetime) -> Health:
    """Read the answers for the profile and for its publishing limit.

    Threads tells the limit only to a token that may publish.

    Source: https://developers.facebook.com/docs/threads/overview (2026-11-24).
    """
    allowed = quota(limit)
    return Health(
        token=good(f"profil {profile.data.get('username', '')}"),
        scope=good("boleh mengunggah") if allowed else bad("izin threads_content_publish kurang"),
        clock=clock_of(profile, now),
        quota=_quota(limit),
    )


def _quota(limit: Answer) -> Finding:
    allowed = quota(limit)
    if allowed is None:
        return bad("Threads tidak menyebut batas unggahan")
    says = f"{allowed.used} dari {allowed.total} unggahan dalam {allowed.hours} jam"
    return bad(says) if allowed.spent else good(says)
