"""What a person decides about an entry: that it is public after all, or surely not."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import withdrawals
from syndication.ledger.errors import NotPossible
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.progress import record
from syndication.ledger.queries import find
from syndication.ledger.schema import attempts, entries, receipts
from syndication.ledger.store import Ledger
from syndication.ledger.urls import require_address
from syndication.model import Deed, Entry, Receipt, State

MAY_BE_RETRIED = frozenset({State.QUEUED, State.REFUSED, State.GIVEN_UP})
MAY_BE_DELIVERED = frozenset({State.IN_DOUBT, State.BY_HAND, State.QUEUED})


def resolve_delivered(  # noqa: PLR0913 -- a receipt, and who vouches for it
    ledger: Ledger, entry_id: int, *, url: str, why: str, stamp: Stamp, post_id: str = ""
) -> Entry:
    """Record where a person saw, or made, the post; `post_id` is "" where nobody knows it.

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: its state says that there is nothing to resolve, `url` is no address, or
            another post stands there.
    """
    require_address(url, "unggahan")
    with ledger.writing() as connection:
        entry = find(connection, entry_id)
        _require(entry, MAY_BE_DELIVERED)
        post = Receipt(post_id, url, stamp.at)
        _refuse_another(connection, entry, post)
        record(connection, entry, post)
        _answer(connection, entry_id, "delivered")
        values = {"state": State.DELIVERED.value, "reason": why}
        connection.execute(entries.update().where(entries.c.id == entry_id).values(values))
        data = {"post_id": post_id, "url": url, "reason": why}
        append(connection, [Draft("resolved_delivered", entry_id, entry.article_id, data)], stamp)
        return find(connection, entry_id)


def resolve_not_sent(ledger: Ledger, entry_id: int, *, why: str, stamp: Stamp) -> Entry:
    """Record that a person looked and the post is not there: it may be sent again, at once.

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: the entry is not in doubt.
    """
    with ledger.writing() as connection:
        entry = find(connection, entry_id)
        _require(entry, frozenset({State.IN_DOUBT}))
        _answer(connection, entry_id, "not_sent")
        values = {
            "state": State.QUEUED.value,
            "reason": "",
            "next_at": stamp.at,
            "waiting_since": None,
            "deferrals": 0,
        }
        connection.execute(entries.update().where(entries.c.id == entry_id).values(values))
        data = {"reason": why}
        append(connection, [Draft("resolved_not_sent", entry_id, entry.article_id, data)], stamp)
        return find(connection, entry_id)


def retry(ledger: Ledger, entry_id: int, *, stamp: Stamp) -> Entry:
    """Let an entry be tried again at once, as far as its time has come and the rules allow.

    A post that should be gone and stands is tried to be taken back once more, and a picture that
    was not taken is tried again, too.

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: it may be public, or is never to be sent.
    """
    with ledger.writing() as connection:
        entry = find(connection, entry_id)
        if withdrawals.again(connection, entry, stamp):
            return _retried(connection, entry, stamp)
        if entry.state not in MAY_BE_RETRIED:
            raise NotPossible(_not_again(entry))
        values = {
            "state": State.QUEUED.value,
            "reason": "",
            "next_at": max(stamp.at, entry.due_at),
            "waiting_since": None,
            "deferrals": 0,
            "plain": False,
        }
        connection.execute(entries.update().where(entries.c.id == entry_id).values(values))
        return _retried(connection, entry, stamp)


def _retried(connection: Connection, entry: Entry, stamp: Stamp) -> Entry:
    data = {"reason": entry.reason}
    append(connection, [Draft("retried", entry.id, entry.article_id, data)], stamp)
    return find(connection, entry.id)


def _not_again(entry: Entry) -> str:
    if entry.state in {State.IN_DOUBT, State.SENDING}:
        return (
            f"Entri {entry.id} mungkin sudah terbit. Lihat dulu akunnya, lalu putuskan dengan "
            f"`siar resolve {entry.id}`."
        )
    return (
        f"Entri {entry.id} berstatus “{entry.state.value}”, jadi tidak dapat dicoba lagi. "
        f"Lihat riwayatnya dengan `siar explain {entry.id}`."
    )


def _require(entry: Entry, states: frozenset[State]) -> None:
    if entry.state in states:
        return
    if entry.state is State.SENDING:
        raise NotPossible(
            f"Entri {entry.id} sedang dikirim, atau pengirimnya terputus. Jalankan `invoke relay` "
            "sekali lagi; bila kemudian “in_doubt”, ulangi perintah ini."
        )
    raise NotPossible(
        f"Entri {entry.id} berstatus “{entry.state.value}”, jadi tidak ada yang perlu diputuskan. "
        f"Lihat riwayatnya dengan `siar explain {entry.id}`."
    )


def _refuse_another(connection: Connection, entry: Entry, post: Receipt) -> None:
    """Stop where a post is another entry's: taking one back would take both.

    A correction may stand where the post stands that it was written into.
    """
    same = receipts.c.url == post.url
    if post.post_id:
        same |= receipts.c.post_id == post.post_id
    others = (entries.c.channel == entry.channel) & (entries.c.id != entry.id)
    if entry.deed in {Deed.CORRECT, Deed.EDIT}:
        others &= entries.c.article_id != entry.article_id
    joined = receipts.join(entries, receipts.c.entry_id == entries.c.id)
    query = sa.select(entries.c.id, entries.c.title).select_from(joined).where(same & others)
    taken = connection.execute(query).first()
    if taken:
        raise NotPossible(
            f"{post.url} sudah tercatat untuk unggahan {taken.id} ({taken.title}). Salin alamat "
            f"unggahan {entry.id}."
        )


def _answer(connection: Connection, entry_id: int, outcome: str) -> None:
    """Close the attempts that were in doubt: a later search must not look for them again."""
    doubt = attempts.c.outcome == State.IN_DOUBT.value
    mine = doubt & (attempts.c.entry_id == entry_id)
    connection.execute(attempts.update().where(mine).values(outcome=outcome))
