"""What waits for the press officer: responses with the article they are about, and our answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from syndication.ledger.errors import UnknownResponse
from syndication.ledger.schema import entries, receipts, replies, responses
from syndication.ledger.store import Ledger
from syndication.model import Heed, Response, State

OPEN = (State.SENDING.value, State.IN_DOUBT.value)
"""Answers of which nobody knows whether they are public."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the office, as it was tried. Times are aware (UTC)."""

    id: int
    response_id: int
    key: str
    state: State
    text: str
    actor: str
    began_at: datetime
    ended_at: datetime | None
    reason: str
    post_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Question:
    """A response with its number, its article, and what the office did about it.

    `forgotten`: its name and words are gone. `settled_by` is empty where it was answered on the
    platform itself.
    """

    number: int
    channel: str
    entry_id: int
    article_id: str
    title: str
    said: Response
    heed: Heed
    settled_by: str
    settled_at: datetime | None
    forgotten: bool
    answers: tuple[Answer, ...] = ()

    @property
    def in_doubt(self) -> Answer | None:
        """Return the answer of which nobody knows whether it is public."""
        return next((each for each in self.answers if each.state.value in OPEN), None)


def waiting(ledger: Ledger, channel: str | None = None) -> list[Question]:
    """Return what nobody has settled, or answered without doubt: the newest first."""
    doubtful = sa.select(replies.c.response_id).where(replies.c.state.in_(OPEN))
    new = responses.c.state == Heed.NEW.value
    return _questions(ledger, channel, new | responses.c.id.in_(doubtful))


def everything(ledger: Ledger, channel: str | None = None) -> list[Question]:
    """Return all that people said and that is not forgotten, the newest first."""
    return _questions(ledger, channel, sa.true())


def question(ledger: Ledger, number: int) -> Question:
    """Return one response.

    Raises:
        UnknownResponse: there is none of that number, or the account said it itself.
    """
    with ledger.reading() as connection:
        return find(connection, number)


def find(connection: Connection, number: int) -> Question:
    """Return one response, within the caller's transaction.

    Raises:
        UnknownResponse: there is none of that number, or the account said it itself.
    """
    query = _joined().where((responses.c.id == number) & ~responses.c.ours)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise UnknownResponse(number)
    return _with_answers(connection, [_question(row)])[0]


def _questions(
    ledger: Ledger, channel: str | None, which: sa.ColumnElement[bool]
) -> list[Question]:
    shown = which & ~responses.c.ours & responses.c.forgotten_at.is_(None)
    if channel is not None:
        shown &= responses.c.channel == channel
    query = _joined().where(shown).order_by(responses.c.at.desc(), responses.c.id.desc())
    with ledger.reading() as connection:
        rows = connection.execute(query).mappings().all()
        return _with_answers(connection, [_question(row) for row in rows])


def _joined() -> sa.Select[tuple[object, ...]]:
    columns = (responses, entries.c.article_id, entries.c.title, receipts.c.post_id)
    about = responses.join(entries, entries.c.id == responses.c.entry_id)
    return sa.select(*columns).select_from(
        about.outerjoin(receipts, receipts.c.entry_id == entries.c.id)
    )


def _with_answers(connection: Connection, questions: list[Question]) -> list[Question]:
    numbers = [each.number for each in questions]
    if not numbers:
        return []
    near = replies.c.response_id.between(min(numbers), max(numbers))
    answers: dict[int, tuple[Answer, ...]] = {}
    for row in connection.execute(sa.select(replies).where(near).order_by(replies.c.id)).mappings():
        answer = _answer(row)
        answers[answer.response_id] = (*answers.get(answer.response_id, ()), answer)
    return [replace(each, answers=answers.get(each.number, ())) for each in questions]


def _answer(row: RowMapping) -> Answer:
    return Answer(**{**row, "state": State(row["state"])})


def _question(row: RowMapping) -> Question:
    said = Response(
        id=row["remote_id"],
        post_id=row["post_id"] or "",
        url=row["url"],
        author=row["author"],
        text=row["text"],
        at=row["at"],
        parent=row["parent"],
        ours=row["ours"],
    )
    return Question(
        number=row["id"],
        channel=row["channel"],
        entry_id=row["entry_id"],
        article_id=row["article_id"],
        title=row["title"],
        said=said,
        heed=Heed(row["state"]),
        settled_by=row["settled_by"],
        settled_at=row["settled_at"],
        forgotten=row["forgotten_at"] is not None,
    )
