"""The ledger itself: creating it, opening it, and its two kinds of transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from syndication.ledger import schema
from syndication.ledger.connect import Access, connect, file_of, name
from syndication.ledger.errors import Damaged, Exists, Foreign, Missing
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.faults import mapped

PATIENCE = timedelta(seconds=30)
"""How long to wait for another process. Most hold the ledger for milliseconds; the first build of
a large site, or a look at all of its entries, for seconds."""


@dataclass(frozen=True)
class Ledger:
    """An open ledger. The functions of this room take it first; each is one transaction.

    `where` is its address for messages, without a password.
    """

    engine: Engine
    where: str

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None on a database server."""
        return file_of(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look, and write nothing."""
        with mapped(self.where), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Look as `reading` does, but at one moment, however many questions are asked.

        A transaction of SQLite is that by nature
        (https://www.postgresql.org/docs/17/transaction-iso.html says what PostgreSQL's is).
        """
        with mapped(self.where), self.engine.connect() as plain:
            if self.file is None:
                plain.execution_options(isolation_level="REPEATABLE READ")
            with plain.begin():
                yield plain

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Be the only writer until the end: all of it is on disk then, or nothing is."""
        with mapped(self.where), self.engine.connect() as plain:
            connection = plain.execution_options(siar_write=True)
            with connection.begin(), self._waking(connection):
                yield connection

    def _waking(self, connection: Connection) -> AbstractContextManager[None]:
        """Tell the workers of what gets queued; only a database server has any."""
        if self.file is not None:
            return nullcontext()
        from syndication.ledger.wakeups import waking  # noqa: PLC0415 -- for PostgreSQL only

        return waking(connection)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def nothing(connection: Connection) -> None:
    """Leave a new ledger empty."""
    del connection


def create_ledger(
    url: str,
    *,
    stamp: Stamp,
    since: date | None = None,
    site: str = "",
    also: Callable[[Connection], None] = nothing,
) -> Ledger:
    """Create a ledger where none is, and record who did. Only `siar init` and `recover` may.

    What is dated before `since` will never be posted. Without it that is the day of creation
    (in the zone of `stamp`), so that old articles that turn up later do not become posts.
    `also` fills it within the same transaction: the ledger is there with all of it, or not at all.

    Raises:
        Exists: a ledger is already there.
        Foreign: something else is.
        LedgerError: it cannot be created.
    """
    with _connected(url, Access.CREATE, PATIENCE) as ledger:
        with ledger.writing() as connection:
            if _is_ours(connection):
                raise Exists(ledger.where)
            if _tables(connection):
                raise Foreign(ledger.where)
            _fill(connection, since or stamp.at.date(), site, stamp)
            also(connection)
        return ledger


def open_ledger(url: str, *, patience: timedelta = PATIENCE) -> Ledger:
    """Open the ledger that `siar init` made, and bring an earlier schema up to date.

    Raises:
        Missing: there is none.
        Foreign: it is not ours.
        Newer: a later version wrote it.
        LedgerError: it cannot be read.
    """
    with _connected(url, Access.OPEN, patience) as ledger:
        with ledger.reading() as connection:
            if not _is_ours(connection):
                raise (Foreign if _tables(connection) else Missing)(ledger.where)
            version = _version(connection, ledger.where)
        if version != schema.VERSION:
            _migrate(ledger, version)
        return ledger


@contextmanager
def _connected(url: str, access: Access, patience: timedelta) -> Iterator[Ledger]:
    """Hand out the ledger, and close it again if anything goes wrong."""
    engine = connect(url, access=access, patience=patience)
    with ExitStack() as undo:
        undo.callback(engine.dispose)
        yield Ledger(engine, name(engine))
        undo.pop_all()


def _fill(connection: Connection, since: date, site: str, stamp: Stamp) -> None:
    from syndication.ledger.migrations import upgrade  # noqa: PLC0415 -- Alembic is slow to import

    upgrade(connection)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    row = {"application": "siar", "created_at": stamp.at, "since": since, "site": site}
    connection.execute(schema.meta.insert().values(id=1, **row))
    append(connection, [Draft("created", data={"since": since.isoformat(), "site": site})], stamp)


def _migrate(ledger: Ledger, version: str) -> None:
    from syndication.ledger.migrations import refuse_newer, upgrade  # noqa: PLC0415 -- as above

    refuse_newer(version, ledger.where)
    with ledger.writing() as connection:
        upgrade(connection)


def _tables(connection: Connection) -> list[str]:
    return sa.inspect(connection).get_table_names()


def _is_ours(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        marker = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        return bool(marker == schema.APPLICATION_ID)
    return {"alembic_version", "meta", "entries", "events"} <= set(_tables(connection))


def _version(connection: Connection, where: str) -> str:
    query = sa.text("SELECT version_num FROM alembic_version")
    version = connection.execute(query).scalar_one_or_none()
    if version is None:
        raise Damaged(where, "versi skema tidak tercatat")
    return str(version)
