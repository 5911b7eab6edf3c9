"""The reckoning: what the ledger says, held against what the servers took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from syndication.ledger import queries
from syndication.ledger.store import Ledger
from syndication.model import Entry, State
from tests.deliver.clients import KINDS
from tests.deliver.platform import Board


@dataclass(frozen=True)
class Tally:
    """What came of it. `cut_off` counts the attempts that ended without an answer on record."""

    kills: int
    entries: int
    delivered: int
    in_doubt: Counter[str]
    cut_off: Counter[str]
    duplicates: int
    lost: int
    early: int
    unbroken: bool

    def __str__(self) -> str:
        """Say it on one line."""
        return (
            f"kills {self.kills} entries {self.entries} delivered {self.delivered} "
            f"in_doubt {self.in_doubt.total()} duplicates {self.duplicates} lost {self.lost} "
            f"early {self.early}"
        )

    @property
    def good(self) -> bool:
        """Tell whether all that was promised was kept."""
        honest = all(self.in_doubt[kind] <= self.cut_off[kind] for kind in KINDS)
        wrong = self.duplicates + self.lost + self.early + self.in_doubt["key"]
        return wrong == 0 and honest and self.unbroken and self.delivered > 0


def count(ledger: Ledger, boards: Mapping[str, Board], *, kills: int) -> Tally:
    """Hold the ledger against what the servers took."""
    entries = queries.entries(ledger)
    links = {kind: board.links() for kind, board in boards.items()}
    doubts = [entry for entry in entries if entry.state is State.IN_DOUBT]
    return Tally(
        kills=kills,
        entries=len(entries),
        delivered=sum(entry.state is State.DELIVERED for entry in entries),
        in_doubt=Counter(entry.channel for entry in doubts),
        cut_off=_cut_off(ledger, entries),
        duplicates=sum(seen - 1 for counted in links.values() for seen in counted.values()),
        lost=sum(_lost(entry, links[entry.channel][entry.url]) for entry in entries),
        early=sum(post.early for board in boards.values() for post in board.posts),
        unbroken=queries.verify_chain(ledger) is None,
    )


def _cut_off(ledger: Ledger, entries: list[Entry]) -> Counter[str]:
    doubts: Counter[str] = Counter()
    for entry in entries:
        story = queries.story(ledger, entry.id)
        doubts[entry.channel] += sum(event.kind == State.IN_DOUBT for event in story)
    return doubts


def _lost(entry: Entry, seen: int) -> bool:
    """Tell whether the ledger says something else of an entry than the public sees."""
    if entry.state is State.DELIVERED:
        return seen == 0
    if entry.state is State.IN_DOUBT:
        return seen > 0 and entry.channel != "neither"
    return True
