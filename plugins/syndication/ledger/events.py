"""The chain of events: what happened, when, by whom; each holds the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from syndication.ledger.errors import ClockBack
from syndication.ledger.schema import events
from syndication.model import JSON, as_text

GENESIS = "0" * 64
"""What the first event names as its predecessor."""

SLACK = timedelta(minutes=10)
"""How far a clock may stand behind the last event: machines with NTP differ by far less."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something, and when. `at` is aware; `actor` is the OS account or `SIAR_ACTOR`."""

    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is about to be written."""

    kind: str
    entry_id: int | None = None
    article_id: str = ""
    data: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """One link of the chain. `seq` counts from 1 without a gap; `hash` covers all the rest."""

    seq: int
    at: datetime
    actor: str
    kind: str
    entry_id: int | None
    article_id: str
    data: Mapping[str, JSON]
    previous: str
    hash: str

    def digest(self) -> str:
        """Compute what `hash` must be (64 hexadecimal digits)."""
        at = self.at.astimezone(UTC).isoformat()
        link: JSON = [
            self.seq, at, self.actor, self.kind, self.entry_id, self.article_id, self.data,
            self.previous,
        ]  # fmt: skip
        return hashlib.sha256(as_text(link).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold. `seq` is the first event that is not as it was written."""

    seq: int


def append(connection: Connection, drafts: Sequence[Draft], stamp: Stamp) -> None:
    """Add events to the chain, within the transaction that makes them true.

    Raises:
        ClockBack: the clock stands well before the last event.
    """
    seq, previous, last = _tail(connection)
    if last is not None and stamp.at < last - SLACK:
        raise ClockBack(stamp.at.isoformat(), last.isoformat())
    rows = []
    for number, draft in enumerate(drafts, start=seq + 1):
        event = _link(number, draft, stamp, previous)
        previous = event.hash
        rows.append(_row(event))
    if rows:
        connection.execute(events.insert(), rows)


def head(connection: Connection) -> str:
    """Return the hash of the last event."""
    return _tail(connection)[1]


def place(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last event; 0 and `GENESIS` before the first."""
    return _tail(connection)[:2]


def read(connection: Connection, *, entry_id: int | None = None) -> list[Event]:
    """Return the events in order: all, or those of one entry."""
    query = sa.select(events).order_by(events.c.seq)
    if entry_id is not None:
        query = query.where(events.c.entry_id == entry_id)
    return [_event(row) for row in connection.execute(query).mappings()]


def of_kind(connection: Connection, kind: str) -> list[Event]:
    """Return the events of one kind, in order."""
    query = sa.select(events).where(events.c.kind == kind).order_by(events.c.seq)
    return [_event(row) for row in connection.execute(query).mappings()]


def first_break(chain: Sequence[Event]) -> Break | None:
    """Find the first event that was changed, removed, added or moved; None if all hold.

    An end that was cut off shows only against a head that was kept elsewhere: the register's.
    """
    if chain and (chain[0].seq, chain[0].previous) != (1, GENESIS):
        return Break(1)
    for event in chain[:1]:
        if event.hash != event.digest():
            return Break(event.seq)
    for before, event in pairwise(chain):
        follows = event.seq == before.seq + 1 and event.previous == before.hash
        if not follows or event.hash != event.digest():
            return Break(before.seq + 1)
    return None


def _tail(connection: Connection) -> tuple[int, str, datetime | None]:
    query = sa.select(events.c.seq, events.c.hash, events.c.at).order_by(events.c.seq.desc())
    row = connection.execute(query.limit(1)).first()
    return (row.seq, row.hash, row.at) if row else (0, GENESIS, None)


def _link(seq: int, draft: Draft, stamp: Stamp, previous: str) -> Event:
    unsealed = Event(
        seq, stamp.at.astimezone(UTC), stamp.actor, draft.kind, draft.entry_id, draft.article_id,
        draft.data, previous, "",
    )  # fmt: skip
    return replace(unsealed, hash=unsealed.digest())


def _row(event: Event) -> dict[str, object]:
    names = ("seq", "at", "actor", "kind", "entry_id", "article_id", "data", "previous", "hash")
    return {name: getattr(event, name) for name in names} | {"data": as_text(event.data)}


def _event(row: RowMapping) -> Event:
    return Event(**{**row, "data": json.loads(row["data"])})
