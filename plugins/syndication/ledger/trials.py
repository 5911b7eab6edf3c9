"""Attempts on posts that are in public already: to take one back, or to edit an older copy.

Such a post is named by the platform's own id, which is never given twice, so that what was cut off
may simply be made again. Each attempt is on record first all the same, for the story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.decide import Action
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.schema import attempts, entries, receipts
from syndication.model import JSON, Entry, State

PUBLIC = entries.c.state == State.DELIVERED.value


@dataclass(frozen=True, slots=True)
class Trial:
    """An attempt on the post of an entry."""

    id: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of it: done, still to be tried (`next_at`), or beyond the program."""

    action: Action
    reason: str = ""
    next_at: datetime | None = None


def begin(
    connection: Connection, entry: Entry, stamp: Stamp, *, wanted: sa.ColumnElement[bool], kind: str
) -> Trial | None:
    """Record an attempt; None, and nothing may be done, where it is no longer `wanted`.

    Its `kind` stands with it until its end is recorded.
    """
    number = entry.attempts + 1
    same = wanted & (entries.c.id == entry.id) & (entries.c.attempts == entry.attempts)
    if connection.execute(entries.update().where(same).values(attempts=number)).rowcount != 1:
        return None
    row = {
        "entry_id": entry.id,
        "number": number,
        "started_at": stamp.at,
        "detail": kind,
        "prepared_ids": {},
        "payload_sha256": entry.payload.sha256 if entry.payload else "",
    }
    made = connection.execute(attempts.insert().values(row).returning(attempts.c.id))
    data: dict[str, JSON] = {"number": number, "url": url_of(entry)}
    append(connection, [Draft(kind, entry.id, entry.article_id, data)], stamp)
    return Trial(made.scalar_one(), entry)


def close(connection: Connection, trial: Trial, ending: Ending, stamp: Stamp) -> None:
    """Record how an attempt ended; what it means for the entry is the caller's to write."""
    ended = {"ended_at": stamp.at, "outcome": ending.action.value, "detail": ending.reason}
    connection.execute(attempts.update().where(attempts.c.id == trial.id).values(ended))


def tell(connection: Connection, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    """Record the event of an ending."""
    data: dict[str, JSON] = {"reason": ending.reason, "url": url_of(entry)}
    append(connection, [Draft(ending.action.value, entry.id, entry.article_id, data)], stamp)


def later(entry: Entry, ending: Ending, stamp: Stamp) -> dict[str, object]:
    """Write when to try again, and that one more try failed."""
    return {
        "next_at": ending.next_at,
        "waiting_since": entry.waiting_since or stamp.at,
        "deferrals": entry.deferrals + 1,
    }


def anew(at: datetime) -> dict[str, object]:
    """Let something be tried from this moment on, as if nothing had failed before."""
    return {"next_at": at, "waiting_since": None, "deferrals": 0}


def same_post(entry: Entry) -> sa.ColumnElement[bool]:
    """Choose all revisions that are this one post: an edited post keeps its id."""
    if not entry.receipt or not entry.receipt.post_id:
        return entries.c.id == entry.id
    twins = sa.select(receipts.c.entry_id).where(receipts.c.post_id == entry.receipt.post_id)
    return (entries.c.channel == entry.channel) & entries.c.id.in_(twins)


def url_of(entry: Entry) -> str:
    """Return where the post of an entry stands; empty where that is unknown."""
    return entry.receipt.url if entry.receipt else ""
