"""A lost ledger, begun anew with what is known to be public; its chain names the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import queries
from syndication.ledger.changes import Change, apply
from syndication.ledger.decide import Action, Candidate, Cause
from syndication.ledger.events import Draft, Stamp, append, of_kind
from syndication.ledger.schema import entries, receipts
from syndication.ledger.store import Ledger
from syndication.model import JSON, Receipt, State, entry_key

ANCESTOR = "recovered_from"
"""The kind of the event that names the head of the chain that was lost."""

SKIPPED = "sudah ada sebelum buku besar dipulihkan, dan unggahannya tidak ditemukan"


@dataclass(frozen=True, slots=True)
class Kept:
    """A post that is known to be public from elsewhere than the ledger; `witness` says where.

    `title`, `page` and `source` are of its article, and empty where that is gone.
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


def restore(
    connection: Connection,
    posts: Sequence[Kept],
    others: Iterable[Candidate],
    *,
    head: str,
    stamp: Stamp,
) -> None:
    """Fill a new ledger: `posts` are delivered, and `others` without a post are never to be sent.

    `head` is that of the lost chain, as the public register prints it ("" for none).
    """
    data: dict[str, JSON] = {"head": head, "posts": len(posts)}
    append(connection, [Draft(ANCESTOR, data=data)], stamp)
    if posts:
        connection.execute(entries.insert(), [_row(post) for post in posts])
        _receive(connection, posts, stamp)
    kept = {(post.article_id, post.channel) for post in posts}
    apply(connection, list(_skipped(others, kept)), stamp)


def descends_from(ledger: Ledger, head: str) -> bool:
    """Tell whether a head is a link of this ledger's chain, or of one that it was recovered for."""
    if queries.knows_head(ledger, head):
        return True
    with ledger.reading() as connection:
        return any(event.data.get("head") == head for event in of_kind(connection, ANCESTOR))


def _receive(connection: Connection, posts: Sequence[Kept], stamp: Stamp) -> None:
    """Give each entry its receipt, and an event that tells where that came from."""
    written = connection.execute(sa.select(entries.c.key, entries.c.id))
    numbers = {row.key: row.id for row in written}
    mine = [(numbers[_key(post)], post) for post in posts]
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


def _draft(number: int, post: Kept) -> Draft:
    data: dict[str, JSON] = {
        "reason": f"ditemukan di {post.witness}",
        "post_id": post.receipt.post_id,
        "url": post.receipt.url,
    }
    return Draft("recovered", number, post.article_id, data)


def _row(post: Kept) -> dict[str, object]:
    at = post.receipt.at
    return {
        "key": _key(post),
        "article_id": post.article_id,
        "channel": post.channel,
        "platform": post.platform,
        "revision": post.revision,
        "state": State.DELIVERED.value,
        "cause": Cause.NONE.value,
        "reason": f"dipulihkan dari {post.witness}",
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


def _key(post: Kept) -> str:
    return entry_key(post.article_id, post.channel, post.revision)


def _skipped(others: Iterable[Candidate], kept: Collection[tuple[str, str]]) -> Iterable[Change]:
    for each in others:
        if (each.article_id, each.channel) not in kept:
            yield Change.of(each, Action.SKIP, Cause.EXISTING, SKIPPED)
