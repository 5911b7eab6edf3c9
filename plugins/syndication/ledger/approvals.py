"""Who approved which post: an approval is of one payload, and of no other."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.decide import WAITING
from syndication.ledger.errors import NotPossible
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.queries import find
from syndication.ledger.schema import approvals, entries
from syndication.ledger.store import Ledger
from syndication.model import Entry, State


def approve(ledger: Ledger, entry_id: int, *, seen: str = "", stamp: Stamp) -> Entry:
    """Record that a person approves the post that waits now; again, that they still do.

    `seen` is the beginning of the SHA-256 of what the person saw (empty: whatever waits).

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: it does not wait, or its text is not the one that was seen.
    """
    with ledger.writing() as connection:
        entry = find(connection, entry_id)
        sha256 = _waiting(entry)
        if not sha256.startswith(seen.lower()):
            raise NotPossible(
                f"Kiriman entri {entry_id} sudah berubah sejak Anda melihatnya (sidiknya kini "
                f"{sha256[:12]}). Baca lagi dengan `siar explain {entry_id}`, lalu ulangi."
            )
        mine = {"entry_id": entry_id, "payload_sha256": sha256, "actor": stamp.actor}
        same = sa.and_(*(approvals.c[name] == value for name, value in mine.items()))
        connection.execute(approvals.delete().where(same))
        at = max(stamp.at, entry.queued_at)  # clocks of two machines may differ a little
        connection.execute(approvals.insert().values(**mine, at=at))
        connection.execute(entries.update().where(entries.c.id == entry_id).values(reason=""))
        data = {"payload_sha256": sha256}
        append(connection, [Draft("approved", entry_id, entry.article_id, data)], stamp)
    return entry


def reject(ledger: Ledger, entry_id: int, *, why: str, stamp: Stamp) -> Entry:
    """Record that a person does not want this post: it is refused until its text changes.

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: it does not wait.
    """
    with ledger.writing() as connection:
        entry = find(connection, entry_id)
        sha256 = _waiting(entry)
        connection.execute(approvals.delete().where(approvals.c.entry_id == entry_id))
        values = {"state": State.REFUSED.value, "reason": f"tidak disetujui {stamp.actor}: {why}"}
        connection.execute(entries.update().where(entries.c.id == entry_id).values(values))
        data = {"payload_sha256": sha256, "reason": why}
        append(connection, [Draft("rejected", entry_id, entry.article_id, data)], stamp)
        return find(connection, entry_id)


def approvers(ledger: Ledger, entry: Entry) -> frozenset[str]:
    """Name who has approved an entry as it stands, whether anybody had to or not."""
    with ledger.reading() as connection:
        return approved_by(connection, entry)


def approved_by(
    connection: Connection, entry: Entry, *, since: datetime | None = None
) -> frozenset[str]:
    """Name who has approved an entry as it stands, since it was last queued (or `since`, later)."""
    if entry.goes is None:
        return frozenset()
    table = approvals.c
    begin = max(entry.queued_at, since or entry.queued_at)
    same = (table.entry_id == entry.id) & (table.payload_sha256 == entry.goes.sha256)
    query = sa.select(table.actor).where(same & (table.at >= begin))
    return frozenset(connection.scalars(query))


def _waiting(entry: Entry) -> str:
    """Return the digest of the post that waits.

    Raises:
        NotPossible: none does.
    """
    if entry.state in WAITING and entry.goes is not None:
        return entry.goes.sha256
    raise NotPossible(
        f"Entri {entry.id} berstatus “{entry.state.value}”, jadi tidak menunggu persetujuan. "
        f"Lihat riwayatnya dengan `siar explain {entry.id}`."
    )
