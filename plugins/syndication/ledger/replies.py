"""The office's answers: on record before the platform hears of them, and never sent twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import inbox, pauses
from syndication.ledger.errors import NotPossible
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.inbox import Answer, Question
from syndication.ledger.responses import mark
from syndication.ledger.schema import replies, responses
from syndication.ledger.store import Ledger
from syndication.ledger.urls import require_address
from syndication.model import JSON, Heed, Receipt, State, as_text

CUT_OFF = "pengiriman terputus sebelum hasilnya tercatat; mungkin sudah tayang"

EVENTS = {
    State.DELIVERED: "replied",
    State.IN_DOUBT: "reply_in_doubt",
    State.REFUSED: "reply_refused",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an answer; `REFUSED` says that it surely is not public."""

    state: State
    reason: str = ""
    receipt: Receipt | None = None


def begin(ledger: Ledger, asked: Question, text: str, stamp: Stamp) -> Answer:
    """Record an answer to a question as it was read; only then may the platform be asked.

    Raises:
        NotPossible: everything is held, an earlier answer is in doubt, somebody else answered
            or settled since the question was read (here, or on the platform itself), or its
            words are forgotten.
    """
    with ledger.writing() as connection:
        hold = pauses.hold_standing(connection, stamp.at)
        if hold:
            raise NotPossible(held(hold.reason))
        now = inbox.find(connection, asked.number)
        _require_answerable(now)
        if (now.heed, len(now.answers)) != (asked.heed, len(asked.answers)):
            raise NotPossible(
                f"Tanggapan {asked.number} baru saja dijawab orang lain, atau ditandai selesai. "
                "Baca lagi dengan `siar inbox --all`."
            )
        row = {
            "response_id": asked.number, "key": _key(asked), "state": State.SENDING.value,
            "text": text, "actor": stamp.actor, "began_at": stamp.at, "ended_at": None,
            "reason": "", "post_id": "", "url": "",
        }  # fmt: skip
        connection.execute(replies.insert().values(row))
        _tell(connection, "replying", now, stamp, {"text_sha256": _sha256(text)})
        return inbox.find(connection, asked.number).answers[-1]


def finish(ledger: Ledger, answer: Answer, result: Result, stamp: Stamp) -> None:
    """Record what became of an answer that was being sent.

    Raises:
        NotPossible: it has ended already.
    """
    with ledger.writing() as connection:
        _end(connection, answer, result, stamp, of=State.SENDING)
        asked = inbox.find(connection, answer.response_id)
        _tell(connection, EVENTS[result.state], asked, stamp, _told(result))
        if result.state is State.DELIVERED:
            mark(connection, asked.number, Heed.ANSWERED, stamp)


def abandon(ledger: Ledger, channel: str, stamp: Stamp) -> None:
    """Put in doubt what was being sent: only the channel's sole replier can know it orphaned."""
    mine = (
        sa.select(replies.c.response_id)
        .join(responses)
        .where((responses.c.channel == channel) & (replies.c.state == State.SENDING.value))
    )
    with ledger.reading() as connection:
        cut = [inbox.find(connection, number) for number in connection.scalars(mine)]
    for asked in cut:
        if asked.in_doubt:
            finish(ledger, asked.in_doubt, Result(State.IN_DOUBT, CUT_OFF), stamp)


def settle_sent(ledger: Ledger, number: int, *, url: str, stamp: Stamp) -> None:
    """Record that a person saw the answer in doubt, or that it was heard, at this address.

    Raises:
        UnknownResponse: there is no question of that number.
        NotPossible: no answer to it is in doubt, or `url` is no address.
    """
    require_address(url, "jawaban")
    with ledger.writing() as connection:
        asked, answer = _doubtful(connection, number)
        seen = Receipt("", url, stamp.at)
        _end(connection, answer, Result(State.DELIVERED, receipt=seen), stamp, of=State.IN_DOUBT)
        mark(connection, number, Heed.ANSWERED, stamp)
        _tell(connection, "reply_resolved", asked, stamp, {"url": url})


def settle_not_sent(ledger: Ledger, number: int, stamp: Stamp) -> None:
    """Record that a person looked and the answer in doubt is not there: another may be sent.

    Raises:
        UnknownResponse: there is no question of that number.
        NotPossible: no answer to it is in doubt.
    """
    with ledger.writing() as connection:
        asked, answer = _doubtful(connection, number)
        reason = f"dinyatakan tidak tayang oleh {stamp.actor}"
        _end(connection, answer, Result(State.REFUSED, reason), stamp, of=State.IN_DOUBT)
        _tell(connection, "reply_resolved", asked, stamp, {"reason": reason})


def held(reason: str) -> str:
    """Say why nothing may be answered now."""
    return f"Semua pengiriman sedang ditahan ({reason}). Jawab sesudah `siar resume`."


def _require_answerable(asked: Question) -> None:
    if asked.forgotten:
        raise NotPossible(
            f"Tanggapan {asked.number} sudah lama; nama dan isinya sudah dihapus, jadi tidak "
            "dapat dijawab dari sini."
        )
    if asked.in_doubt:
        raise NotPossible(in_doubt(asked.number))


def in_doubt(number: int) -> str:
    """Say what a person does about an answer in doubt."""
    return (
        f"Jawaban untuk tanggapan {number} mungkin sudah tayang. Lihat dulu di salurannya, lalu "
        f"`siar settle {number} --sent ALAMAT` bila ada, atau `siar settle {number} --not-sent` "
        "bila tidak ada."
    )


def _doubtful(connection: Connection, number: int) -> tuple[Question, Answer]:
    asked = inbox.find(connection, number)
    answer = asked.in_doubt
    if answer is None:
        raise NotPossible(f"Tidak ada jawaban yang meragukan untuk tanggapan {number}.")
    if answer.state is State.SENDING:
        raise NotPossible(
            f"Jawaban untuk tanggapan {number} sedang dikirim. Tunggu sebentar, lalu lihat lagi "
            "dengan `siar inbox`."
        )
    return asked, answer


def _end(
    connection: Connection, answer: Answer, result: Result, stamp: Stamp, *, of: State
) -> None:
    """Close an answer, if it still stands in the state `of`."""
    receipt = result.receipt
    values = {
        "state": result.state.value,
        "reason": result.reason,
        "ended_at": stamp.at,
        "post_id": receipt.post_id if receipt else "",
        "url": receipt.url if receipt else "",
    }
    same = (replies.c.id == answer.id) & (replies.c.state == of.value)
    if connection.execute(replies.update().where(same).values(values)).rowcount != 1:
        raise NotPossible(
            f"Jawaban untuk tanggapan {answer.response_id} sudah diputuskan. Lihat `siar inbox`."
        )


def _tell(
    connection: Connection, kind: str, asked: Question, stamp: Stamp, data: dict[str, JSON]
) -> None:
    """Write an event: numbers and our own words' digest, nothing of the person who asked."""
    known: dict[str, JSON] = {"channel": asked.channel, "response": asked.number, **data}
    append(connection, [Draft(kind, asked.entry_id, asked.article_id, known)], stamp)


def _told(result: Result) -> dict[str, JSON]:
    """Say where an answer stands; why it does not, a platform may say in words about the person."""
    if result.receipt is None:
        return {}
    return {"post_id": result.receipt.post_id, "url": result.receipt.url}


def _key(asked: Question) -> str:
    named = as_text([asked.channel, asked.said.id, len(asked.answers) + 1])
    return hashlib.sha256(named.encode()).hexdigest()


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
