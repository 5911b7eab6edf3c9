"""What reading the platforms back cost: a row a channel and day, for the budget and the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.schema import reads


def record_reads(
    connection: Connection, channel: str, day: date, posts: int, cost: Decimal
) -> None:
    """Add what was read on a day (of the site's zone), within the caller's writing transaction.

    `cost` is US dollars for all of these posts.
    """
    mine = (reads.c.channel == channel) & (reads.c.day == day)
    before = connection.execute(sa.select(reads).where(mine)).first()
    if before is None:
        row = {"channel": channel, "day": day, "posts": posts, "cost": cost}
        connection.execute(reads.insert().values(row))
    else:
        total = {"posts": before.posts + posts, "cost": before.cost + cost}
        connection.execute(reads.update().where(mine).values(total))


def cost_since(connection: Connection, channel: str, day: date) -> Decimal:
    """Add up what was read on a channel since a day, which counts: US dollars."""
    mine = (reads.c.channel == channel) & (reads.c.day >= day)
    return sum(connection.scalars(sa.select(reads.c.cost).where(mine)), Decimal(0))
