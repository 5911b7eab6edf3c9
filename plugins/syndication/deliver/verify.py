"""Hold the ledger against what the accounts show: is each post there, unchanged, once?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from syndication.deliver import timelines
from syndication.deliver.timelines import BY_NATURE, Claims, bare
from syndication.ledger import queries
from syndication.ledger.evidence import as_shown
from syndication.ledger.revisions import GOING, old_copies
from syndication.ledger.store import Ledger
from syndication.model import Entry, Receipt, State
from syndication.platforms.answers import plain
from syndication.platforms.protocol import Client, Seen

OVERDUE = timedelta(hours=6)
"""Our own choice: news that waits for half a working day deserves a look, whatever keeps it."""

WAITING = frozenset({State.QUEUED, State.BY_HAND, State.SENDING})
STUCK = frozenset({State.REFUSED, State.GIVEN_UP, State.IN_DOUBT})


REAPPEARED = "tercatat sudah ditarik, tetapi masih tampil: hapus dengan tangan"

NONE = Claims(())

Posts = Mapping[str, Sequence[tuple[Entry, Receipt]]]
"""Delivered entries with their receipts, by channel."""

Shown = Mapping[str, Sequence[Seen]]
"""What each channel's timeline shows."""


class Verdict(StrEnum):
    """What reading back says of a post that the ledger holds for delivered."""

    PRESENT = "present"
    MISSING = "missing"
    ALTERED = "altered"
    DUPLICATED = "duplicated"
    STILL_SHOWN = "still_shown"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry with a post, and the verdict on it; `says` is for the operator.

    One that was taken back is only named where its post is still shown.
    """

    entry: Entry
    receipt: Receipt
    verdict: Verdict
    says: str = ""


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
                yield _gone_or_not(entry, receipt, shown.get(name))
            elif name in shown:
                yield _judge(entry, receipt, shown[name], known[name])
            else:
                yield Checked(entry, receipt, Verdict.NOT_CHECKABLE, unread[name])


def _gone_or_not(entry: Entry, receipt: Receipt, shown: Sequence[Seen] | None) -> Checked:
    """Judge a post that should be gone: the ledger says that it stands."""
    if shown is None or any(seen in Claims([receipt]) for seen in shown):
        return Checked(entry, receipt, Verdict.STILL_SHOWN, entry.reason)
    says = f"sudah tidak tampil; catat: `siar removed {entry.id} --why ALASAN`"
    return Checked(entry, receipt, Verdict.MISSING, says)


def _reappeared(withdrawn: Posts, shown: Shown) -> Iterator[Checked]:
    """Find posts that were taken back, as the ledger says, and that people still see."""
    for name, posts in withdrawn.items():
        for entry, receipt in posts:
            if any(seen in Claims([receipt]) for seen in shown.get(name, ())):
                yield Checked(entry, receipt, Verdict.STILL_SHOWN, REAPPEARED)


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


def _judge(entry: Entry, receipt: Receipt, shown: Sequence[Seen], claimed: Claims) -> Checked:
    twins = [seen for seen in shown if _says(seen, entry) and seen not in claimed]
    own = Claims([receipt])
    mine = [seen for seen in shown if seen in own]
    if not mine:
        hint = f"; yang serupa ada di {twins[0].url}" if twins else ""
        return Checked(entry, receipt, Verdict.MISSING, f"tidak ada di linimasa{hint}")
    if twins:
        where = ", ".join(twin.url for twin in twins)
        return Checked(entry, receipt, Verdict.DUPLICATED, f"ada lagi di {where}")
    if entry.payload and not _says(mine[0], entry):
        return Checked(entry, receipt, Verdict.ALTERED, "teks atau tautannya lain")
    return Checked(entry, receipt, Verdict.PRESENT)


def _says(seen: Seen, entry: Entry) -> bool:
    """Tell whether a post says what the entry says; a timeline may show no links at all."""
    if entry.payload is None or seen.text != plain(entry.payload.text):
        return False
    return not seen.links or entry.payload.link in seen.links
