"""When a run last began and ended, and what it said: a silent timer must not look like peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndication.ledger.events import Stamp
from syndication.ledger.schema import runs
from syndication.ledger.store import Ledger

RELAY = "relay"
"""The run that sends what is due."""


@dataclass(frozen=True, slots=True)
class Run:
    """The last run of a kind. Times are aware (UTC); one without an end runs, or was cut off."""

    kind: str
    began_at: datetime
    ended_at: datetime | None
    actor: str
    said: str


def begin(ledger: Ledger, stamp: Stamp, kind: str = RELAY) -> None:
    """Record that a run begins. Only the last one of a kind is kept."""
    row = {"began_at": stamp.at, "ended_at": None, "actor": stamp.actor, "said": ""}
    with ledger.writing() as connection:
        connection.execute(runs.delete().where(runs.c.kind == kind))
        connection.execute(runs.insert().values(kind=kind, **row))


def end(ledger: Ledger, stamp: Stamp, said: str, kind: str = RELAY) -> None:
    """Record that it came to an end, and its one line of summary."""
    with ledger.writing() as connection:
        mine = runs.update().where(runs.c.kind == kind)
        connection.execute(mine.values(ended_at=stamp.at, said=said))


def last(ledger: Ledger, kind: str = RELAY) -> Run | None:
    """Return the last run of a kind; None before the first."""
    with ledger.reading() as connection:
        row = connection.execute(sa.select(runs).where(runs.c.kind == kind)).mappings().first()
    return Run(**row) if row else None
