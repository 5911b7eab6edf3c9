"""What an answer of X shows: posts, and what they cost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from syndication.model import JSON, Receipt
from syndication.platforms.answers import Answer, objects, plain
from syndication.platforms.x.trouble import said

PERSON = 2
"""What a person costs who comes with the posts, in posts: 0.010 against 0.005 US dollars.

Source: https://docs.x.com/x-api/getting-started/pricing (2026-11-24).
"""

REPLIED_TO = "replied_to"

OF_A_PICTURE = re.compile(r"/status/\d+/photo/\d+$")
"""The address that X adds to the text of a post with a picture.

Source: https://docs.x.com/x-api/fundamentals/data-dictionary (2026-11-24).
"""


def created(answer: Answer) -> str:
    """Read `data.id`, the one field on which specification and practice agree; "" for none."""
    data = answer.data.get("data")
    return post_number(data) if answer.ok and isinstance(data, dict) else ""


def deleted(answer: Answer) -> bool:
    """Tell whether the post is gone, now or before."""
    data = answer.data.get("data")
    if answer.ok and isinstance(data, dict):
        return data.get("deleted") is True
    return "/problems/resource-not-found" in said(answer).words


def billed(answer: Answer) -> int:
    """Count what X bills for a read, in posts: those that came, and the people with them.

    A post that comes again on the same day (UTC) is billed once; here it counts again.
    """
    data, included = answer.data.get("data"), answer.data.get("includes")
    people = objects(included.get("users")) if isinstance(included, dict) else []
    alone = PERSON if isinstance(data, dict) else 0
    return len(objects(data)) + PERSON * len(people) + alone


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as X shows it, with text and links as they were sent; `at` is aware."""

    post_id: str
    text: str
    links: tuple[str, ...]
    at: datetime | None


def timeline(answer: Answer) -> Iterator[Shown]:
    """Read the posts of one page of a timeline; what the account answered somebody is none."""
    for data in objects(answer.data.get("data")):
        post = None if parent(data) else shown(data)
        if post:
            yield post


def shown(data: Mapping[str, JSON]) -> Shown | None:
    """Read a post; None where there is none."""
    text, post_id = data.get("text"), post_number(data)
    if not (isinstance(text, str) and post_id):
        return None
    long = dict(_links(data))
    at = _time(data.get("created_at"))
    links = tuple(filter(None, long.values()))
    return Shown(post_id, plain(_lengthened(text, long)), links, at)


def spoken(data: Mapping[str, JSON]) -> str:
    """Read a reply in full, without the names that X puts before it, as its own pages show it.

    Source: `display_text_range` and `note_tweet` (or `note_post`),
    https://docs.x.com/x-api/fundamentals/data-dictionary (2026-11-24).
    """
    place, note = data.get("display_text_range"), data.get("note_tweet") or data.get("note_post")
    first = place[0] if isinstance(place, list) and place else 0
    before = str(data.get("text", ""))[: first if isinstance(first, int) else 0]
    whole = note if isinstance(note, dict) and note.get("text") else data
    text = str(whole.get("text", "")).removeprefix(before)
    return plain(_lengthened(text, dict(_links(whole))))


def parent(data: Mapping[str, JSON]) -> str:
    """Read the number of the post that a reply answers; "" where X does not tell."""
    above = objects(data.get("referenced_tweets")) or objects(data.get("referenced_posts"))
    return next((post_number(each) for each in above if each.get("type") == REPLIED_TO), "")


def numbers(receipts: Iterable[Receipt]) -> list[str]:
    """Name the posts that X can be asked for: one odd number fails a question for all."""
    return [receipt.post_id for receipt in receipts if receipt.post_id.isdecimal()]


def next_page(answer: Answer) -> str:
    """Read how the page after this one is asked for; "" after the last."""
    meta = answer.data.get("meta")
    token = meta.get("next_token") if isinstance(meta, dict) else None
    return token if isinstance(token, str) else ""


def _links(post: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
    """Read each link that X shortened, and what it was; "" where X made it of a picture."""
    entities = post.get("entities")
    for url in objects(entities.get("urls")) if isinstance(entities, dict) else []:
        short, long = url.get("url"), url.get("expanded_url")
        if isinstance(short, str) and isinstance(long, str):
            yield short, "" if "media_key" in url or OF_A_PICTURE.search(long) else long


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


def post_number(data: Mapping[str, JSON]) -> str:
    """Read the number of a post or an upload; "" where there is none."""
    post_id = data.get("id")
    return post_id if isinstance(post_id, str) and post_id.isdecimal() else ""
