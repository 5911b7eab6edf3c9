"""Posts in public that are to be taken back: by `Ditarik`, or because a correction replaced them.

A post is named by the platform's own id, which is never given twice. So a deletion that was cut
off may simply be made again: it can meet only that post, or find it gone. The attempt is on record
first all the same, for the story; a doubt never has to be settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger import pauses
from syndication.ledger.changes import Change
from syndication.ledger.decide import LEAVING, Action, Cause
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.known import batched
from syndication.ledger.schema import attempts, entries, receipts
from syndication.ledger.store import Ledger
from syndication.model import JSON, Deed, Entry, State

TAKE_BACK = "artikel ditarik; unggahannya diambil kembali"
BY_HAND = "dibuat dengan tangan: hapus di aplikasinya, lalu catat dengan `siar removed {number}`"
KEEP = "artikel tidak jadi ditarik; unggahannya tetap"
REPLACED = "diganti dengan unggahan ralat; diambil kembali"

PUBLIC = entries.c.state == State.DELIVERED.value


@dataclass(frozen=True, slots=True)
class Trial:
    """An attempt to take a post back."""

    id: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of it: taken back, still to be tried (`next_at`), or beyond the program."""

    action: Action
    reason: str = ""
    next_at: datetime | None = None


def plan(
    connection: Connection,
    withdrawn: Collection[tuple[str, str]],
    pages: Collection[tuple[str, str]],
) -> list[Change]:
    """Say what a build changes: posts of withdrawn articles go, those of others stay.

    Both hold (article ID, language) of published articles.
    """
    changes = [
        _change(row, Action.KEEP, Cause.NONE, KEEP)
        for row in _rows(connection, entries.c.cause == Cause.WITHDRAWN.value)
        if _place(row) in pages and _place(row) not in withdrawn
    ]
    named = sorted({article_id for article_id, _ in withdrawn})
    for some in batched(named):
        rows = _rows(connection, entries.c.article_id.in_(some))
        posts = _one_for_each_post([row for row in rows if _place(row) in withdrawn])
        changes += [_leave(row) for row in posts if row.cause == Cause.NONE.value]
    return changes


def replace_older(connection: Connection, entry: Entry, at: datetime) -> None:
    """Have the older posts of a replacing correction taken back, now that it is in public."""
    if entry.deed is not Deed.REPLACE:
        return
    older = (
        PUBLIC
        & (entries.c.article_id == entry.article_id)
        & (entries.c.channel == entry.channel)
        & (entries.c.revision < entry.revision)
        & (entries.c.cause == Cause.NONE.value)
    )
    values = {"cause": Cause.REPLACED.value, "reason": REPLACED, **_anew(at)}
    connection.execute(entries.update().where(older).values(values))


def leaving(now: datetime) -> sa.ColumnElement[bool]:
    """Choose the entries whose posts are to be taken back now."""
    causes = [cause.value for cause in LEAVING]
    return PUBLIC & entries.c.cause.in_(causes) & (entries.c.next_at <= now)


def due(ledger: Ledger, channel: str, now: datetime) -> list[int]:
    """Return the entries of a channel whose posts are to be taken back now, oldest first."""
    mine = leaving(now) & (entries.c.channel == channel)
    with ledger.reading() as connection:
        return list(connection.scalars(sa.select(entries.c.id).where(mine).order_by(entries.c.id)))


def begin(ledger: Ledger, entry: Entry, stamp: Stamp) -> Trial | None:
    """Record an attempt; None, and nothing may be deleted, where it is no longer wanted."""
    with ledger.writing() as connection:
        if pauses.keeping_back(connection, entry, stamp.at):
            return None
        number = entry.attempts + 1
        same = leaving(stamp.at) & (entries.c.id == entry.id)
        counted = entries.update().where(same & (entries.c.attempts == entry.attempts))
        if connection.execute(counted.values(attempts=number)).rowcount != 1:
            return None
        row = {
            "entry_id": entry.id,
            "number": number,
            "started_at": stamp.at,
            "detail": "",
            "prepared_ids": {},
            "payload_sha256": entry.payload.sha256 if entry.payload else "",
        }
        made = connection.execute(attempts.insert().values(row).returning(attempts.c.id))
        trial = Trial(made.scalar_one(), entry)
        data: dict[str, JSON] = {"number": number, "url": _url(entry)}
        append(connection, [Draft("withdrawing", entry.id, entry.article_id, data)], stamp)
    return trial


