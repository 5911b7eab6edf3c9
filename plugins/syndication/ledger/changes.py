"""The changes of a build, written to the entries together with the events that tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.decide import Action, Candidate, Cause
from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.known import Known, Pair
from syndication.ledger.schema import entries
from syndication.model import CORRECTIONS, Deed, State, entry_key


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one entry, with its reason in the writer's language.

    `entry_id` is None until the entry is written (and stays so for what is blocked). `revision`
    and `deed` are those of the entry as it will be.
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
    revision: int = 1
    deed: Deed = Deed.POST

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
            revision=held.revision if held else 1,
            deed=held.standing.deed if held else Deed.POST,
        )

    @classmethod
    def correction(cls, candidate: Candidate, reason: str, held: Known) -> Change:
        """Describe a new revision that corrects what `held`, and all before it, told."""
        made = cls.of(candidate, Action.CORRECT, Cause.NONE, reason)
        return replace(made, revision=held.revision + 1, deed=Deed.CORRECT)


def apply(connection: Connection, changes: Sequence[Change], stamp: Stamp) -> list[Change]:
    """Write the changes and one event for each; return them with their entries' numbers."""
    numbers = _insert(connection, changes, stamp)
    for change in changes:
        if change.entry_id is not None:
            update = entries.update().where(entries.c.id == change.entry_id)
            connection.execute(update.values(_new_values(change, stamp)))
    done = [
        replace(change, entry_id=numbers[change.article_id, change.channel])
        if change.entry_id is None
        else change
        for change in changes
    ]
    append(connection, [_draft(change) for change in done], stamp)
    return done


def _insert(connection: Connection, changes: Sequence[Change], stamp: Stamp) -> dict[Pair, int]:
    """Write new entries in one go, and ask for their numbers after: far faster than one by one."""
    rows = [
        _new_row(change.candidate, change, stamp)
        for change in changes
        if change.entry_id is None and change.candidate is not None
    ]
    if not rows:
        return {}
    last = connection.scalar(sa.select(sa.func.max(entries.c.id))) or 0
    connection.execute(entries.insert(), rows)
    query = sa.select(entries.c.article_id, entries.c.channel, entries.c.id)
    new = connection.execute(query.where(entries.c.id > last))
    return {(article_id, channel): number for article_id, channel, number in new}


def _draft(change: Change) -> Draft:
    data = {"channel": change.channel, "lang": change.lang, "reason": change.reason}
    if change.candidate is not None and change.action is not Action.SKIP:
        data["payload_sha256"] = change.candidate.payload_sha256
    return Draft(change.action.value, change.entry_id, change.article_id, data)


def _new_row(candidate: Candidate, change: Change, stamp: Stamp) -> dict[str, object]:
    skipped = change.action is Action.SKIP
    post = {"payload": None, "payload_sha256": ""} if skipped else _post(candidate)
    return {
        "key": entry_key(candidate.article_id, candidate.channel, change.revision),
        "article_id": candidate.article_id,
        "channel": candidate.channel,
        "revision": change.revision,
        "deed": change.deed.value,
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
    if change.action in {Action.TAKE_BACK, Action.KEEP}:
        return _leaving(change, stamp)
    if change.action is Action.CANCEL or candidate is None:
        state = State.CANCELLED.value
        return {"state": state, "cause": change.cause.value, "reason": change.reason}
    if change.action is Action.NOTE:
        return {"correction": candidate.correction}
    if change.action is Action.REFRESH:
        return {**_page(candidate), "next_at": candidate.due_at}
    deed = Deed.CORRECT if change.deed in CORRECTIONS else change.deed
    renewed = {
        "state": candidate.state.value, "cause": "", "reason": "", "queued_at": stamp.at,
        "deed": deed.value,
    }  # fmt: skip
    return {**renewed, **_page(candidate), **_clean(candidate), **_post(candidate)}


def _leaving(change: Change, stamp: Stamp) -> dict[str, object]:
    """Say of a post in public whether it is to be taken back; that is due at once."""
    waits = {"next_at": stamp.at, "waiting_since": None, "deferrals": 0}
    return {"cause": change.cause.value, "reason": change.reason, **waits}


def _page(candidate: Candidate) -> dict[str, object]:
    names = (
        "title", "lang", "url", "source", "article_digest", "due_at", "platform", "category",
        "priority", "correction",
    )  # fmt: skip
    return {name: getattr(candidate, name) for name in names}


def _post(candidate: Candidate) -> dict[str, object]:
    payload = candidate.payload
    return {
        "payload": payload.to_json() if payload else None,
        "payload_sha256": candidate.payload_sha256,
    }


def _clean(candidate: Candidate) -> dict[str, object]:
    """Forget earlier waiting: the entry is due when the article says so."""
    return {"next_at": candidate.due_at, "waiting_since": None, "deferrals": 0, "plain": False}
