"""Wake-ups for workers on other machines. They ride on the transaction that gave cause for them.

A wake-up is a job of Procrastinate, in the same PostgreSQL database: if the transaction is undone,
so is the job. It says only that a channel may have something to send; the ledger decides. Where
no worker was ever started there are no tables for jobs, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.schema import entries, events
from syndication.model import State

if TYPE_CHECKING:
    from procrastinate import App

QUEUE = "siar"
TASK = "siar.send"
"""The task that sends on one channel."""


@contextmanager
def waking(connection: Connection) -> Iterator[None]:
    """Wake the channels of the entries that were queued within the block, as part of it."""
    if not ready(connection):
        yield
        return
    before = connection.scalar(sa.select(sa.func.max(events.c.seq))) or 0
    yield
    wake(connection, _queued_since(connection, before))


def ready(connection: Connection) -> bool:
    """Tell whether there are tables for jobs."""
    return connection.scalar(sa.select(sa.func.to_regclass("procrastinate_jobs"))) is not None


def wake(connection: Connection, channels: Iterable[str]) -> None:
    """Leave one job for each channel that has none waiting, within the caller's transaction.

    One that cannot be left (tables of another version) stops nothing: workers look round anyway.
    """
    from procrastinate.exceptions import (  # noqa: PLC0415 -- with PostgreSQL only
        AlreadyEnqueued,
        ConnectorException,
    )

    for channel in channels:
        name = lock(channel)
        job = _app().configure_task(
            TASK,
            queue=QUEUE,
            lock=name,
            queueing_lock=name,
            connection=connection.connection.driver_connection,
        )
        try:
            with connection.begin_nested():
                job.defer(channel=channel)
        except (AlreadyEnqueued, ConnectorException):
            continue


def lock(channel: str) -> str:
    """Name the lock that lets one job of an account run at a time."""
    return f"siar:{channel}"


def _queued_since(connection: Connection, before: int) -> list[str]:
    """Name the channels of entries that wait by a later event than `before`.

    One that its own sender deferred is not among them: its time is yet to come.
    """
    query = (
        sa.select(entries.c.channel)
        .join(events, events.c.entry_id == entries.c.id)
        .where(
            (events.c.seq > before)
            & (events.c.kind != "deferred")
            & (entries.c.state == State.QUEUED.value)
        )
        .distinct()
        .order_by(entries.c.channel)
    )
    return list(connection.scalars(query))


@cache
def _app() -> App:
    """Make what writes jobs; it never opens a connection of its own."""
    from procrastinate import App, SyncPsycopgConnector  # noqa: PLC0415 -- as above

    return App(connector=SyncPsycopgConnector())
