"""How an entry moves while it is sent: an attempt is on record before the platform hears of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import pauses
from syndication.ledger.agenda import Attempt
from syndication.ledger.amendments import outdate_older
from syndication.ledger.errors import NotPossible
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.queries import find
from syndication.ledger.schema import attempts, entries, receipts
from syndication.ledger.store import Ledger
from syndication.ledger.withdrawals import replace_older
from syndication.model import JSON, Deed, Entry, Prepared, Receipt, State


@dataclass(frozen=True, slots=True)
class Rest:
    """A pause that a channel needs, with its own reason."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where an entry stands after something was tried.

    `next_at` is when to try again; without it the entry stays as due as it was, and the try
    does not count against it. `rest` pauses the whole channel; `channel_failed` says that the
    obstacle was the channel's, so that the next entry would likely meet it, too. `deed` is what
    to do instead, where what was tried surely cannot be done. `plain`: from now on without
    its picture.
    """

    state: State
    reason: str = ""
    next_at: datetime | None = None
    receipt: Receipt | None = None
    rest: Rest | None = None
    channel_failed: bool = False
    deed: Deed | None = None
    plain: bool = False

    @property
    def kind(self) -> str:
        """Name the event that records it."""
        return "deferred" if self.state is State.QUEUED else self.state.value


SENDABLE = frozenset({State.QUEUED, State.IN_DOUBT})
"""In doubt only where its platform keeps one record for one key: `deliver` knows."""
CUT_OFF = "pengiriman terputus sebelum jawaban tercatat; mungkin sudah terbit"


def begin(ledger: Ledger, entry: Entry, prepared: Prepared, stamp: Stamp) -> Attempt | None:
    """Record an attempt; only when that is on disk may the platform be asked.

    Returns None, and then nothing may be sent, where the entry is no longer as it was read, is
    not due, or its channel was paused or everything held meanwhile.
    """
    if entry.state not in SENDABLE:
        return None
    with ledger.writing() as connection:
        if pauses.keeping_back(connection, entry, stamp.at):
            return None
        values = {"state": State.SENDING.value, "reason": "", "deed": entry.deed.value}
        if not _move(connection, entry, values, due_by=stamp.at):
            return None
        number, sha256 = entry.attempts + 1, entry.goes.sha256 if entry.goes else ""
        row = {
            "entry_id": entry.id,
            "number": number,
            "started_at": stamp.at,
            "detail": "",
            "prepared_ids": dict(prepared.ids),
            "payload_sha256": sha256,
        }
        insert = attempts.insert().values(row).returning(attempts.c.id)
        made = connection.execute(insert).scalar_one()
        counted = entries.update().where(entries.c.id == entry.id).values(attempts=number)
        connection.execute(counted)
        data: dict[str, JSON] = {
            "number": number, "payload_sha256": sha256, "deed": entry.deed.value,
        }  # fmt: skip
        append(connection, [Draft("sending", entry.id, entry.article_id, data)], stamp)
    return Attempt(made, entry.id, number, stamp.at, dict(prepared.ids))


def finish(ledger: Ledger, attempt: Attempt, outcome: Outcome, stamp: Stamp) -> None:
    """Record what became of an attempt.

    Raises:
        NotPossible: the attempt has ended already, and this is not the proof that it succeeded.
    """
    with ledger.writing() as connection:
        entry = find(connection, attempt.entry_id)
        in_time = entry.state is State.SENDING and entry.attempts == attempt.number
        proof = entry.state is State.IN_DOUBT and outcome.receipt is not None
        if not in_time and not proof:
            raise NotPossible(
                f"Entri {entry.id} sudah “{entry.state.value}”, jadi percobaan "
                f"ke-{attempt.number} tidak dapat dicatat sebagai “{outcome.state.value}”."
            )
        _close(connection, [attempt.id], outcome, stamp)
        _settle(connection, entry, outcome, stamp)


def settle(ledger: Ledger, entry: Entry, outcome: Outcome, stamp: Stamp) -> bool:
    """Record what was learnt outside an attempt; False if the entry moved since it was read."""
    if entry.state not in SENDABLE:
        return False
    with ledger.writing() as connection:
        if not _move(connection, entry, {"state": outcome.state.value}):
            return False
        _settle(connection, entry, outcome, stamp)
    return True


def abandon(ledger: Ledger, orphans: Collection[int], stamp: Stamp) -> None:
    """Put entries in doubt whose sender died: only the channel's sole sender can know them."""
    if not orphans:
        return
    doubt = Outcome(State.IN_DOUBT, CUT_OFF, next_at=stamp.at)
    with ledger.writing() as connection:
        for number in orphans:
            entry = find(connection, number)
            if entry.state is State.SENDING:
                open_ones = attempts.c.ended_at.is_(None) & (attempts.c.entry_id == number)
                made = list(connection.scalars(sa.select(attempts.c.id).where(open_ones)))
                _close(connection, made, doubt, stamp)
                _settle(connection, entry, doubt, stamp)


