"""What there is to do: entries that are due, entries in doubt, and the attempts behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndication.ledger import amendments, withdrawals
from syndication.ledger.schema import attempts, entries, receipts
from syndication.ledger.store import Ledger
from syndication.model import State

URGENT_FIRST = (entries.c.priority.desc(), entries.c.due_at, entries.c.id)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call whose effect the public may see. `started_at` is aware (UTC)."""

    id: int
    entry_id: int
    number: int
    started_at: datetime
    prepared_ids: Mapping[str, str]


def busy_channels(ledger: Ledger, now: datetime) -> list[str]:
    """Name the channels that have something to send or to settle, in the order of names."""
    cut_off = entries.c.state == State.SENDING.value
    behind = amendments.outdated(now)
    reasons = (_due(now), _doubtful(now), cut_off, withdrawals.leaving(now), behind)
    each = [sa.select(entries.c.channel).where(reason) for reason in reasons]  # an index for each
    with ledger.reading() as connection:
        return sorted(connection.scalars(sa.union(*each)))


def due(ledger: Ledger, channel: str, now: datetime) -> list[int]:
    """Return the queued entries of a channel whose time has come, urgent and old ones first."""
    return _numbers(ledger, channel, _due(now))


def doubtful(ledger: Ledger, channel: str, now: datetime) -> list[int]:
    """Return the entries in doubt of a channel that should be looked into again."""
    return _numbers(ledger, channel, _doubtful(now))


def sending(ledger: Ledger, channel: str) -> list[int]:
    """Return the entries of a channel that are being sent, or whose sender died."""
    return _numbers(ledger, channel, entries.c.state == State.SENDING.value)


def open_attempts(ledger: Ledger, entry_id: int) -> list[Attempt]:
    """Return an entry's attempts of which nobody knows whether they succeeded, oldest first."""
    unknown = attempts.c.outcome.is_(None) | (attempts.c.outcome == State.IN_DOUBT.value)
    query = sa.select(attempts).where((attempts.c.entry_id == entry_id) & unknown)
    with ledger.reading() as connection:
        rows = connection.execute(query.order_by(attempts.c.number)).all()
    return [
        Attempt(row.id, row.entry_id, row.number, row.started_at, row.prepared_ids) for row in rows
    ]


def known_posts(ledger: Ledger, channel: str) -> frozenset[str]:
    """Return the platform's ids of every post of a channel that has a receipt."""
    joined = receipts.join(entries, receipts.c.entry_id == entries.c.id)
    query = sa.select(receipts.c.post_id).select_from(joined).where(entries.c.channel == channel)
    with ledger.reading() as connection:
        return frozenset(connection.scalars(query))


def _due(now: datetime) -> sa.ColumnElement[bool]:
    """A repeat that was asked for has no post until the next build composes it."""
    waiting = (entries.c.state == State.QUEUED.value) & entries.c.payload.is_not(None)
    return waiting & (entries.c.next_at <= now)


def _doubtful(now: datetime) -> sa.ColumnElement[bool]:
    return (entries.c.state == State.IN_DOUBT.value) & (entries.c.next_at <= now)


def _numbers(ledger: Ledger, channel: str, wanted: sa.ColumnElement[bool]) -> list[int]:
    query = sa.select(entries.c.id).where((entries.c.channel == channel) & wanted)
    with ledger.reading() as connection:
        return list(connection.scalars(query.order_by(*URGENT_FIRST)))
