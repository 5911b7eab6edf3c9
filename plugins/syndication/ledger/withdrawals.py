"""Posts in public that are to be taken back: by `Ditarik`, or because a correction replaced them.

A deletion that was cut off may simply be made again: it can meet only that post, or find it gone.
So a doubt never has to be settled; but what was once in doubt has to go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger import trials
from syndication.ledger.changes import Change
from syndication.ledger.decide import LEAVING, UNREMOVED, Action, Cause
from syndication.ledger.events import Stamp
from syndication.ledger.known import batched
from syndication.ledger.schema import attempts, entries, receipts
from syndication.ledger.store import Ledger
from syndication.ledger.trials import PUBLIC, Ending, Trial, anew, later, same_post, tell
from syndication.model import Deed, Entry, State

TAKE_BACK = "artikel ditarik; unggahannya diambil kembali"
BY_HAND = "dibuat dengan tangan: hapus di aplikasinya, lalu catat dengan `siar removed {number}`"
KEEP = "artikel tidak jadi ditarik; unggahannya tetap"
REPLACED = "diganti dengan unggahan ralat; diambil kembali"

WITHDRAWING = "withdrawing"
STAYING = (Cause.NONE.value, Cause.OUTDATED.value)
"""Causes of posts that nobody wanted gone so far."""


def plan(
    connection: Connection,
    withdrawn: Collection[tuple[str, str]],
    pages: Collection[tuple[str, str]],
) -> list[Change]:
    """Say what a build changes: posts of withdrawn articles go, those of others stay.

    A post that may be gone already cannot be kept; its deletion is brought to its end.
    Both hold (article ID, language) of published articles.
    """
    leaves = entries.c.cause.in_([Cause.WITHDRAWN.value, Cause.STANDING.value])
    changes = [
        _change(row, Action.KEEP, Cause.NONE, KEEP)
        for row in _rows(connection, leaves & entries.c.id.not_in(_perhaps_gone()))
        if _place(row) in pages and _place(row) not in withdrawn
    ]
    named = sorted({article_id for article_id, _ in withdrawn})
    for some in batched(named):
        rows = _rows(connection, entries.c.article_id.in_(some))
        posts = _one_for_each_post([row for row in rows if _place(row) in withdrawn])
        changes += [_leave(row) for row in posts if row.cause in STAYING]
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
        & entries.c.cause.in_(STAYING)
    )
    values = {"cause": Cause.REPLACED.value, "reason": REPLACED, **anew(at)}
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
    """Record an attempt; None, and nothing may be deleted, where it is no longer wanted.

    Neither a hold nor a channel's rest stops it: they stop posts, and this only lessens what is
    public.
    """
    with ledger.writing() as connection:
        return trials.begin(connection, entry, stamp, wanted=leaving(stamp.at), kind=WITHDRAWING)


def finish(ledger: Ledger, trial: Trial, ending: Ending, stamp: Stamp) -> None:
    """Record what became of an attempt."""
    with ledger.writing() as connection:
        trials.close(connection, trial, ending, stamp)
        _settle(connection, trial.entry, ending, stamp)


def settle(ledger: Ledger, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    """Record what was known without an attempt."""
    with ledger.writing() as connection:
        _settle(connection, entry, ending, stamp)


def again(connection: Connection, entry: Entry, stamp: Stamp) -> bool:
    """Let a deletion be tried again at once, as a person asked; False where none is wanted."""
    wanted = {Cause.STANDING: Cause.WITHDRAWN, Cause.REMAINING: Cause.REPLACED}
    cause = Cause(entry.cause)
    if entry.state is not State.DELIVERED or cause not in LEAVING | UNREMOVED:
        return False
    values = {"cause": wanted.get(cause, cause).value, "reason": "", **anew(stamp.at)}
    connection.execute(entries.update().where(entries.c.id == entry.id).values(values))
    return True


def _settle(connection: Connection, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    """Write an ending; where the post is to be kept meanwhile, only that it is gone counts."""
    mine = same_post(entry) & PUBLIC
    values: dict[str, object] = {"reason": ending.reason}
    if ending.action is Action.TAKEN_BACK:
        values = {"state": State.WITHDRAWN.value}
    else:
        mine &= entries.c.cause.in_([cause.value for cause in LEAVING])
    if ending.action is Action.STANDS:
        replaced = entry.cause == Cause.REPLACED.value
        values["cause"] = (Cause.REMAINING if replaced else Cause.STANDING).value
    elif ending.next_at is not None:
        values |= later(entry, ending, stamp)
    connection.execute(entries.update().where(mine).values(values))
    tell(connection, entry, ending, stamp)


def _perhaps_gone() -> sa.Select[tuple[int]]:
    """Choose the entries with a deletion that was cut off, or of which nobody knows."""
    cut_off = attempts.c.outcome.is_(None) & (attempts.c.detail == WITHDRAWING)
    perhaps = cut_off | (attempts.c.outcome == Action.PERHAPS.value)
    return sa.select(attempts.c.entry_id).where(perhaps)


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
    reason = TAKE_BACK if row.post_id else BY_HAND.format(number=row.id)
    return _change(row, Action.TAKE_BACK, Cause.WITHDRAWN, reason)


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
