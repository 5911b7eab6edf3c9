"""Older posts in public that are to be edited as the newest one was: a repeat, or a linked post.

Editing once more what was edited changes nothing, so an edit that was cut off is made again, and
a doubt never has to be settled. One that cannot be made leaves the post listed as an old copy.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import pauses, queries, trials
from syndication.ledger.decide import Action, Cause
from syndication.ledger.events import Stamp
from syndication.ledger.schema import entries, receipts
from syndication.ledger.store import Ledger
from syndication.ledger.trials import PUBLIC, Ending, Trial, anew, later, tell
from syndication.model import Deed, Entry, Receipt

OUTDATED = "unggahan terbaru sudah diralat; yang ini menyusul"


def outdate_older(connection: Connection, entry: Entry, receipt: Receipt) -> None:
    """Have the older posts edited, too, now that an edit of the newest one is in public."""
    if entry.deed is not Deed.EDIT:
        return
    posts = _posts_before(connection, entry)
    older = [number for post_id, number in posts.items() if post_id not in ("", receipt.post_id)]
    untold = entries.c.correction.is_(None) | (entries.c.correction != (entry.correction or ""))
    staying = entries.c.cause.in_([Cause.NONE.value, Cause.OUTDATED.value])
    values = {"cause": Cause.OUTDATED.value, "reason": OUTDATED, **anew(receipt.at)}
    chosen = entries.c.id.in_(older) & untold & staying
    connection.execute(entries.update().where(chosen).values(values))


def outdated(now: datetime) -> sa.ColumnElement[bool]:
    """Choose the entries whose posts are to be edited now."""
    return PUBLIC & (entries.c.cause == Cause.OUTDATED.value) & (entries.c.next_at <= now)


def due(ledger: Ledger, channel: str, now: datetime) -> list[int]:
    """Return the entries of a channel whose posts are to be edited now, oldest first."""
    mine = outdated(now) & (entries.c.channel == channel)
    with ledger.reading() as connection:
        return list(connection.scalars(sa.select(entries.c.id).where(mine).order_by(entries.c.id)))


def pattern(ledger: Ledger, entry: Entry) -> Entry | None:
    """Return the newest edit in public of an entry's article: what its post is to say, too."""
    newer = (
        PUBLIC
        & (entries.c.article_id == entry.article_id)
        & (entries.c.channel == entry.channel)
        & (entries.c.revision > entry.revision)
        & (entries.c.deed == Deed.EDIT.value)
    )
    with ledger.reading() as connection:
        query = sa.select(entries.c.id).where(newer).order_by(entries.c.revision.desc())
        number = connection.scalar(query.limit(1))
        return queries.find(connection, number) if number is not None else None


def begin(ledger: Ledger, entry: Entry, stamp: Stamp) -> Trial | None:
    """Record an attempt; None, and nothing may be edited, where it is held or not wanted."""
    with ledger.writing() as connection:
        if pauses.keeping_back(connection, entry, stamp.at):
            return None
        return trials.begin(connection, entry, stamp, wanted=outdated(stamp.at), kind="amending")


def finish(ledger: Ledger, trial: Trial, ending: Ending, shown: Entry, stamp: Stamp) -> None:
    """Record what became of an attempt to show what `shown` does."""
    with ledger.writing() as connection:
        trials.close(connection, trial, ending, stamp)
        if ending.action is Action.AMENDED:
            mine = receipts.update().where(receipts.c.entry_id == trial.entry.id)
            sha256 = shown.payload.sha256 if shown.payload else ""
            connection.execute(mine.values(payload_sha256=sha256))
            told = entries.update().where(entries.c.id == trial.entry.id)
            connection.execute(told.values(correction=shown.correction))
        _settle(connection, trial.entry, ending, stamp)


def settle(ledger: Ledger, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    """Record what was known without an attempt."""
    with ledger.writing() as connection:
        _settle(connection, entry, ending, stamp)


def _settle(connection: Connection, entry: Entry, ending: Ending, stamp: Stamp) -> None:
    values: dict[str, object] = {"cause": Cause.NONE.value, "reason": ending.reason}
    if ending.next_at is not None:
        values = {"reason": ending.reason, **later(entry, ending, stamp)}
    still = PUBLIC & (entries.c.id == entry.id) & (entries.c.cause == Cause.OUTDATED.value)
    connection.execute(entries.update().where(still).values(values))
    tell(connection, entry, ending, stamp)


def _posts_before(connection: Connection, entry: Entry) -> dict[str, int]:
    """Name the posts in public older than an entry, each with its last revision."""
    older = (
        PUBLIC
        & (entries.c.article_id == entry.article_id)
        & (entries.c.channel == entry.channel)
        & (entries.c.revision < entry.revision)
    )
    joined = entries.join(receipts, receipts.c.entry_id == entries.c.id)
    query = sa.select(receipts.c.post_id, entries.c.id).select_from(joined).where(older)
    rows = connection.execute(query.order_by(entries.c.revision))
    return {post_id: number for post_id, number in rows}  # noqa: C416 -- a row is no pair to mypy
