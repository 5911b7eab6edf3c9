"""When to try again: a value that is computed, from what failed and how often, and never slept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndication.ledger.progress import Outcome, Rest
from syndication.model import Entry, State
from syndication.platforms.protocol import (
    Barred,
    Deferred,
    Failure,
    InDoubt,
    PictureRefused,
    Refused,
)

REASON_CHARACTERS = 500
"""A platform's own words are cut here: enough to act on, short enough for a table."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the relay is. The numbers are the house's own; each says why it is so."""

    first_delay: timedelta = timedelta(minutes=1)
    """The relay runs every few minutes; a cached 404 is usually gone by then."""

    look_again: timedelta = timedelta(seconds=5)
    """After the first look at a page that is not live: a worker is woken when a build ends, some
    seconds before its pages are deployed. A look at our own site costs nobody anything."""

    factor: int = 2
    """Twice as long each time: seven tries in the first hour, then one an hour."""

    longest_delay: timedelta = timedelta(hours=1)
    """News that could go out must not wait longer than that once its obstacle is gone."""

    patience: timedelta = timedelta(hours=72)
    """What fails on Friday evening is still tried when the office is back on Monday."""

    least_tries: int = 8
    """A machine that was switched off meanwhile has not tried; time alone gives up nothing."""

    rest: timedelta = timedelta(hours=1)
    """How long a barred channel rests before one post tries whether it was put right."""

    longest_rest: timedelta = timedelta(hours=24)
    """The longest window of the platforms' limits is a day; a longer word is a mistake."""

    strikes: int = 3
    """After so many failures in a row the channel is left alone until the next run."""

    search: timedelta = timedelta(hours=24)
    """A post that a day of searching has not shown is for a person to look for."""

    def delay(self, tries: int) -> timedelta:
        """Return how long to wait after so many tries that failed (counted from 0)."""
        return self._growing(self.first_delay, tries)

    def until_live(self, looks: int) -> timedelta:
        """Return how long to wait after so many looks at a page (from 0) that was not live."""
        return self._growing(self.look_again, looks)

    def _growing(self, first: timedelta, times: int) -> timedelta:
        return first * min(float(self.factor) ** min(times, 32), self.longest_delay / first)


def after(failure: Failure, entry: Entry, now: datetime, policy: Policy) -> Outcome:
    """Decide what a failure means for an entry, and for its channel."""
    reason = failure.reason[:REASON_CHARACTERS]
    match failure:
        case Refused():
            return Outcome(State.REFUSED, reason)
        case Barred():
            return Outcome(State.QUEUED, reason, rest=Rest(now + policy.rest, reason))
        case Deferred():
            return _deferred(failure, entry, now, policy)
        case InDoubt():
            return doubt(reason, now, now, policy)
        case _:
            return doubt(f"kegagalan yang tidak dikenal: {reason}", now, now, policy)


def waiting(reason: str, entry: Entry, now: datetime, policy: Policy) -> Outcome:
    """Put off what surely is not public, or give it up after a long time and many tries."""
    since = entry.waiting_since or now
    if now - since >= policy.patience and entry.deferrals >= policy.least_tries:
        return Outcome(
            State.GIVEN_UP, f"dihentikan setelah {entry.deferrals + 1} percobaan: {reason}"
        )
    return Outcome(State.QUEUED, reason, next_at=now + policy.delay(entry.deferrals))


def repeated(failure: Failure, entry: Entry, now: datetime, policy: Policy) -> Outcome:
    """Decide when to make again what does no harm twice: a deletion, an edit.

    Without `next_at` it is beyond the program: refused, or given up.
    """
    outcome = after(failure, entry, now, policy)
    if outcome.state in {State.REFUSED, State.GIVEN_UP}:
        return outcome
    put_off = waiting(outcome.reason, entry, now, policy)
    if put_off.next_at is None or outcome.next_at is None:
        return put_off
    return replace(put_off, next_at=max(put_off.next_at, outcome.next_at))


def not_live(reason: str, entry: Entry, now: datetime, policy: Policy) -> Outcome:
    """Put off, or give up, what has no page yet: the next look comes soon at first."""
    put_off = waiting(reason, entry, now, policy)
    if put_off.state is State.GIVEN_UP:
        return put_off
    return replace(put_off, next_at=now + policy.until_live(entry.deferrals))


def doubt(reason: str, began: datetime, now: datetime, policy: Policy) -> Outcome:
    """Leave in doubt what may be public since `began`; look again after as long as it has been so.

    The waits double without an end: ten or eleven searches in the first day.
    """
    return Outcome(State.IN_DOUBT, reason, next_at=now + max(policy.first_delay, now - began))


def _deferred(failure: Deferred, entry: Entry, now: datetime, policy: Policy) -> Outcome:
    reason, pause = failure.reason[:REASON_CHARACTERS], failure.retry_after
    if isinstance(failure, PictureRefused) and not entry.plain:
        return Outcome(State.QUEUED, reason, next_at=now, plain=True)
    if pause is not None:
        return _limited(reason, pause, entry, now, policy)
    return replace(waiting(reason, entry, now, policy), channel_failed=True)


def _limited(reason: str, pause: timedelta, entry: Entry, now: datetime, policy: Policy) -> Outcome:
    """Let the whole channel wait as long as its platform said, within reason."""
    until = now + min(max(pause, policy.first_delay), policy.longest_rest)
    put_off = waiting(reason, entry, now, policy)
    if put_off.state is State.GIVEN_UP:
        return put_off
    return Outcome(State.QUEUED, reason, next_at=until, rest=Rest(until, reason))
