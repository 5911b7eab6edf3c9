"""What keeps posts back: a channel that cannot post for now, or a person who holds everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.approvals import approved_by
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.schema import entries, pauses
from syndication.ledger.store import Ledger
from syndication.model import Entry, State

EVERYTHING = "*"
"""Stands for all channels; no channel can have this name."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a channel (or `EVERYTHING`) rests, and until when; without an end a person ends it."""

    channel: str
    since: datetime
    until: datetime | None
    reason: str


def standing(ledger: Ledger, now: datetime) -> dict[str, Pause]:
    """Return the pauses that have not ended, by channel."""
    with ledger.reading() as connection:
        return {pause.channel: pause for pause in _standing(connection, now)}


def keeping_back(connection: Connection, entry: Entry, now: datetime) -> Pause | None:
    """Return, within the caller's transaction, what keeps an entry from being sent now.

    A hold lets an urgent entry pass that a person has approved since it began; nothing else.
    """
    for pause in _standing(connection, now):
        if pause.channel == entry.channel:
            return pause
        if pause.channel == EVERYTHING and not _passes(connection, entry, pause):
            return pause
    return None


def hold_standing(connection: Connection, now: datetime) -> Pause | None:
    """Return the hold, within the caller's transaction; None where nobody holds everything."""
    return next((each for each in _standing(connection, now) if each.channel == EVERYTHING), None)


def _passes(connection: Connection, entry: Entry, hold: Pause) -> bool:
    return entry.priority and bool(approved_by(connection, entry, since=hold.since))


def pause(connection: Connection, channel: str, until: datetime, reason: str, stamp: Stamp) -> None:
    """Let a channel rest, within the transaction of what made it necessary."""
    _put(connection, Pause(channel, stamp.at, until, reason))
    data = {"channel": channel, "until": until.isoformat(), "reason": reason}
    append(connection, [Draft("paused", data=data)], stamp)


def hold(ledger: Ledger, *, why: str, stamp: Stamp) -> None:
    """Stop everything at once, until `resume`."""
    with ledger.writing() as connection:
        _put(connection, Pause(EVERYTHING, stamp.at, None, why))
        append(connection, [Draft("held", data={"reason": why})], stamp)


def resume(ledger: Ledger, channel: str = EVERYTHING, *, stamp: Stamp) -> bool:
    """End a channel's pause, or the hold; return whether there was one.

    What waited meanwhile is not held against the entries: their patience begins anew.
    """
    with ledger.writing() as connection:
        gone = connection.execute(pauses.delete().where(pauses.c.channel == channel)).rowcount
        if not gone:
            return False
        waiting = entries.update().where(entries.c.state == State.QUEUED.value)
        if channel != EVERYTHING:
            waiting = waiting.where(entries.c.channel == channel)
        connection.execute(waiting.values(waiting_since=None, deferrals=0))
        append(connection, [Draft("resumed", data={"channel": channel})], stamp)
    return True


def _standing(connection: Connection, now: datetime) -> list[Pause]:
    open_end = pauses.c.until.is_(None) | (pauses.c.until > now)
    rows = connection.execute(sa.select(pauses).where(open_end)).mappings()
    return [Pause(**row) for row in rows]


def _put(connection: Connection, new: Pause) -> None:
    connection.execute(pauses.delete().where(pauses.c.channel == new.channel))
    row = {"channel": new.channel, "since": new.since, "until": new.until, "reason": new.reason}
    connection.execute(pauses.insert(), row)
