"""What a run of the relay does, step by step: what was tried, what waits, what still stands."""

from __future__ import annotations

from dataclasses import dataclass

from syndication.ledger.progress import Outcome
from syndication.model import Entry, State


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one entry in this run. `url` is the post's, once it is public."""

    entry_id: int
    article_id: str
    title: str
    channel: str
    state: State
    reason: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries of a channel still wait, or should be gone and still stand, and why."""

    channel: str
    entries: int
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that should be gone and is in public until a person acts; `reason` has the remedy."""

    entry_id: int
    article_id: str
    title: str
    channel: str
    reason: str
    url: str = ""


Step = Result | Waiting | Standing


@dataclass(frozen=True, slots=True)
class Summary:
    """All that a run did, in order."""

    steps: tuple[Step, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """What was tried."""
        return tuple(step for step in self.steps if isinstance(step, Result))

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The channels on which nothing was tried."""
        return tuple(step for step in self.steps if isinstance(step, Waiting))

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What should be gone, and this run could not take back."""
        return tuple(step for step in self.steps if isinstance(step, Standing))

    def count(self, state: State) -> int:
        """Count the entries that were brought to a state."""
        return sum(result.state is state for result in self.results)


def silent(step: Step) -> None:
    """Report to nobody."""
    del step


def standing(entry: Entry, reason: str) -> Standing:
    """Say of an entry that its post stands."""
    url = entry.receipt.url if entry.receipt else ""
    return Standing(entry.id, entry.article_id, entry.title, entry.channel, reason, url)


def tried(entry: Entry, outcome: Outcome) -> Result:
    """Say of an entry what became of it."""
    return Result(
        entry_id=entry.id,
        article_id=entry.article_id,
        title=entry.title,
        channel=entry.channel,
        state=outcome.state,
        reason=outcome.reason,
        url=outcome.receipt.url if outcome.receipt else "",
    )
