"""What a channel has sent since a moment: what a daily ceiling and a budget count."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.schema import attempts, entries, receipts
from syndication.model import Deed, Payload, State

PERHAPS = (State.DELIVERED.value, State.IN_DOUBT.value)
"""Outcomes of an attempt after which the post may be public, and paid for."""


def posts_since(connection: Connection, channel: str, since: datetime) -> int:
    """Count the posts of a channel that may have become public since a moment (aware)."""
    query = sa.select(sa.func.count()).select_from(entries).where(_sent(channel, since))
    return connection.scalar(query) or 0


def payloads_since(connection: Connection, channel: str, since: datetime) -> list[Payload]:
    """Return what a channel may have made public since a moment (aware)."""
    query = sa.select(entries.c.payload).where(_sent(channel, since))
    return [Payload.from_json(text) for text in connection.scalars(query) if text is not None]


def _sent(channel: str, since: datetime) -> sa.ColumnElement[bool]:
    """Say which entries: several attempts of one are one post, and a receipt is the proof.

    An edit is no further post. What was tried on a post that has its receipt (to edit or to
    delete it) is none either, however that ended.
    """
    perhaps = attempts.c.outcome.is_(None) | attempts.c.outcome.in_(PERHAPS)
    tried = sa.select(attempts.c.entry_id).where((attempts.c.started_at >= since) & perhaps)
    received = sa.select(receipts.c.entry_id)
    proven = received.where(receipts.c.at >= since)
    unproven = entries.c.id.in_(tried) & entries.c.id.not_in(received)
    posts = (entries.c.channel == channel) & (entries.c.deed != Deed.EDIT.value)
    return posts & (unproven | entries.c.id.in_(proven))
