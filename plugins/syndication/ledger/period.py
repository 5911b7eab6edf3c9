"""What a period of time holds: posts, steps, responses, figures and reads, for the report."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.schema import entries, events, figures, reads, receipts, responses
from syndication.model import Deed, Figures, Heed, Payload, State

COUNTS = ("views", "likes", "replies", "shares", "clicks")


@dataclass(frozen=True, slots=True)
class Period:
    """A time from `start` until before `end` (aware), and its days in the site's zone."""

    start: datetime
    end: datetime

    @property
    def first(self) -> date:
        """Return the first day."""
        return self.start.date()

    @property
    def after(self) -> date:
        """Return the first day that is no longer in it."""
        return self.end.date()


@dataclass(frozen=True, slots=True)
class Sent:
    """A post that became public, or was edited. `at` is aware (UTC)."""

    channel: str
    article_id: str
    title: str
    url: str
    deed: Deed
    payload: Payload | None
    post_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A response, without anything of the person. Times are aware (UTC)."""

    channel: str
    at: datetime
    heed: Heed
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a post on one day."""

    channel: str
    post_id: str
    day: date
    figures: Figures


def sent(connection: Connection, before: datetime) -> list[Sent]:
    """Return every post that has a receipt from before then, in the order of receipts."""
    columns = (
        entries.c.channel, entries.c.article_id, entries.c.title, entries.c.url, entries.c.deed,
        entries.c.payload, receipts.c.post_id, receipts.c.at,
    )  # fmt: skip
    query = (
        sa.select(*columns)
        .join(receipts, receipts.c.entry_id == entries.c.id)
        .where(receipts.c.at < before)
        .order_by(receipts.c.at, receipts.c.id)
    )
    return [
        Sent(
            **{
                **row,
                "deed": Deed(row["deed"]),
                "payload": Payload.from_json(row["payload"]) if row["payload"] else None,
            }
        )
        for row in connection.execute(query).mappings()
    ]


def befell(
    connection: Connection,
    kinds: Collection[str],
    period: Period,
    states: Collection[State] = tuple(State),
) -> list[str]:
    """Name the channel of each entry to which something of these kinds happened then.

    Each entry counts once, and only where it stands in one of these states now.
    """
    query = (
        sa.select(entries.c.id, entries.c.channel)
        .join(events, events.c.entry_id == entries.c.id)
        .where(
            events.c.kind.in_(list(kinds))
            & (events.c.at >= period.start)
            & (events.c.at < period.end)
            & entries.c.state.in_([state.value for state in states])
        )
        .distinct()
    )
    return [row.channel for row in connection.execute(query).all()]


def said(connection: Connection, period: Period) -> list[Said]:
    """Return what people said then."""
    query = sa.select(
        responses.c.channel, responses.c.at, responses.c.state, responses.c.settled_at
    ).where((responses.c.at >= period.start) & (responses.c.at < period.end) & ~responses.c.ours)
    return [
        Said(row.channel, row.at, Heed(row.state), row.settled_at)
        for row in connection.execute(query).all()
    ]


def counted(connection: Connection, period: Period) -> list[Counted]:
    """Return all figures until the end of the period, in the order of days."""
    query = sa.select(figures).where(figures.c.day < period.after).order_by(figures.c.day)
    return [
        Counted(
            row["channel"],
            row["post_id"],
            row["day"],
            Figures(**{name: row[name] for name in COUNTS}),
        )
        for row in connection.execute(query).mappings()
    ]


def paid(connection: Connection, period: Period) -> dict[str, tuple[int, Decimal]]:
    """Return how many posts were read then and what that cost (US dollars), by channel."""
    days = (reads.c.day >= period.first) & (reads.c.day < period.after)
    totals: dict[str, tuple[int, Decimal]] = {}
    for row in connection.execute(sa.select(reads).where(days)).all():
        posts, cost = totals.get(row.channel, (0, Decimal(0)))
        totals[row.channel] = (posts + row.posts, cost + row.cost)
    return totals
