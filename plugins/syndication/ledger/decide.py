"""What a build does to an entry: a pure decision, readable as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from syndication.model import CORRECTIONS, Deed, Payload, State


class Cause(StrEnum):
    """Why an entry is as it is, for the program; the reason says it to people.

    On a delivered entry `WITHDRAWN` and `REPLACED` say that its post is to be taken back,
    `STANDING` and `REMAINING` that this cannot be done, and `OUTDATED` that it is to be edited as
    the newest post was.
    """

    NONE = ""
    EXISTING = "existing"
    OLDER = "older"
    VANISHED = "vanished"
    UNCHOSEN = "unchosen"
    WITHDRAWN = "withdrawn"
    UNCORRECTED = "uncorrected"
    REPLACED = "replaced"
    STANDING = "standing"
    REMAINING = "remaining"
    OUTDATED = "outdated"


class Action(StrEnum):
    """What happens to an entry. Each word is also the kind of the event that records it."""

    NOTHING = "nothing"
    QUEUE = "queued"
    SKIP = "skipped"
    REPLACE = "replaced"
    REFRESH = "refreshed"
    AGAIN = "queued_again"
    CANCEL = "cancelled"
    CORRECT = "correction_queued"
    NOTE = "correction_noted"
    TAKE_BACK = "take_back"
    TAKEN_BACK = "withdrawn"
    PERHAPS = "maybe_withdrawn"
    NOT_YET = "not_withdrawn"
    STANDS = "still_standing"
    KEEP = "kept"
    AMENDED = "amended"
    NOT_AMENDED = "not_amended"
    LEFT = "left_as_it_was"


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
    correction: str = ""

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
    """What the ledger knows of an entry, as far as the decision needs it.

    `correction` is the one that the entry tells or came after, `told` the same of the newest post
    in public (None: nobody recorded it), and `public` says whether there is one that is to stay.
    """

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
    deed: Deed = Deed.POST
    correction: str | None = ""
    told: str | None = ""
    public: bool = True


WAITING = frozenset({State.QUEUED, State.BY_HAND})
PUBLIC = frozenset({State.SENDING, State.IN_DOUBT, State.DELIVERED})
"""States in which the public may have the post."""
CHANGEABLE = frozenset(
    {State.QUEUED, State.BY_HAND, State.REFUSED, State.GIVEN_UP, State.CANCELLED}
)
"""States that a build may lead out of."""
RETURNING = frozenset({Cause.VANISHED, Cause.UNCHOSEN, Cause.UNCORRECTED})
"""Causes that end when the article, or its correction, is there again."""
LEAVING = frozenset({Cause.WITHDRAWN, Cause.REPLACED})
"""Causes for which a post in public is to be taken back."""
UNREMOVED = frozenset({Cause.STANDING, Cause.REMAINING})
"""Causes for which a post stands though it should be gone; a person has to remove it."""


def older_than(candidate: Candidate, since: date, zone: ZoneInfo) -> bool:
    """Tell whether an article's date, as written in the site's zone, is before `since`."""
    return candidate.date.astimezone(zone).date() < since


def decide(standing: Standing | None, candidate: Candidate, *, older: bool) -> Action:
    """Decide what the build does to the newest entry of an article on a channel.

    `older` says that the article is dated before the first day that may be posted.
    """
    if standing is None:
        return _fresh(candidate, older=older)
    if standing.state is State.DELIVERED:
        return _delivered(standing, candidate)
    if standing.state is State.CANCELLED and standing.cause in RETURNING:
        return Action.NOTHING if _ended(standing, candidate) else Action.AGAIN
    if standing.state not in CHANGEABLE or standing.state is State.CANCELLED:
        return Action.NOTHING
    if _needless(standing, candidate):
        return Action.CANCEL
    decided = _waiting if standing.state in WAITING else _failed
    return decided(standing, candidate)


def settled(state: State, cause: Cause) -> bool:
    """Tell whether no candidate can change an entry, so that none needs to be composed."""
    if state is State.CANCELLED:
        return cause not in RETURNING
    if state is State.DELIVERED:
        return cause in LEAVING
    return state not in CHANGEABLE


def tells_news(correction: str, told: str | None) -> bool:
    """Tell whether the public has to hear of a correction, after it was told another one.

    A correction that is taken out of the article again is nothing to tell.
    """
    return correction not in ("", told)


def _needless(standing: Standing, candidate: Candidate) -> bool:
    """Tell whether nothing is to be sent: the article is withdrawn, or its correction is gone."""
    if candidate.withdrawn:
        return True
    corrects = standing.deed in CORRECTIONS
    return corrects and not tells_news(candidate.correction, standing.told)


def _ended(standing: Standing, candidate: Candidate) -> bool:
    """Tell whether a cancelled entry stays so: also a correction whose post is gone meanwhile."""
    orphaned = standing.deed in CORRECTIONS and not standing.public
    return orphaned or _needless(standing, candidate)


def _delivered(standing: Standing, candidate: Candidate) -> Action:
    """Correct a post in public only by a correction that the writer owns up to (`Ralat`).

    What an entry of an earlier version told nobody recorded: then this build's is taken for it.
    """
    if candidate.withdrawn or standing.cause in LEAVING:
        return Action.NOTHING
    if standing.correction is None:
        return Action.NOTE
    news = tells_news(candidate.correction, standing.correction)
    return Action.CORRECT if news else Action.NOTHING


def _fresh(candidate: Candidate, *, older: bool) -> Action:
    if candidate.withdrawn:
        return Action.NOTHING
    return Action.SKIP if older else Action.QUEUE


def _waiting(standing: Standing, candidate: Candidate) -> Action:
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
    if standing.payload_sha256 != candidate.payload_sha256:
        return Action.AGAIN
    page = standing.article_digest != candidate.article_digest
    return Action.AGAIN if page and standing.state is State.GIVEN_UP else Action.NOTHING
