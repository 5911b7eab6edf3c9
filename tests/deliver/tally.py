"""The reckoning: what the ledger says, held against what the servers took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from syndication.ledger import events, queries
from syndication.ledger.decide import UNREMOVED
from syndication.ledger.revisions import old_copies
from syndication.ledger.store import Ledger
from syndication.model import CORRECTIONS, Entry, State
from tests.deliver.clients import KINDS
from tests.deliver.platform import Board


def channel_of(kind: str, number: int) -> str:
    """Name the channel of a platform's first, second … account."""
    return f"{kind}-{number + 1}" if number else kind


def kind_of(channel: str) -> str:
    """Tell which kind of platform a channel is on."""
    return channel.partition("-")[0]


@dataclass
class Said:
    """What the writers say of their articles now: corrections by article, and who is withdrawn."""

    corrections: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Tally:
    """What came of it. `cut_off` counts the attempts that ended without an answer on record.

    `corrected` counts corrections in public by the way they went, `stand` what could not be taken
    back and is said so.
    """

    kills: int
    entries: int
    delivered: int
    in_doubt: Counter[str]
    cut_off: Counter[str]
    duplicates: int
    lost: int
    early: int
    unbroken: bool
    corrected: Counter[str]
    withdrawn: int
    stand: int

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


def count(ledger: Ledger, boards: Mapping[str, Board], said: Said, *, kills: int) -> Tally:
    """Hold the ledger against what the servers took."""
    entries = queries.entries(ledger)
    doubts = [entry for entry in entries if _doubtful(entry)]
    delivered = [entry for entry in entries if entry.state is State.DELIVERED]
    keys = [Counter(post.key for post in board.taken) for board in boards.values()]
    return Tally(
        kills=kills,
        entries=len(entries),
        delivered=len(delivered),
        in_doubt=Counter(kind_of(entry.channel) for entry in doubts),
        cut_off=_cut_off(ledger, entries),
        duplicates=sum(seen - 1 for counted in keys for seen in counted.values()),
        lost=_unsettled(entries) + _untrue(ledger, boards, entries) + _unsaid(ledger, said),
        early=sum(post.early for board in boards.values() for post in board.taken),
        unbroken=queries.verify_chain(ledger) is None,
        corrected=Counter(entry.deed for entry in delivered if entry.deed in CORRECTIONS),
        withdrawn=sum(entry.state is State.WITHDRAWN for entry in entries),
        stand=sum(entry.cause in UNREMOVED for entry in delivered),
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
        corrected=sum((each.corrected for each in tallies), Counter()),
        withdrawn=sum(each.withdrawn for each in tallies),
        stand=sum(each.stand for each in tallies),
    )


def _cut_off(ledger: Ledger, entries: list[Entry]) -> Counter[str]:
    kinds = {entry.id: kind_of(entry.channel) for entry in entries}
    with ledger.reading() as connection:
        doubts = events.of_kind(connection, State.IN_DOUBT)
    return Counter(kinds[event.entry_id] for event in doubts if event.entry_id)


def _unsettled(entries: Sequence[Entry]) -> int:
    """Count the entries that came to no end."""
    ends = {State.DELIVERED, State.IN_DOUBT, State.CANCELLED, State.WITHDRAWN}
    return sum(entry.state not in ends for entry in entries)


def _untrue(ledger: Ledger, boards: Mapping[str, Board], entries: Sequence[Entry]) -> int:
    """Count the posts of which the ledger says something else than the public sees: id and text.

    One in doubt may be in public only where nobody can look for it.
    """
    texts = {entry.payload.sha256: entry.payload.text for entry in entries if entry.payload}
    told = {
        (post.channel, post.post_id): texts[post.payload_sha256]
        for post in queries.receipts(ledger)
    }
    doubts = {entry.key: kind_of(entry.channel) for entry in entries if _doubtful(entry)}
    seen = {
        (channel, post.id): post.text
        for channel, board in boards.items()
        for post in board.posts
        if doubts.get(post.key) != "neither"
    }
    return sum(told.get(post) != seen.get(post) for post in told.keys() | seen.keys())


def _doubtful(entry: Entry) -> bool:
    return entry.state is State.IN_DOUBT


def _unsaid(ledger: Ledger, said: Said) -> int:
    """Count the posts that do not say what their article says now, and of which nobody is told."""
    named = {copy.entry.id for copy in old_copies(ledger)}
    wrong = 0
    for post in queries.receipts(ledger):
        entry = queries.entry(ledger, post.entry_id)
        gone = entry.article_id in said.withdrawn
        able = kind_of(entry.channel) != "neither"
        old = entry.correction != said.corrections.get(entry.article_id, "")
        wrong += (gone and able) or ((gone or old) and entry.id not in named)
    return wrong
