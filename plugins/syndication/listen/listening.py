"""Read what people said, and how posts fared, channel by channel; one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from syndication.deliver.gate import Gate
from syndication.deliver.sending import place
from syndication.ledger import figures, listened, queries, reads, responses
from syndication.ledger.errors import LedgerError
from syndication.ledger.events import Stamp
from syndication.ledger.listened import Listened
from syndication.ledger.locks import sole_listener
from syndication.ledger.store import Ledger
from syndication.listen.bill import Bill, TooDear
from syndication.listen.replying import SKEW, free_orphans, prove
from syndication.listen.words import storable
from syndication.model import Receipt, Response, State
from syndication.platforms.protocol import (
    Client,
    Clock,
    Failure,
    Forgetful,
    Hearable,
    Measurable,
    Metered,
)

OVERLAP = timedelta(hours=1)
"""How far each look reaches into the one before (our choice): platforms show some words late."""

BUSY = "sedang dibaca oleh proses lain"
DEAF = "platform ini tidak memberi jalan untuk membaca tanggapan atau angka"


@dataclass(frozen=True, slots=True)
class Post:
    """A post that is looked at. `entry_id` is its last revision."""

    entry_id: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a channel brought.

    `heard` are new responses, `measured` posts with figures, `cost` US dollars. `trouble` says
    what a person should look at, `aside` why less was read than could be, by rule.
    """

    channel: str
    heard: int = 0
    measured: int = 0
    reads: int = 0
    cost: Decimal = Decimal(0)
    trouble: str = ""
    aside: str = ""


@dataclass(slots=True)
class Part:
    """One thing that is tried on a channel: how much came of it, and what was in the way."""

    count: int = 0
    trouble: str = ""
    aside: str = ""

    @contextmanager
    def survived(self) -> Iterator[None]:
        """Keep what goes wrong with the platform, so that the rest goes on."""
        try:
            yield
        except TooDear as dear:
            self.aside = str(dear)
        except LedgerError:
            raise
        except Failure as failure:
            self.trouble = failure.reason
        except Exception as bug:  # noqa: BLE001 -- a platform that answers nonsense stops no other
            self.trouble = place(bug)

    @property
    def whole(self) -> bool:
        """Tell whether nothing was in the way."""
        return not self.trouble and not self.aside


def silent(_channel: str, _posts: int) -> None:
    """Say nothing about what begins."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Listens on the channels that are set up.

    Posts older than `window` are no longer looked at. `beginning` is told each channel and how
    many posts it has.
    """

    ledger: Ledger
    clients: Mapping[str, Client]
    gate: Gate
    clock: Clock
    actor: str
    window: timedelta
    beginning: Callable[[str, int], None] = field(default=silent)

    def listen(self, channel: str) -> Look:
        """Look at one channel, unless another process does or its platform says nothing."""
        if not isinstance(self.clients[channel], Hearable | Measurable):
            return Look(channel, aside=DEAF)
        with sole_listener(self.ledger, channel) as alone:
            return self._look(channel) if alone else Look(channel, aside=BUSY)

    def _look(self, channel: str) -> Look:
        stamp = Stamp(self.clock(), self.actor)
        posts = self._posts(channel, stamp.at)
        self.beginning(channel, len(posts))
        free_orphans(self.ledger, channel, stamp)
        bill = self._bill(channel, stamp.at)
        hearing, measuring = Part(), Part()
        try:
            with hearing.survived():
                self._hear(hearing, channel, posts, bill, stamp)
            with measuring.survived():
                self._measure(measuring, channel, posts, bill, stamp)
        finally:
            self._pay(channel, bill, stamp.at)
        parts = (hearing, measuring)
        look = Look(
            channel=channel,
            heard=hearing.count,
            measured=measuring.count,
            reads=bill.reads,
            cost=bill.cost,
            trouble=_joined(part.trouble for part in parts),
            aside=_joined(part.aside for part in parts),
        )
        self._note(look, stamp.at, heard=hearing.whole)
        return look

    def _posts(self, channel: str, now: datetime) -> dict[str, Post]:
        """Find the posts that are looked at, by `post_id`; an edited one with its last revision."""
        delivered = queries.entries(
            self.ledger, states={State.DELIVERED}, posted_since=now - self.window
        )
        return {
            entry.receipt.post_id: Post(entry.id, entry.receipt)
            for entry in delivered
            if entry.channel == channel and entry.receipt and entry.receipt.post_id
        }

    def _bill(self, channel: str, now: datetime) -> Bill:
        terms = self.gate.office.terms(channel)
        left = None if terms.budget is None else terms.budget - self.gate.used(channel, now)[1]
        return Bill(self.clients[channel], terms.price_read, left)

    def _hear(
        self, part: Part, channel: str, posts: Mapping[str, Post], bill: Bill, stamp: Stamp
    ) -> None:
        """Keep what was said; what came before a failure is true, and kept as well."""
        client = self.clients[channel]
        if not isinstance(client, Hearable) or not posts:
            return
        bill.afford(1)
        receipts = [post.receipt for post in posts.values()]
        heard: list[Response] = []
        try:
            for each in client.responses(receipts, since=self._since(channel, receipts)):
                heard.append(storable(each))
                bill.afford()
        finally:
            entries = {post_id: post.entry_id for post_id, post in posts.items()}
            part.count = responses.record(self.ledger, channel, heard, entries, stamp)
            prove(self.ledger, channel, heard, stamp)
            if isinstance(client, Forgetful):
                client.kept()

    def _since(self, channel: str, receipts: list[Receipt]) -> datetime:
        """Tell since when to read: a little before the last look that heard all there was."""
        last = listened.last(self.ledger).get(channel)
        if last and last.heard_until:
            return last.heard_until - OVERLAP
        return min(receipt.at for receipt in receipts) - SKEW

    def _measure(
        self, part: Part, channel: str, posts: Mapping[str, Post], bill: Bill, stamp: Stamp
    ) -> None:
        """Keep the figures; where reading is billed, each post's once a day."""
        client, day = self.clients[channel], self.gate.office.day(stamp.at).date()
        if not isinstance(client, Measurable):
            return
        known = figures.counted_on(self.ledger, channel, day)
        billed = isinstance(client, Metered)
        due = [each.receipt for name, each in posts.items() if not (billed and name in known)]
        if not due:
            return
        bill.afford(len(due))
        counted = {name: each for name, each in client.figures(due).items() if name in posts}
        figures.record(self.ledger, channel, counted, day=day, at=stamp.at)
        part.count = len(counted)

    def _pay(self, channel: str, bill: Bill, now: datetime) -> None:
        """Record what was read, however the look ended."""
        bill.note()
        if bill.reads:
            day = self.gate.office.day(now).date()
            with self.ledger.writing() as connection:
                reads.record_reads(connection, channel, day, bill.reads, bill.cost)

    def _note(self, look: Look, began: datetime, *, heard: bool) -> None:
        last = listened.last(self.ledger).get(look.channel)
        until = began if heard else (last.heard_until if last else None)
        failure = _joined((look.trouble, look.aside))
        listened.record(self.ledger, Listened(look.channel, until, began, failure))


def _joined(parts: Iterable[str]) -> str:
    """Write what was in the way, each once."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
