"""What the ledger holds, as values: entries, their stories, receipts, the head of the chain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger import events as chain
from syndication.ledger.errors import UnknownEntry
from syndication.ledger.schema import entries as entry_table
from syndication.ledger.schema import events as event_table
from syndication.ledger.schema import receipts as receipt_table
from syndication.ledger.store import Ledger
from syndication.model import Deed, Entry, Payload, Receipt, State

NEWEST_FIRST = (entry_table.c.queued_at.desc(), entry_table.c.id.desc())


@dataclass(frozen=True, slots=True)
class Posted:
    """A post in public, as the article's page and the register show it. `at` is aware (UTC).

    `correction` is the one that it tells or came after (None: nobody recorded it).
    """

    entry_id: int
    article_id: str
    lang: str
    channel: str
    revision: int
    platform: str
    post_id: str
    url: str
    at: datetime
    payload_sha256: str
    deed: Deed
    correction: str | None


def entries(
    ledger: Ledger,
    *,
    states: Collection[State] | None = None,
    article_id: str | None = None,
    posted_since: datetime | None = None,
) -> list[Entry]:
    """Return the entries in these states (all) of this article (any), in the order of numbers.

    `posted_since` leaves out what has no receipt, or an older one.
    """
    query = _joined()
    if posted_since is not None:
        query = query.where(receipt_table.c.at >= posted_since)
    if states is not None:
        query = query.where(entry_table.c.state.in_([state.value for state in states]))
    if article_id is not None:
        query = query.where(entry_table.c.article_id == article_id)
    with ledger.reading() as connection:
        rows = connection.execute(query.order_by(entry_table.c.id)).all()
    return [to_entry(row) for row in rows]


def entry(ledger: Ledger, entry_id: int) -> Entry:
    """Return one entry.

    Raises:
        UnknownEntry: there is none of that number.
    """
    with ledger.reading() as connection:
        return find(connection, entry_id)


def find(connection: Connection, entry_id: int) -> Entry:
    """Return one entry, within the caller's transaction.

    Raises:
        UnknownEntry: there is none of that number.
    """
    row = connection.execute(_joined().where(entry_table.c.id == entry_id)).first()
    if row is None:
        raise UnknownEntry(entry_id)
    return to_entry(row)


def story(ledger: Ledger, entry_id: int) -> list[chain.Event]:
    """Return all that happened to an entry, in order.

    Raises:
        UnknownEntry: there is none of that number.
    """
    with ledger.reading() as connection:
        find(connection, entry_id)
        return chain.read(connection, entry_id=entry_id)


def receipts(ledger: Ledger) -> list[Posted]:
    """Return every post that is in public, oldest first; an edited one with its last revision."""
    with ledger.reading() as connection:
        return posted(connection)


def posted(connection: Connection) -> list[Posted]:
    """Do as `receipts`, within the caller's transaction."""
    columns = (
        entry_table.c.id, entry_table.c.article_id, entry_table.c.lang,
        entry_table.c.channel, entry_table.c.revision, entry_table.c.platform,
        receipt_table.c.post_id, receipt_table.c.url, receipt_table.c.at,
        receipt_table.c.payload_sha256, entry_table.c.deed, entry_table.c.correction,
    )  # fmt: skip
    query: sa.Select[tuple[object, ...]] = (
        sa.select(*columns)
        .join(receipt_table, receipt_table.c.entry_id == entry_table.c.id)
        .where(entry_table.c.state == State.DELIVERED.value)
        .order_by(receipt_table.c.at, entry_table.c.id)
    )
    last: dict[tuple[str, str], Posted] = {}
    for row in connection.execute(query).all():
        post = _in_public(row)
        named = post.channel, post.post_id or post.url
        if named in last and last[named].revision > post.revision:
            continue  # a clock that went back
        last.pop(named, None)
        last[named] = post
    return list(last.values())


def ever_posted(ledger: Ledger) -> frozenset[tuple[str, str, int]]:
    """Name what was ever in public, taken back or not: article ID, channel and revision."""
    table = entry_table.c
    joined = entry_table.join(receipt_table, receipt_table.c.entry_id == table.id)
    query = sa.select(table.article_id, table.channel, table.revision).select_from(joined)
    with ledger.reading() as connection:
        rows = connection.execute(query).all()
    return frozenset((row.article_id, row.channel, row.revision) for row in rows)


def head(ledger: Ledger) -> str:
    """Return the hash of the last event: what the public register prints."""
    with ledger.reading() as connection:
        return chain.head(connection)


def knows_head(ledger: Ledger, hash_: str) -> bool:
    """Tell whether a head, printed somewhere at some time, is a link of this ledger's chain."""
    query = sa.select(event_table.c.seq).where(event_table.c.hash == hash_)
    with ledger.reading() as connection:
        return connection.execute(query).first() is not None


def verify_chain(ledger: Ledger) -> chain.Break | None:
    """Read the whole chain and return the first event that is not as it was written."""
    with ledger.reading() as connection:
        links = chain.read(connection)
    return chain.first_break(links)


def _in_public(row: Row[tuple[object, ...]]) -> Posted:
    return Posted(
        entry_id=row.id,
        article_id=row.article_id,
        lang=row.lang,
        channel=row.channel,
        revision=row.revision,
        platform=row.platform,
        post_id=row.post_id,
        url=row.url,
        at=row.at,
        payload_sha256=row.payload_sha256,
        deed=Deed(row.deed),
        correction=row.correction,
    )


def _joined() -> sa.Select[tuple[object, ...]]:
    receipt = (receipt_table.c.post_id, receipt_table.c.url.label("post_url"), receipt_table.c.at)
    return sa.select(entry_table, *receipt).outerjoin(
        receipt_table, receipt_table.c.entry_id == entry_table.c.id
    )


def to_entry(row: Row[tuple[object, ...]]) -> Entry:
    """Make the value of a joined row."""
    receipt = Receipt(row.post_id, row.post_url, row.at) if row.post_url is not None else None
    return Entry(
        id=row.id,
        key=row.key,
        article_id=row.article_id,
        channel=row.channel,
        revision=row.revision,
        state=State(row.state),
        reason=row.reason,
        title=row.title,
        lang=row.lang,
        url=row.url,
        article_digest=row.article_digest,
        payload=Payload.from_json(row.payload) if row.payload is not None else None,
        due_at=row.due_at,
        queued_at=row.queued_at,
        attempts=row.attempts,
        receipt=receipt,
        source=row.source,
        cause=row.cause,
        next_at=row.next_at,
        waiting_since=row.waiting_since,
        deferrals=row.deferrals,
        category=row.category,
        priority=row.priority,
        deed=Deed(row.deed),
        correction=row.correction,
        plain=row.plain,
    )
