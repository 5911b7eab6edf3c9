"""A ledger with posts in public, a forum that people write into, and short words for both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from syndication.deliver.gate import Gate
from syndication.ledger import inbox, queries
from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp, read
from syndication.ledger.outbox import enqueue
from syndication.ledger.progress import Outcome, begin, finish
from syndication.ledger.store import Ledger
from syndication.listen.listening import Listener, Look
from syndication.listen.replying import Replier
from syndication.model import Entry, Figures, Payload, Prepared, Receipt, Response, State
from syndication.office import Office, Terms
from syndication.platforms.protocol import Client
from tests.deliver.scene import GUARD, NOON, Watch

JAKARTA = ZoneInfo("Asia/Jakarta")
HUMAS = "humas"


@dataclass
class Forum:
    """A platform in memory; what stands in `fails` is raised once the words before it were read.

    `asked` keeps since when it was asked, for how many posts.
    """

    watch: Watch
    said: list[Response] = field(default_factory=list)
    counted: dict[str, Figures] = field(default_factory=dict)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    asked: list[tuple[datetime, int]] = field(default_factory=list)
    measured: list[int] = field(default_factory=list)
    fails: Exception | None = None
    replying: Callable[[], None] = lambda: None

    def say(self, post_id: str, text: str, **more: str) -> Response:
        number = str(len(self.said) + 1)
        response = Response(
            id=f"r{number}",
            post_id=post_id,
            url=f"https://forum.example/{number}",
            author=more.get("author", "Warga Satu"),
            text=text,
            at=self.watch(),
            parent=more.get("parent", ""),
            ours=more.get("ours", "") == "yes",
        )
        self.said.append(response)
        return response

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        self.asked.append((since, len(receipts)))
        names = {receipt.post_id for receipt in receipts}
        yield from (each for each in self.said if each.at >= since and each.post_id in names)
        if self.fails:
            raise self.fails

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        self.measured.append(len(receipts))
        if self.fails:
            raise self.fails
        return {
            each.post_id: self.counted[each.post_id]
            for each in receipts
            if each.post_id in self.counted
        }

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:
        self.answers.append((response.id, text, key))
        self.replying()
        number = len(self.answers)
        return Receipt(f"a{number}", f"https://forum.example/jawaban/{number}", self.watch())

    def prepare(self, payload: Payload) -> Prepared:
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        raise NotImplementedError(prepared, key)


@dataclass
class Billed(Forum):
    """The same where each response and each post that is read costs."""

    reads: int = 0

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        for each in super().responses(receipts, since=since):
            self.reads += 1
            yield each

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        self.reads += len(receipts)
        return super().figures(receipts)

    def take_reads(self) -> int:
        taken, self.reads = self.reads, 0
        return taken


@dataclass
class Scene:
    """What a test of this room needs."""

    ledger: Ledger
    watch: Watch
    terms: Terms = field(default_factory=Terms)

    def stamp(self) -> Stamp:
        return Stamp(self.watch(), HUMAS)

    def queue(self, name: str, channel: str = "warta") -> Entry:
        """Queue an article for a channel."""
        payload = Payload("local", f"Tentang {name}", f"https://kpknl.example/{name}.html", {})
        candidate = Candidate(
            article_id=name,
            channel=channel,
            lang="id",
            title=f"Judul {name}",
            url=payload.link,
            article_digest="d" * 64,
            date=NOON,
            source=f"content/{name}.md",
            payload=payload,
            due_at=NOON,
        )
        pages = {(each.article_id, "id"): each.url for each in self.entries()}
        pages[name, "id"] = payload.link
        enqueue(self.ledger, [candidate], pages=pages, guard=GUARD, stamp=self.stamp())
        found = self.entries()
        return next(each for each in found if (each.article_id, each.channel) == (name, channel))

    def post(self, name: str, channel: str = "warta") -> Entry:
        """Bring an article onto a channel, where it is post `p-NAME` from now on."""
        entry = self.queue(name, channel)
        assert entry.payload
        attempt = begin(self.ledger, entry, Prepared(entry.payload), self.stamp())
        assert attempt
        receipt = Receipt(f"p-{name}", f"https://forum.example/p-{name}", self.watch())
        finish(self.ledger, attempt, Outcome(State.DELIVERED, receipt=receipt), self.stamp())
        return queries.entry(self.ledger, entry.id)

    def entries(self) -> list[Entry]:
        return queries.entries(self.ledger)

    def listener(self, clients: Mapping[str, Client], price: str = "0") -> Listener:
        terms = replace(self.terms, price_read=Decimal(price))
        office = Office(zone=JAKARTA, channels=dict.fromkeys(clients, terms))
        return Listener(
            ledger=self.ledger,
            clients=clients,
            gate=Gate(self.ledger, office),
            clock=self.watch,
            actor="timer",
            window=timedelta(days=30),
        )

    def listen(self, forum: Client, price: str = "0") -> Look:
        return self.listener({"warta": forum}, price).listen("warta")

    def replier(self, forum: Forum) -> Replier:
        return Replier(self.ledger, forum, self.watch, HUMAS)

    def waiting(self) -> list[inbox.Question]:
        return inbox.waiting(self.ledger)

    def events(self, *kinds: str) -> list[str]:
        """Tell the kinds of events of this room, in order."""
        with self.ledger.reading() as connection:
            return [each.kind for each in read(connection) if not kinds or each.kind in kinds]

    def chain(self) -> str:
        """Write the whole chain of events as text."""
        with self.ledger.reading() as connection:
            return "\n".join(map(repr, read(connection)))
