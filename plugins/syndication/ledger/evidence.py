"""What shows that a ledger can be trusted: its whole history, and that it takes a record."""

from __future__ import annotations

from syndication.ledger import events
from syndication.ledger.schema import meta
from syndication.ledger.store import Ledger


def history(ledger: Ledger) -> list[events.Event]:
    """Return every event that was ever recorded, in order."""
    with ledger.reading() as connection:
        return events.read(connection)


def require_writable(ledger: Ledger) -> None:
    """Write to the disk what is there already, so that a full or read-only one shows.

    Raises:
        LedgerError: nothing could be recorded now.
    """
    with ledger.writing() as connection:
        connection.execute(meta.update().values(application=meta.c.application))
