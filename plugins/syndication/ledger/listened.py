"""Until when each channel was heard, and why it could not be the last time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndication.ledger.schema import listened
from syndication.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Listened:
    """The last look at a channel. All that was said until `heard_until` is known (None: nothing).

    Times are aware (UTC); `failure` is empty where all went well.
    """

    channel: str
    heard_until: datetime | None
    tried_at: datetime
    failure: str


def last(ledger: Ledger) -> dict[str, Listened]:
    """Return the last look at each channel that was ever listened to."""
    with ledger.reading() as connection:
        rows = connection.execute(sa.select(listened).order_by(listened.c.channel)).mappings()
        return {row["channel"]: Listened(**row) for row in rows}


def record(ledger: Ledger, look: Listened) -> None:
    """Keep how a look at a channel ended."""
    row = {
        "channel": look.channel,
        "heard_until": look.heard_until,
        "tried_at": look.tried_at,
        "failure": look.failure,
    }
    with ledger.writing() as connection:
        connection.execute(listened.delete().where(listened.c.channel == look.channel))
        connection.execute(listened.insert().values(row))
