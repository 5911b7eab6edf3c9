"""A lost ledger, begun anew with what is known to be public; its chain names the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import queries, withdrawals
from syndication.ledger.changes import Change, apply
from syndication.ledger.decide import Action, Candidate, Cause
from syndication.ledger.events import Draft, Stamp, append, of_kind
from syndication.ledger.schema import entries, receipts
from syndication.ledger.store import Ledger
from syndication.model import JSON, Deed, Receipt, State, entry_key

ANCESTOR = "recovered_from"
"""The kind of the event that names the head of the chain that was lost."""

SKIPPED = "sudah ada sebelum buku besar dipulihkan, dan unggahannya tidak ditemukan"
UNKNOWN = (
    "mungkin sudah tayang sebelum buku besar hilang; saluran ini tidak terbaca dari sini, jadi "
    "lihat akunnya"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A post that is known to be public from elsewhere than the ledger; `witness` says where.

    `title`, `page` and `source` are of its article, and empty where that is gone. `correction` is
    the one that the post tells or came after (None: nobody knows).
    """

    article_id: str
    lang: str
    channel: str
    revision: int
    platform: str
    title: str
    page: str
    source: str
    receipt: Receipt
    payload_sha256: str
    witness: str
    deed: Deed = Deed.POST
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A post, or a correction, that may be public: its channel cannot be read."""

    article_id: str
    lang: str
    channel: str
    platform: str
    title: str
    page: str
    source: str
    revision: int = 1
    payload_sha256: str = ""
    deed: Deed = Deed.POST
    correction: str | None = ""


Subject = TypeVar("Subject", Kept, Unclear)


def restore(  # noqa: PLR0913 -- all that is known of a lost ledger
    connection: Connection,
    posts: Sequence[Kept],
    others: Iterable[Candidate],
    *,
    head: str,
    stamp: Stamp,
    unclear: Sequence[Unclear] = (),
) -> None:
    """Fill a new ledger: `posts` are delivered, and `others` without a post are never to be sent.

    What is `unclear` is in doubt until a person looked. What a correction was to replace is to be
    taken back. `head` is that of the lost chain, as the public register prints it ("" for none).
    """
    data: dict[str, JSON] = {"head": head, "posts": len(posts)}
    append(connection, [Draft(ANCESTOR, data=data)], stamp)
    if posts:
        connection.execute(entries.insert(), [_delivered(post) for post in posts])
        _receive(connection, posts, stamp)
    if unclear:
        connection.execute(entries.insert(), [_in_doubt(each, stamp) for each in unclear])
        doubts = _numbered(connection, unclear)
        append(connection, [_doubt(number, each) for number, each in doubts], stamp)
    known = {(each.article_id, each.channel) for each in posts}
    known |= {(each.article_id, each.channel) for each in unclear}
    apply(connection, list(_skipped(others, known)), stamp)


def descends_from(ledger: Ledger, head: str) -> bool:
    """Tell whether a head is a link of this ledger's chain, or of one that it was recovered for."""
    if queries.knows_head(ledger, head):
        return True
    with ledger.reading() as connection:
        return any(event.data.get("head") == head for event in of_kind(connection, ANCESTOR))


def _receive(connection: Connection, posts: Sequence[Kept], stamp: Stamp) -> None:
    """Give each entry its receipt, and an event that tells where that came from."""
    mine = _numbered(connection, posts)
    rows = [
        {
            "entry_id": number,
            "post_id": post.receipt.post_id,
            "url": post.receipt.url,
            "at": post.receipt.at,
            "payload_sha256": post.payload_sha256,
        }
        for number, post in mine
    ]
    connection.execute(receipts.insert(), rows)
    append(connection, [_draft(number, post) for number, post in mine], stamp)
    for number, post in mine:
        if post.deed is Deed.REPLACE:
            withdrawals.replace_older(connection, queries.find(connection, number), stamp.at)


def _numbered(connection: Connection, subjects: Iterable[Subject]) -> list[tuple[int, Subject]]:
    written = connection.execute(sa.select(entries.c.key, entries.c.id))
    numbers = {row.key: row.id for row in written}
    return [(numbers[_key(each)], each) for each in subjects]


def _draft(number: int, post: Kept) -> Draft:
    data: dict[str, JSON] = {
        "reason": f"ditemukan di {post.witness}",
        "post_id": post.receipt.post_id,
        "url": post.receipt.url,
        "correction": post.correction,
    }
    return Draft("recovered", number, post.article_id, data)


def _doubt(number: int, each: Unclear) -> Draft:
    return Draft("recovered_in_doubt", number, each.article_id, {"reason": UNKNOWN})


def _delivered(post: Kept) -> dict[str, object]:
    said = {"state": State.DELIVERED.value, "reason": f"dipulihkan dari {post.witness}"}
    return _row(post, post.receipt.at) | said


def _in_doubt(each: Unclear, stamp: Stamp) -> dict[str, object]:
    return _row(each, stamp.at) | {"state": State.IN_DOUBT.value, "reason": UNKNOWN}


def _row(post: Kept | Unclear, at: datetime) -> dict[str, object]:
    return {
        "key": _key(post),
        "article_id": post.article_id,
        "channel": post.channel,
        "platform": post.platform,
        "revision": post.revision,
        "cause": Cause.NONE.value,
        "deed": post.deed.value,
        "correction": post.correction,
        "title": post.title,
        "lang": post.lang,
        "url": post.page,
        "source": post.source,
        "article_digest": "",
        "payload": None,
        "payload_sha256": post.payload_sha256,
        "due_at": at,
        "queued_at": at,
        "next_at": at,
        "waiting_since": None,
        "deferrals": 0,
        "attempts": 0,
    }


def _key(post: Kept | Unclear) -> str:
    return entry_key(post.article_id, post.channel, post.revision)


def _skipped(others: Iterable[Candidate], kept: Collection[tuple[str, str]]) -> Iterable[Change]:
    for each in others:
        if (each.article_id, each.channel) not in kept:
            yield Change.of(each, Action.SKIP, Cause.EXISTING, SKIPPED)
