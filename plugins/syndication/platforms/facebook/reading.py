"""What an answer of the Graph API says of a Page's posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from syndication.platforms.answers import Answer, objects, plain
from syndication.platforms.meta import moment

ADDRESS = re.compile(r"https?://")


def created(answer: Answer) -> str:
    """Read the new post's id, `{page}_{post}` in digits; "" for none."""
    post_id = answer.data.get("id")
    if not (answer.ok and isinstance(post_id, str)):
        return ""
    return post_id if post_id.replace("_", "", 1).isdecimal() else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A post of a Page. `links` are those of its cards, then of its text; `at` is aware."""

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
        carded = [str(card["unshimmed_url"]) for card in cards if card.get("unshimmed_url")]
        if isinstance(post_id, str) and isinstance(text, str):
            links = (*carded, *filter(ADDRESS.match, text.split()))
            yield Shown(post_id, plain(text), links, moment(post.get("created_time")))
