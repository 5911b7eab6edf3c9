"""The reckoning: what the ledger says, held against what the servers took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syndication.ledger import events, queries
from syndication.ledger.store import Ledger
from syndication.model import Entry, State
from tests.deliver.clients import KINDS
from tests.deliver.platform import Board


def channel_of(kind: str, number: int) -> str:
    """Name the channel of a platform's first, second … account."""
    return f"{kind}-{number + 1}" if number else kind


def kind_of(channel: str) -> str:
    """Tell which kind of platform a channel is on."""
    return channel.partition("-")[0]


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
    links = {channel: board.links() for channel, board in boards.items()}
    doubts = [entry for entry in entries if entry.state is State.IN_DOUBT]
    return Tally(
        kills=kills,
        entries=len(entries),
        delivered=sum(entry.state is State.DELIVERED for entry in entries),
        in_doubt=Counter(kind_of(entry.channel) for entry in doubts),
        cut_off=_cut_off(ledger, entries),
        duplicates=sum(seen - 1 for counted in links.values() for seen in counted.values()),
        lost=sum(_lost(entry, links[entry.channel][entry.url]) for entry in entries),
        early=sum(post.early for board in boards.values() for post in board.posts),
        unbroken=queries.verify_chain(ledger) is None,
    )


def total(tallies: Sequence[Tally]) -> Tally:
    """Add up several runs."""
    return Tally(
        kills=sum(each.kills for each in tallies),
        entries=sum(each.entries for each in tallies),
        delivered=sum(each.delivered for each in tallies),
        in_doubt=sum((each.in_doubt for each in tallies), Counter()),
        cut_off=sum((each.cut_off for each in tallies), Counter()),
        duplicates=sum(each.duplicates for each in tallies),
        lost=sum(each.lost for each in tallies),
        early=sum(each.early for each in tallies),
        unbroken=all(each.unbroken for each in tallies),
    )


def _cut_off(ledger: Ledger, entries: list[Entry]) -> Counter[str]:
    kinds = {entry.id: kind_of(entry.channel) for entry in entries}
    with ledger.reading() as connection:
        doubts = events.of_kind(connection, State.IN_DOUBT)
    return Counter(kinds[event.entry_id] for event in doubts if event.entry_id)


def _lost(entry: Entry, seen: int) -> bool:
    """Tell whether the ledger says something else of an entry than the public sees."""
    if entry.state is State.DELIVERED:
        return seen == 0
    if entry.state is State.IN_DOUBT:
        return seen > 0 and kind_of(entry.channel) != "neither"
    return True
