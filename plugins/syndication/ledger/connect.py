"""How to reach the database: a file that survives a power cut (SQLite), or a PostgreSQL server."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from syndication.ledger.errors import BadAddress, Missing, Unwritable

WRITER = int.from_bytes(b"Siar")
"""The advisory lock that lets one transaction write at a time on PostgreSQL."""

KEEPALIVE = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}
"""Our own choice, in seconds and probes: a machine that lost its power keeps its locks for a minute
(https://www.postgresql.org/docs/17/runtime-config-connection.html; the default is two hours)."""


class Access(StrEnum):
    """SQLite's word for whether a missing file may be created (https://sqlite.org/uri.html)."""

    CREATE = "rwc"
    OPEN = "rw"


def connect(url: str, *, access: Access, patience: timedelta) -> Engine:
    """Make the engine for an address; no more than the file's existence is looked at.

    Raises:
        BadAddress: it names no database that we can use.
        Missing: the file is not there, and may not be created.
        Unwritable: its folder cannot be created.
    """
    address = parse(url)
    if address.get_backend_name() == "postgresql":
        return _on_server(address, patience)
    return _on_file(address, access, patience)


def parse(url: str) -> URL:
    """Read an address, and refuse what is neither an SQLite file nor PostgreSQL."""
    try:
        address = sa.make_url(url)
        backend = address.get_backend_name()
    except ArgumentError as error:
        raise BadAddress("alamat basis data tidak terbaca") from error
    if backend not in {"sqlite", "postgresql"}:
        raise BadAddress(f"basis data “{backend}” tidak didukung")
    if backend == "sqlite" and address.database in {None, "", ":memory:"}:
        raise BadAddress("buku besar (ledger) harus berupa berkas, bukan memori")
    return address


def name(engine: Engine) -> str:
    """Name the address in messages: the file, or the URL without its password."""
    return str(file_of(engine) or engine.url.render_as_string(hide_password=True))


def file_of(engine: Engine) -> Path | None:
    """Return the SQLite file, or None on a server."""
    address = engine.url
    if address.get_backend_name() != "sqlite" or address.database is None:
        return None
    return Path(address.database)


def _on_file(address: URL, access: Access, patience: timedelta) -> Engine:
    path = Path(str(address.database)).resolve()
    if access is Access.CREATE:
        _make_folder(path)
    elif not path.exists():
        raise Missing(str(path))
    uri = f"file:{quote(str(path))}?mode={access}"

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=patience.total_seconds(),
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = EXTRA")
        return connection

    engine = sa.create_engine(
        address.set(database=str(path)), creator=opened, poolclass=sa.QueuePool
    )
    sa.event.listen(engine, "begin", _begin_on_file)
    return engine


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(str(path), error.strerror or type(error).__name__) from error


def _begin_on_file(connection: Connection) -> None:
    """Take the write lock at once, since a reader that turns writer can only fail."""
    writes = connection.get_execution_options().get("siar_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _on_server(address: URL, patience: timedelta) -> Engine:
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    options = {"lock_timeout": int(patience.total_seconds() * 1000), **KEEPALIVE}
    flags = " ".join(f"-c {name}={value}" for name, value in options.items())
    try:
        engine = sa.create_engine(address, connect_args={"options": flags})
    except (ImportError, NoSuchModuleError) as error:
        raise BadAddress("penggerak PostgreSQL (psycopg) belum terpasang") from error
    sa.event.listen(engine, "begin", _begin_on_server)
    return engine


def _begin_on_server(connection: Connection) -> None:
    """Let one transaction write at a time, as the chain of events needs."""
    if connection.get_execution_options().get("siar_write", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")
