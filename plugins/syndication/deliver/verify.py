"""Hold the ledger against what the accounts show: is each post there, unchanged, once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndication.deliver import judging, timelines
from syndication.deliver.judging import Checked, Verdict
from syndication.deliver.timelines import BY_NATURE, Claims, bare
from syndication.ledger import queries
from syndication.ledger.evidence import as_shown
from syndication.ledger.revisions import GOING, old_copies
from syndication.ledger.store import Ledger
from syndication.model import Entry, Receipt, State
from syndication.platforms.protocol import Client, Seen

OVERDUE = timedelta(hours=6)
"""Our own choice: news that waits for half a working day deserves a look, whatever keeps it."""

WAITING = frozenset({State.QUEUED, State.BY_HAND, State.SENDING})
STUCK = frozenset({State.REFUSED, State.GIVEN_UP, State.IN_DOUBT})

NONE = Claims(())

Posts = Mapping[str, Sequence[tuple[Entry, Receipt]]]
"""Delivered entries with their receipts, by channel."""

Shown = Mapping[str, Sequence[Seen]]
"""What each channel's timeline shows."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A post in public that no receipt claims, about the article of an entry not yet sent.

    A ledger restored from a backup does not know what went out after it.
    """

    entry: Entry
    seen: Seen


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, what should have gone out and did not, and what could not be read.

    `unread` names a reason for each channel whose timeline should have been readable, and `read`
    how many posts each channel showed.
    """

    checked: tuple[Checked, ...]
    late: tuple[Entry, ...]
    stray: tuple[Stray, ...]
    unread: Mapping[str, str]
    read: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Tell whether nobody has to look at anything."""
        fine = (Verdict.PRESENT, Verdict.NOT_CHECKABLE)
        open_ends = self.late or self.stray or self.unread
        return not open_ends and all(each.verdict in fine for each in self.checked)


def verify(
    ledger: Ledger,
    clients: Mapping[str, Client],
    lacking: Mapping[str, str],
    *,
    since: datetime,
    now: datetime,
) -> Report:
    """Check every post that was delivered since then, and everything that waits.

    `lacking` says which channels could be read but are not set up here. A timeline is asked only
    where there is something to check, and only as far back as that.
    """
    delivered = queries.entries(ledger, states={State.DELIVERED}, posted_since=since)
    posted = _newest(as_shown(ledger, delivered))
    withdrawn = _newest(queries.entries(ledger, states={State.WITHDRAWN}, posted_since=since))
    waiting = queries.entries(ledger, states=WAITING | STUCK)
    starts = _starts([posted, withdrawn], waiting, since)
    answers = {name: timelines.read(clients.get(name), start) for name, start in starts.items()}
    shown = {name: seen for name, seen in answers.items() if not isinstance(seen, str)}
    unread = {name: why for name, why in answers.items() if isinstance(why, str)}
    unread |= {name: lack for name, lack in lacking.items() if name in posted}
    known = _claimed(ledger)
    return Report(
        checked=(
            *_checked(posted, shown, unread, known),
            *_reappeared(withdrawn, shown),
            *_standing_for_long(ledger, since),
        ),
        late=tuple(overdue(waiting, now)),
        stray=tuple(_strays(waiting, shown, known)),
        unread={name: why for name, why in unread.items() if why != BY_NATURE},
        read={name: len(seen) for name, seen in shown.items()},
    )


def overdue(waiting: Iterable[Entry], now: datetime) -> Iterator[Entry]:
    """Find what should have gone out and did not: stuck, or waiting since long ago."""
    for entry in waiting:
        ready = max(entry.due_at, entry.queued_at)
        if entry.state in STUCK or now - ready > OVERDUE:
            yield entry


def _starts(
    known: Iterable[Posts], waiting: Iterable[Entry], since: datetime
) -> dict[str, datetime]:
    """Tell since when each channel must be read."""
    posts = [(name, post) for posted in known for name, some in posted.items() for post in some]
    times = [(name, receipt.at) for name, (_, receipt) in posts]
    times += [(entry.channel, max(entry.queued_at, since)) for entry in waiting]
    starts: dict[str, datetime] = {}
    for name, at in times:
        starts[name] = min(at, starts.get(name, at))
    return starts


def _checked(
    posted: Posts, shown: Shown, unread: Mapping[str, str], known: Mapping[str, Claims]
) -> Iterator[Checked]:
    for name, posts in posted.items():
        for entry, receipt in posts:
            if entry.cause in GOING:
                yield judging.gone_or_not(entry, receipt, shown.get(name))
            elif name in shown:
                yield judging.judge(entry, receipt, shown[name], known[name])
            else:
                yield Checked(entry, receipt, Verdict.NOT_CHECKABLE, unread[name])


def _reappeared(withdrawn: Posts, shown: Shown) -> Iterator[Checked]:
    """Find posts that were taken back, as the ledger says, and that people still see."""
    for name, posts in withdrawn.items():
        for entry, receipt in posts:
            if judging.is_shown(receipt, shown.get(name, ())):
                yield Checked(entry, receipt, Verdict.STILL_SHOWN, judging.REAPPEARED)


def _standing_for_long(ledger: Ledger, since: datetime) -> Iterator[Checked]:
    """Name posts that should be gone and are older than what is read back."""
    for copy in old_copies(ledger):
        receipt = copy.entry.receipt
        if copy.correction is None and receipt and receipt.at < since:
            yield Checked(copy.entry, receipt, Verdict.STILL_SHOWN, copy.entry.reason)


def _strays(waiting: Iterable[Entry], shown: Shown, known: Mapping[str, Claims]) -> Iterator[Stray]:
    for entry in waiting:
        claimed = known.get(entry.channel, NONE)
        for seen in shown.get(entry.channel, ()):
            linked = bare(entry.url) in {bare(link) for link in seen.links}
            if linked and seen not in claimed:
                yield Stray(entry, seen)


def _newest(entries: Sequence[Entry]) -> Posts:
    """Group by channel; of several revisions that are one post, only the last one is its text."""
    last = {
        (entry.channel, entry.receipt.post_id or entry.receipt.url): (entry, entry.receipt)
        for entry in sorted(entries, key=lambda entry: entry.revision)
        if entry.receipt
    }
    posts: dict[str, list[tuple[Entry, Receipt]]] = {}
    for entry, receipt in sorted(last.values(), key=lambda each: each[0].id):
        posts.setdefault(entry.channel, []).append((entry, receipt))
    return posts


def _claimed(ledger: Ledger) -> dict[str, Claims]:
    """Name, by channel, all posts that the ledger knows."""
    known: dict[str, list[Receipt]] = {}
    for post in queries.receipts(ledger):
        known.setdefault(post.channel, []).append(Receipt(post.post_id, post.url, post.at))
    return {channel: Claims(receipts) for channel, receipts in known.items()}