def finish(ledger: Ledger, trial: Trial, ending: Ending, stamp: Stamp) -> None:
    """Record what became of an attempt."""
    with ledger.writing() as connection:
        ended = {"ended_at": stamp.at, "outcome": ending.action.value, "detail": ending.reason}
        connection.execute(attempts.update().where(attempts.c.id == trial.id).values(ended))
        _settle(connection, trial.entry, ending, stamp)


def settle(ledger: Ledger, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    """Record what was known without an attempt."""
    with ledger.writing() as connection:
        _settle(connection, entry, ending, stamp)


def _settle(connection: Connection, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    values: dict[str, object] = {"reason": ending.reason}
    if ending.action is Action.TAKEN_BACK:
        values = {"state": State.WITHDRAWN.value}
    elif ending.action is Action.STANDS:
        values["cause"] = Cause.STANDING.value
    elif ending.next_at is not None:
        since = entry.waiting_since or stamp.at
        values |= {"next_at": ending.next_at, "waiting_since": since}
        values["deferrals"] = entry.deferrals + 1
    connection.execute(entries.update().where(_same_post(entry) & PUBLIC).values(values))
    data: dict[str, JSON] = {"reason": ending.reason, "url": _url(entry)}
    append(connection, [Draft(ending.action.value, entry.id, entry.article_id, data)], stamp)


def _same_post(entry: Entry) -> sa.ColumnElement[bool]:
    """Choose all revisions that are this one post: an edited post keeps its id."""
    if not entry.receipt or not entry.receipt.post_id:
        return entries.c.id == entry.id
    twins = sa.select(receipts.c.entry_id).where(receipts.c.post_id == entry.receipt.post_id)
    return (entries.c.channel == entry.channel) & entries.c.id.in_(twins)


def _rows(connection: Connection, wanted: sa.ColumnElement[bool]) -> list[Row[tuple[object, ...]]]:
    columns = [column for column in entries.c if column.name != "payload"]
    joined = entries.join(receipts, receipts.c.entry_id == entries.c.id)
    query = sa.select(*columns, receipts.c.post_id).select_from(joined)
    return list(connection.execute(query.where(PUBLIC & wanted).order_by(entries.c.revision)))


def _one_for_each_post(
    rows: Sequence[Row[tuple[object, ...]]],
) -> Iterator[Row[tuple[object, ...]]]:
    last = {(row.channel, row.post_id or row.id): row for row in rows}
    yield from last.values()


def _leave(row: Row[tuple[object, ...]]) -> Change:
    if row.post_id:
        return _change(row, Action.TAKE_BACK, Cause.WITHDRAWN, TAKE_BACK)
    return _change(row, Action.STANDS, Cause.STANDING, BY_HAND.format(number=row.id))


def _change(row: Row[tuple[object, ...]], action: Action, cause: Cause, reason: str) -> Change:
    return Change(
        action=action,
        cause=cause,
        reason=reason,
        article_id=row.article_id,
        channel=row.channel,
        lang=row.lang,
        title=row.title,
        source=row.source,
        entry_id=row.id,
        candidate=None,
        revision=row.revision,
        deed=Deed(row.deed),
    )


def _place(row: Row[tuple[object, ...]]) -> tuple[str, str]:
    return row.article_id, row.lang


def _anew(at: datetime) -> dict[str, object]:
    return {"next_at": at, "waiting_since": None, "deferrals": 0}


def _url(entry: Entry) -> str:
    return entry.receipt.url if entry.receipt else ""
