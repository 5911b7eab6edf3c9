"""Further posts of one article on one channel: what they follow, and what a person asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import queries
from syndication.ledger.decide import LEAVING, UNREMOVED
from syndication.ledger.errors import NotPossible
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.schema import entries, receipts
from syndication.ledger.store import Ledger
from syndication.ledger.trials import PUBLIC, same_post
from syndication.model import CORRECTIONS, JSON, Deed, Entry, Receipt, State, entry_key

UNDER_WAY = frozenset({State.QUEUED, State.BY_HAND, State.SENDING, State.IN_DOUBT})
FAILED = frozenset({State.REFUSED, State.GIVEN_UP})
CONCERNED = UNDER_WAY | FAILED | {State.DELIVERED}
GOING = LEAVING | UNREMOVED
COMPOSED_LATER = "diminta diulang; teksnya disusun pada build produksi berikutnya"


@dataclass(frozen=True, slots=True)
class OldCopy:
    """A post in public that does not show what its page says now.

    `correction` is the newest revision that corrects it, None where the article was withdrawn.
    """

    entry: Entry
    correction: Entry | None


def earlier(ledger: Ledger, entry: Entry) -> Receipt | None:
    """Return the newest post in public that an entry corrects; None where none is known."""
    older = _in_public(entry) & entries.c.cause.not_in([cause.value for cause in LEAVING])
    joined = receipts.join(entries, receipts.c.entry_id == entries.c.id)
    query = sa.select(receipts.c.post_id, receipts.c.url, receipts.c.at).select_from(joined)
    with ledger.reading() as connection:
        row = connection.execute(query.where(older).order_by(entries.c.revision.desc())).first()
    return Receipt(*row) if row else None


def still_public(ledger: Ledger, entry: Entry) -> bool:
    """Tell whether any post that an entry could correct still stands, even if it is to go."""
    joined = receipts.join(entries, receipts.c.entry_id == entries.c.id)
    query = sa.select(receipts.c.id).select_from(joined).where(_in_public(entry)).limit(1)
    with ledger.reading() as connection:
        return connection.scalar(query) is not None


def _in_public(entry: Entry) -> sa.ColumnElement[bool]:
    """Choose the older posts of an entry's article that stand and have an id."""
    return (
        PUBLIC
        & (entries.c.article_id == entry.article_id)
        & (entries.c.channel == entry.channel)
        & (entries.c.revision < entry.revision)
        & (receipts.c.post_id != "")
    )


def repost(ledger: Ledger, entry_id: int, *, why: str, stamp: Stamp) -> Entry:
    """Ask for one more post of an article on a channel, of which `entry_id` is any revision.

    The next build composes it. This is also the only way for what was skipped.

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: no reason was given, or a post is under way there already.
    """
    if not why.strip():
        raise NotPossible("Sebutkan alasannya: `siar repost NOMOR --why ALASAN`.")
    with ledger.writing() as connection:
        last = _newest(connection, queries.find(connection, entry_id))
        if last.state in UNDER_WAY | FAILED:
            raise NotPossible(
                f"Unggahan {last.id} di {last.channel} masih “{last.state.value}”: selesaikan itu "
                f"dulu. Lihat `siar explain {last.id}`."
            )
        made = _copied(connection, last, stamp)
        data: dict[str, JSON] = {"reason": why, "of": entry_id, "channel": last.channel}
        append(connection, [Draft("repost", made, last.article_id, data)], stamp)
        return queries.find(connection, made)


def removed(ledger: Ledger, entry_id: int, *, why: str, stamp: Stamp) -> Entry:
    """Record that a person took a post back.

    Raises:
        UnknownEntry: there is none of that number.
        NotPossible: no post of it is in public.
    """
    with ledger.writing() as connection:
        entry = queries.find(connection, entry_id)
        if entry.state is not State.DELIVERED:
            raise NotPossible(
                f"Unggahan {entry_id} berstatus “{entry.state.value}”, jadi tidak ada yang tampil."
            )
        values = {"state": State.WITHDRAWN.value, "reason": why}
        connection.execute(entries.update().where(same_post(entry) & PUBLIC).values(values))
        data: dict[str, JSON] = {"reason": why}
        append(connection, [Draft("removed", entry_id, entry.article_id, data)], stamp)
        return queries.find(connection, entry_id)


def old_copies(ledger: Ledger) -> list[OldCopy]:
    """List the posts in public that show an old text, or stand though they should be gone."""
    newest: dict[tuple[str, str], Entry] = {}
    public: dict[tuple[str, str], Entry] = {}
    for entry in _concerned(ledger):
        pair = entry.article_id, entry.channel
        if entry.deed in CORRECTIONS:
            newest[pair] = entry
        if entry.state is State.DELIVERED and entry.receipt:
            public[entry.channel, entry.receipt.post_id or entry.receipt.url] = entry
    return [
        OldCopy(entry, None if entry.cause in GOING else correction)
        for entry in public.values()
        for correction in [newest.get((entry.article_id, entry.channel))]
        if entry.cause in GOING or (correction and correction.correction != entry.correction)
    ]


def _concerned(ledger: Ledger) -> Iterator[Entry]:
    """Read the entries of the few articles that were corrected, or whose posts should be gone."""
    corrects = entries.c.deed.in_([deed.value for deed in CORRECTIONS])
    leaves = (entries.c.state == State.DELIVERED.value) & (entries.c.cause != "")
    query = sa.select(entries.c.article_id).where(corrects | leaves).distinct()
    with ledger.reading() as connection:
        articles = sorted(connection.scalars(query))
    for article_id in articles:
        yield from queries.entries(ledger, states=CONCERNED, article_id=article_id)


def _newest(connection: Connection, entry: Entry) -> Entry:
    """Return the newest revision of an entry's article on its channel."""
    mine = (entries.c.article_id == entry.article_id) & (entries.c.channel == entry.channel)
    query = sa.select(entries.c.id).where(mine).order_by(entries.c.revision.desc()).limit(1)
    return queries.find(connection, connection.execute(query).scalar_one())


def _copied(connection: Connection, last: Entry, stamp: Stamp) -> int:
    """Write a new revision without a post; return its number."""
    kept = connection.execute(sa.select(entries).where(entries.c.id == last.id)).mappings().one()
    revision = last.revision + 1
    values = {name: value for name, value in kept.items() if name != "id"} | {
        "key": entry_key(last.article_id, last.channel, revision),
        "revision": revision,
        "state": State.QUEUED.value,
        "deed": Deed.REPEAT.value,
        "cause": "",
        "reason": COMPOSED_LATER,
        "payload": None,
        "payload_sha256": "",
        "correction": None,
        "queued_at": stamp.at,
        "next_at": stamp.at,
        "waiting_since": None,
        "deferrals": 0,
        "attempts": 0,
    }
    made = connection.execute(entries.insert().values(values).returning(entries.c.id))
    return int(made.scalar_one())
