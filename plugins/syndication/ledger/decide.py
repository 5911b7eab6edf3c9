"""What a build does to an entry: a pure decision, readable as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from syndication.model import Payload, State


class Cause(StrEnum):
    """Why an entry is skipped or cancelled, for the program; the reason says it to people."""

    NONE = ""
    EXISTING = "existing"
    OLDER = "older"
    VANISHED = "vanished"
    UNCHOSEN = "unchosen"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What happens to an entry. Each word is also the kind of the event that records it."""

    NOTHING = "nothing"
    QUEUE = "queued"
    SKIP = "skipped"
    REPLACE = "replaced"
    REFRESH = "refreshed"
    AGAIN = "queued_again"
    CANCEL = "cancelled"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that a channel takes, as the build found it.

    `date` and `due_at` are aware. `source` is the file, relative to the project root.
    A channel that a person posts to is `by_hand`; then `payload` may be missing.
    """

    article_id: str
    channel: str
    lang: str
    title: str
    url: str
    article_digest: str
    date: datetime
    source: str
    payload: Payload | None
    due_at: datetime
    withdrawn: bool = False
    by_hand: bool = False
    category: str = ""
    priority: bool = False

    @property
    def state(self) -> State:
        """Tell who will send it."""
        return State.BY_HAND if self.by_hand or self.payload is None else State.QUEUED

    @property
    def payload_sha256(self) -> str:
        """Name the payload; empty without one."""
        return self.payload.sha256 if self.payload else ""

    @property
    def platform(self) -> str:
        """Name the service; empty without a payload."""
        return self.payload.platform if self.payload else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger knows of an entry, as far as the decision needs it."""

    state: State
    cause: Cause
    title: str
    url: str
    source: str
    article_digest: str
    payload_sha256: str
    due_at: datetime
    category: str = ""
    priority: bool = False


WAITING = frozenset({State.QUEUED, State.BY_HAND})
PUBLIC = frozenset({State.SENDING, State.IN_DOUBT, State.DELIVERED})
"""States in which the public may have the post."""
CHANGEABLE = frozenset(
    {State.QUEUED, State.BY_HAND, State.REFUSED, State.GIVEN_UP, State.CANCELLED}
)
"""States that a build may lead out of."""
RETURNING = frozenset({Cause.VANISHED, Cause.UNCHOSEN})
"""Causes that end when the article is there again."""


def older_than(candidate: Candidate, since: date, zone: ZoneInfo) -> bool:
    """Tell whether an article's date, as written in the site's zone, is before `since`."""
    return candidate.date.astimezone(zone).date() < since


def decide(standing: Standing | None, candidate: Candidate, *, older: bool) -> Action:
    """Decide what the build does to the newest entry of an article on a channel.

    `older` says that the article is dated before the first day that may be posted.
    """
    if standing is None:
        return _fresh(candidate, older=older)
    if standing.state in WAITING:
        return _waiting(standing, candidate)
    if standing.state in {State.REFUSED, State.GIVEN_UP}:
        return _failed(standing, candidate)
    if standing.state is State.CANCELLED and standing.cause in RETURNING:
        return Action.NOTHING if candidate.withdrawn else Action.AGAIN
    return Action.NOTHING


def settled(state: State, cause: Cause) -> bool:
    """Tell whether no candidate can change an entry, so that none needs to be composed."""
    if state is State.CANCELLED:
        return cause not in RETURNING
    return state not in CHANGEABLE


def _fresh(candidate: Candidate, *, older: bool) -> Action:
    if candidate.withdrawn:
        return Action.NOTHING
    return Action.SKIP if older else Action.QUEUE


def _waiting(standing: Standing, candidate: Candidate) -> Action:
    if candidate.withdrawn:
        return Action.CANCEL
    post = (standing.payload_sha256, standing.state)
    if post != (candidate.payload_sha256, candidate.state):
        return Action.REPLACE
    page = (standing.article_digest, standing.url, standing.title, standing.source)
    seen = (candidate.article_digest, candidate.url, candidate.title, candidate.source)
    rank = (standing.due_at, standing.category, standing.priority)
    same = page == seen and rank == (candidate.due_at, candidate.category, candidate.priority)
    return Action.NOTHING if same else Action.REFRESH


def _failed(standing: Standing, candidate: Candidate) -> Action:
    """Try again with another post; a page that was given up, with another page as well."""
    if candidate.withdrawn:
        return Action.CANCEL
    if standing.payload_sha256 != candidate.payload_sha256:
        return Action.AGAIN
    page = standing.article_digest != candidate.article_digest
    return Action.AGAIN if page and standing.state is State.GIVEN_UP else Action.NOTHING