def note(ledger: Ledger, waiting: Collection[int], reason: str) -> None:
    """Say beside queued entries why they still wait; that moves nothing, so it is no event."""
    if not waiting:
        return
    mine = entries.c.id.in_(list(waiting)) & (entries.c.state == State.QUEUED.value)
    other = mine & (entries.c.reason != reason)
    with ledger.writing() as connection:
        connection.execute(entries.update().where(other).values(reason=reason))


def _move(
    connection: Connection,
    entry: Entry,
    values: Mapping[str, str],
    *,
    due_by: datetime | None = None,
) -> bool:
    """Change an entry only if it is still the one that was read: its state, post and page."""
    sha256 = entry.payload.sha256 if entry.payload else ""
    same = (
        (entries.c.id == entry.id)
        & (entries.c.state == entry.state.value)
        & (entries.c.payload_sha256 == sha256)
        & (entries.c.article_digest == entry.article_digest)
        & (entries.c.attempts == entry.attempts)
    )
    if due_by is not None:
        same &= entries.c.next_at <= due_by
    return connection.execute(entries.update().where(same).values(values)).rowcount == 1


def _close(connection: Connection, ids: Collection[int], outcome: Outcome, stamp: Stamp) -> None:
    ended = {"ended_at": stamp.at, "outcome": outcome.kind, "detail": outcome.reason}
    connection.execute(attempts.update().where(attempts.c.id.in_(list(ids))).values(ended))


def _settle(connection: Connection, entry: Entry, outcome: Outcome, stamp: Stamp) -> None:
    values: dict[str, object] = {"state": outcome.state.value, "reason": outcome.reason}
    data: dict[str, str] = {"reason": outcome.reason}
    if outcome.next_at is not None:
        values |= {
            "next_at": outcome.next_at,
            "waiting_since": entry.waiting_since or stamp.at,
            "deferrals": entry.deferrals + 1,
        }
        data["next_at"] = outcome.next_at.isoformat()
    if outcome.plain:
        values["plain"] = True
    if outcome.deed is not None:
        values["deed"] = outcome.deed.value
    if outcome.receipt is not None:
        data |= {"post_id": outcome.receipt.post_id, "url": outcome.receipt.url}
        record(connection, entry, outcome.receipt)
    connection.execute(entries.update().where(entries.c.id == entry.id).values(values))
    append(connection, [Draft(outcome.kind, entry.id, entry.article_id, data)], stamp)
    if outcome.rest is not None:
        pauses.pause(connection, entry.channel, outcome.rest.until, outcome.rest.reason, stamp)


def record(connection: Connection, entry: Entry, receipt: Receipt) -> None:
    """Keep the platform's word that a post is public, within the caller's transaction."""
    row = {
        "entry_id": entry.id,
        "post_id": receipt.post_id,
        "url": receipt.url,
        "at": receipt.at,
        "payload_sha256": entry.goes.sha256 if entry.goes else "",
    }
    connection.execute(receipts.insert().values(row))
    replace_older(connection, entry, receipt.at)
    outdate_older(connection, entry, receipt)
