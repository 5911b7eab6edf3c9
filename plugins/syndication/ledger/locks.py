"""One sender per account: a lock that the kernel, or the server, frees when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from filelock import FileLock, Timeout

from syndication.ledger.errors import Unwritable
from syndication.ledger.faults import mapped
from syndication.ledger.store import Ledger


@contextmanager
def sole_sender(ledger: Ledger, channel: str) -> Iterator[bool]:
    """Try to be the only one that sends on a channel; yields whether that is so. Never waits.

    Whoever holds it may take every entry of the channel that stands in `sending` for orphaned.

    Raises:
        LedgerError: the lock cannot be asked for.
    """
    take = _by_server(ledger, channel) if ledger.file is None else _by_file(ledger.file, channel)
    with take as held:
        yield held


@contextmanager
def sole_listener(ledger: Ledger, channel: str) -> Iterator[bool]:
    """Try to be the only one that listens on a channel; nobody who sends has to wait for it.

    Raises:
        LedgerError: the lock cannot be asked for.
    """
    with sole_sender(ledger, f"{channel}.listening") as held:  # no channel's name has a full stop
        yield held


@contextmanager
def sole_replier(ledger: Ledger, channel: str) -> Iterator[bool]:
    """Try to be the only one that answers people on a channel.

    Whoever holds it may take every answer of the channel that stands in `sending` for orphaned.

    Raises:
        LedgerError: the lock cannot be asked for.
    """
    with sole_sender(ledger, f"{channel}.replying") as held:
        yield held


@contextmanager
def _by_file(file: Path, channel: str) -> Iterator[bool]:
    """Lock a file beside the ledger (flock(2): freed when the process ends, however it does)."""
    path = file.with_name(f"{file.name}.{quote(channel, safe='')}.lock")
    lock = FileLock(path, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:
        raise Unwritable(str(path), error.strerror or type(error).__name__) from error
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _by_server(ledger: Ledger, channel: str) -> Iterator[bool]:
    """Lock through a connection of its own: PostgreSQL frees it when the connection ends."""
    name = sa.func.hashtextextended(f"siar:{channel}", 0)
    with mapped(ledger.where), ledger.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="AUTOCOMMIT")
        held = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(name))))
        try:
            yield held
        finally:
            if held:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(name)))
