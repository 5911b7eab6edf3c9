"""How often posts were seen and used: a row a post and day, so that a report can show growth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

import sqlalchemy as sa

from syndication.ledger.schema import figures
from syndication.ledger.store import Ledger
from syndication.model import Figures


def record(
    ledger: Ledger, channel: str, counted: Mapping[str, Figures], *, day: date, at: datetime
) -> None:
    """Keep a day's figures of posts, by `post_id`; the last ones of a day are that day's."""
    if not counted:
        return
    mine = (figures.c.channel == channel) & (figures.c.day == day)
    rows = [
        {"channel": channel, "post_id": post_id, "day": day, "at": at, **asdict(each)}
        for post_id, each in counted.items()
    ]
    with ledger.writing() as connection:
        connection.execute(figures.delete().where(mine & figures.c.post_id.in_(list(counted))))
        connection.execute(figures.insert(), rows)


def counted_on(ledger: Ledger, channel: str, day: date) -> frozenset[str]:
    """Name the posts of a channel whose figures of a day are known."""
    query = sa.select(figures.c.post_id).where(
        (figures.c.channel == channel) & (figures.c.day == day)
    )
    with ledger.reading() as connection:
        return frozenset(connection.scalars(query))
