"""The head of the chain, with its place: what the site shows of it proves what the site knows.

Whoever has a link of the chain has all before it. So a ledger that holds the head which the site
prints knows every post that the site shows, however many there are; none has to be compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import events as chain
from syndication.ledger import queries
from syndication.ledger.queries import Posted
from syndication.ledger.schema import events, receipts
from syndication.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a chain. `seq` 0: nothing happened yet."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Showing:
    """What the site is to show of a ledger at one moment: its posts in public, and its head."""

    head: Head
    posts: tuple[Posted, ...]


def showing(ledger: Ledger) -> Showing:
    """Read posts and head as of one moment, so that the head stands for exactly these posts."""
    with ledger.snapshot() as connection:
        return Showing(_head(connection), tuple(queries.posted(connection)))


def holds(ledger: Ledger, head: Head) -> bool:
    """Tell whether a head that the site shows is a link of this ledger's own chain."""
    query = sa.select(events.c.hash).where(events.c.seq == head.seq)
    with ledger.reading() as connection:
        return connection.scalar(query) == head.hash


def touched_since(ledger: Ledger, head: Head) -> bool:
    """Tell whether anything happened after this head to a post that is, or was, in public."""
    joined = events.join(receipts, receipts.c.entry_id == events.c.entry_id)
    query = sa.select(events.c.seq).select_from(joined).where(events.c.seq > head.seq).limit(1)
    with ledger.reading() as connection:
        return connection.execute(query).first() is not None


def _head(connection: Connection) -> Head:
    return Head(*chain.place(connection))
