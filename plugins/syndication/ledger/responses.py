"""What people said below the posts: kept while somebody may answer, then forgotten.

Names and words of citizens are personal data (UU 27/2022): they stand in the table `responses`
alone, never in the chain of events, and `forget` takes them out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger.errors import UnknownResponse
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.schema import replies, responses
from syndication.ledger.store import Ledger
from syndication.model import Heed, Response, as_text

ELSEWHERE = ""
"""Who settled what the office answered on the platform itself."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many responses lost their names and words, and how many of them nobody had answered."""

    responses: int
    waiting: int


def record(
    ledger: Ledger,
    channel: str,
    heard: Iterable[Response],
    entries: Mapping[str, int],
    stamp: Stamp,
) -> int:
    """Keep what is new of what was heard on a channel; return how much that is.

    `entries` tells the entry of each `post_id`. What the account itself answered settles what it
    answers, wherever it was written.
    """
    with ledger.writing() as connection:
        known = set(connection.scalars(sa.select(responses.c.remote_id).where(_on(channel))))
        rows: dict[str, dict[str, object]] = {}
        for each in heard:
            if not known & {each.id, _digest(channel, each.id)} and each.post_id in entries:
                rows[each.id] = _row(channel, each, entries[each.post_id], stamp)
        if rows:
            connection.execute(responses.insert(), list(rows.values()))
            _settle_answered(connection, channel, rows)
            append(
                connection,
                [Draft("heard", data={"channel": channel, "responses": len(rows)})],
                stamp,
            )
    return sum(not row["ours"] for row in rows.values())


def settle(ledger: Ledger, numbers: Sequence[int], stamp: Stamp) -> int:
    """Note that a person saw these responses and they need no answer; return how many waited.

    Raises:
        UnknownResponse: there is none of a number; then none is settled.
    """
    with ledger.writing() as connection:
        waiting = []
        for number in dict.fromkeys(numbers):
            row = connection.execute(sa.select(responses).where(responses.c.id == number)).first()
            if row is None:
                raise UnknownResponse(number)
            if row.state == Heed.NEW.value:
                waiting.append(row)
        for row in waiting:
            mark(connection, row.id, Heed.DONE, stamp)
        append(connection, [_seen(row) for row in waiting], stamp)
    return len(waiting)


def mark(connection: Connection, number: int, heed: Heed, stamp: Stamp) -> None:
    """Say what became of a response, within the caller's transaction."""
    values = {"state": heed.value, "settled_by": stamp.actor, "settled_at": stamp.at}
    connection.execute(responses.update().where(responses.c.id == number).values(values))


def forget(ledger: Ledger, before: datetime, stamp: Stamp) -> Forgotten:
    """Take names, words and addresses out of what was heard before then; counts remain.

    A digest of the platform's id stays, so that what is heard once more is not taken for new. Our
    answers name people as well: of them the address stays, and the digest in the chain of events.
    """
    old = (responses.c.heard_at < before) & responses.c.forgotten_at.is_(None)
    with ledger.writing() as connection:
        if ledger.file is not None:  # else the words stay readable in the file's free space
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        rows = connection.execute(sa.select(responses).where(old)).all()
        if rows:
            emptied = [
                {"number": row.id, "digest": _digest(row.channel, row.remote_id)} for row in rows
            ]
            connection.execute(_emptying(stamp.at), emptied)
            _empty_answers(connection)
            append(connection, [Draft("forgotten", data={"responses": len(rows)})], stamp)
    return Forgotten(len(rows), sum(row.state == Heed.NEW.value for row in rows))


def _emptying(at: datetime) -> sa.Update:
    """Say how one row is emptied, for many of them at once."""
    mine = responses.c.id == sa.bindparam("number")
    return (
        responses.update()
        .where(mine)
        .values(
            remote_id=sa.bindparam("digest"), parent="", author="", text="", url="", forgotten_at=at
        )
    )


def _empty_answers(connection: Connection) -> None:
    """Take the words out of the answers to what is forgotten, and what a platform said of them."""
    gone = sa.select(responses.c.id).where(responses.c.forgotten_at.is_not(None))
    mine = replies.c.response_id.in_(gone) & ((replies.c.text != "") | (replies.c.reason != ""))
    connection.execute(replies.update().where(mine).values(text="", reason=""))


def _seen(row: Row[tuple[object, ...]]) -> Draft:
    return Draft("seen", row.entry_id, data={"channel": row.channel, "response": row.id})


def _row(channel: str, each: Response, entry_id: int, stamp: Stamp) -> dict[str, object]:
    return {
        "channel": channel,
        "remote_id": each.id,
        "entry_id": entry_id,
        "parent": each.parent,
        "author": each.author,
        "text": each.text,
        "url": each.url,
        "at": each.at,
        "heard_at": stamp.at,
        "ours": each.ours,
        "state": (Heed.DONE if each.ours else Heed.NEW).value,
        "settled_by": ELSEWHERE,
        "settled_at": None,
    }


def _settle_answered(
    connection: Connection, channel: str, rows: Mapping[str, Mapping[str, object]]
) -> None:
    for row in rows.values():
        if row["ours"] and row["parent"]:
            mine = _on(channel) & (responses.c.remote_id == row["parent"])
            waiting = mine & (responses.c.state == Heed.NEW.value) & ~responses.c.ours
            values = {
                "state": Heed.ANSWERED.value,
                "settled_by": ELSEWHERE,
                "settled_at": row["at"],
            }
            connection.execute(responses.update().where(waiting).values(values))


def _on(channel: str) -> sa.ColumnElement[bool]:
    return responses.c.channel == channel


def _digest(channel: str, remote_id: str) -> str:
    return f"sha256:{hashlib.sha256(as_text([channel, remote_id]).encode()).hexdigest()}"
