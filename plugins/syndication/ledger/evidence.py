"""What shows that a ledger can be trusted: its history, what posts show, that it takes a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from syndication.ledger import events, queries
from syndication.ledger.schema import meta
from syndication.ledger.store import Ledger
from syndication.model import Entry, Payload


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


def as_shown(ledger: Ledger, delivered: Iterable[Entry]) -> list[Entry]:
    """Give each entry what its post shows now: an older copy shows what a later edit gave it."""
    shows = {post.entry_id: post.payload_sha256 for post in queries.receipts(ledger)}
    return [
        entry
        if entry.payload is None or shows.get(entry.id) in (None, entry.payload.sha256)
        else replace(entry, payload=_payload(ledger, entry, shows[entry.id]))
        for entry in delivered
    ]


def _payload(ledger: Ledger, entry: Entry, sha256: str) -> Payload | None:
    siblings = queries.entries(ledger, article_id=entry.article_id)
    payloads = (each.payload for each in siblings if each.channel == entry.channel)
    return next((each for each in payloads if each and each.sha256 == sha256), entry.payload)
