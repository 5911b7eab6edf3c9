"""The changes of a build, written to the entries together with the events that tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger.decide import Action, Candidate, Cause, Standing
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.schema import entries
from syndication.model import State, entry_key


@dataclass(frozen=True, slots=True)
class Known:
    """The newest entry of an article on a channel."""

    id: int
    article_id: str
    channel: str
    lang: str
    revision: int
    standing: Standing

    @property
    def title(self) -> str:
        """The title that it was last built with."""
        return self.standing.title

    @property
    def source(self) -> str:
        """The file that it was last built from."""
        return self.standing.source


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one entry, with its reason in the writer's language.

    `entry_id` is None until the entry is written (and stays so for what is blocked).
    """

    action: Action
    cause: Cause
    reason: str
    article_id: str
    channel: str
    lang: str
    title: str
    source: str
    entry_id: int | None
    candidate: Candidate | None

    @classmethod
    def of(
        cls,
        subject: Candidate | Known,
        action: Action,
        cause: Cause,
        reason: str,
        held: Known | None = None,
    ) -> Change:
        """Describe a change to the entry of a candidate, or to one that is already `held`."""
        return cls(
            action=action,
            cause=cause,
            reason=reason,
            article_id=subject.article_id,
            channel=subject.channel,
            lang=subject.lang,
            title=subject.title,
            source=subject.source,
            entry_id=held.id if held else None,
            candidate=subject if isinstance(subject, Candidate) else None,
        )


def known(connection: Connection) -> dict[tuple[str, str], Known]:
    """Read the newest entry of each (article ID, channel)."""
    columns = [column for column in entries.c if column.name != "payload"]
    rows = connection.execute(sa.select(*columns).order_by(entries.c.revision))
    return {(row.article_id, row.channel): _known(row) for row in rows}


def apply(connection: Connection, changes: Sequence[Change], stamp: Stamp) -> list[Change]:
    """Write the changes and one event for each; return them with their entries' numbers."""
    fresh = [change for change in changes if change.entry_id is None]
    rows = [_new_row(change.candidate, change, stamp) for change in fresh if change.candidate]
    numbers: list[int] = []
    if rows:
        insert = entries.insert().returning(entries.c.id, sort_by_parameter_order=True)
        numbers = list(connection.scalars(insert, rows))
    issued = iter(numbers)
    done = [
        replace(change, entry_id=next(issued)) if change.entry_id is None else change
        for change in changes
    ]
    for change in changes:
        if change.entry_id is not None:
            update = entries.update().where(entries.c.id == change.entry_id)
            connection.execute(update.values(_new_values(change, stamp)))
    append(connection, [_draft(change) for change in done], stamp)
    return done


def _draft(change: Change) -> Draft:
    data = {"channel": change.channel, "lang": change.lang, "reason": change.reason}
    if change.candidate is not None and change.action is not Action.SKIP:
        data["payload_sha256"] = change.candidate.payload_sha256
    return Draft(change.action.value, change.entry_id, change.article_id, data)


def _new_row(candidate: Candidate, change: Change, stamp: Stamp) -> dict[str, object]:
    skipped = change.action is Action.SKIP
    post = {"payload": None, "payload_sha256": ""} if skipped else _post(candidate)
    return {
        "key": entry_key(candidate.article_id, candidate.channel, 1),
        "article_id": candidate.article_id,
        "channel": candidate.channel,
        "revision": 1,
        "state": (State.SKIPPED if skipped else candidate.state).value,
        "cause": change.cause.value,
        "reason": change.reason if skipped else "",
        "queued_at": stamp.at,
        "attempts": 0,
        **_page(candidate),
        **_clean(candidate),
        **post,
    }


def _new_values(change: Change, stamp: Stamp) -> dict[str, object]:
    candidate = change.candidate
    if change.action is Action.CANCEL or candidate is None:
        state = State.CANCELLED.value
        return {"state": state, "cause": change.cause.value, "reason": change.reason}
    if change.action is Action.REFRESH:
        return {**_page(candidate), "next_at": candidate.due_at}
    renewed = {"state": candidate.state.value, "cause": "", "reason": "", "queued_at": stamp.at}
    return {**renewed, **_page(candidate), **_clean(candidate), **_post(candidate)}


def _page(candidate: Candidate) -> dict[str, object]:
    names = ("title", "lang", "url", "source", "article_digest", "due_at", "platform")
    return {name: getattr(candidate, name) for name in names}


def _post(candidate: Candidate) -> dict[str, object]:
    payload = candidate.payload
    return {
        "payload": payload.to_json() if payload else None,
        "payload_sha256": candidate.payload_sha256,
    }


def _clean(candidate: Candidate) -> dict[str, object]:
    """Forget earlier waiting: the entry is due when the article says so."""
    return {"next_at": candidate.due_at, "waiting_since": None, "deferrals": 0}


def _known(row: Row[tuple[object, ...]]) -> Known:
    standing = Standing(
        state=State(row.state),
        cause=Cause(row.cause),
        title=row.title,
        url=row.url,
        source=row.source,
        article_digest=row.article_digest,
        payload_sha256=row.payload_sha256,
        due_at=row.due_at,
    )
    return Known(row.id, row.article_id, row.channel, row.lang, row.revision, standing)
