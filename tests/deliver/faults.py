"""The relay under fire: killed at random moments, against servers that fail in every way.

`python -m tests.deliver.faults --kills 1000` is `make bench-faults`. What the servers took is the
truth; the ledger is held against it. The seed makes the faults the same again, not the kills:
these fall where the machine happens to be.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from random import Random
from zoneinfo import ZoneInfo

import click

from syndication import clock
from syndication.ledger import queries
from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp
from syndication.ledger.outbox import Guard, Pages, enqueue
from syndication.ledger.store import Ledger, create_ledger
from syndication.model import Entry, Payload, State
from tests.deliver.clients import KINDS
from tests.deliver.sender import HASTY, Order, start
from tests.deliver.servers import DIGEST, Fault, Platform, Rules, Site

QUIET = 0.7
"""The share of posts that a platform takes without a fault."""

FAULTS = [
    Fault.DROP_BEFORE,
    Fault.DROP_AFTER,
    Fault.ERROR_AFTER,
    Fault.HANG_BEFORE,
    Fault.HANG_AFTER,
    Fault.HALF,
    Fault.NO_ID,
    Fault.LIMIT,
    Fault.BAR,
]
BATCH = 10
"""Articles in a build. Each goes to three channels."""

ANSWER_SECONDS = 0.1
"""How long a client waits for an answer that never comes."""

LIFE_SECONDS = 0.1
"""The longest that a process may live once it was heard of; the moment is drawn evenly."""

UNHEARD = 0.1
"""The share of processes that are killed before they ask any server."""


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


@dataclass
class Field:
    """A ledger, a site, a platform of each kind, and a source of chance."""

    url: str
    ledger: Ledger
    site: Site
    platforms: dict[str, Platform]
    chance: Random
    articles: int = 0
    kills: int = 0

    def __post_init__(self) -> None:
        """Let every platform fail by chance."""
        for platform in self.platforms.values():
            platform.rules.fault = self.fault

    def fault(self) -> Fault:
        """Draw what happens to a post."""
        quiet = self.chance.random() < QUIET
        return Fault.NONE if quiet else self.chance.choice(FAULTS)

    def build(self) -> None:
        """Publish a few more articles, some of whose pages come late."""
        pages: Pages = {}
        candidates = []
        for number in range(self.articles, self.articles + BATCH):
            path = f"/a{number}.html"
            self.site.late[path] = self.chance.choice([0, 0, 1, 4])
            url = self.site.put(path)
            pages = {**pages, (f"a{number}", "id"): url}
            candidates += [_candidate(f"a{number}", kind, url) for kind in KINDS]
        self.articles += BATCH
        everything = {(entry.article_id, "id"): entry.url for entry in queries.entries(self.ledger)}
        enqueue(
            self.ledger,
            [*candidates, *self._waiting()],
            pages={**everything, **pages},
            guard=Guard(None, BATCH, ZoneInfo("Asia/Jakarta")),
            stamp=Stamp(clock.now(), "build"),
        )

    def _waiting(self) -> list[Candidate]:
        return [
            _candidate(entry.article_id, entry.channel, entry.url)
            for entry in queries.entries(self.ledger, states={State.QUEUED})
        ]

    def attack(self) -> None:
        """Let one or two relays run, and kill them at a random moment."""
        picked = self.chance.sample(sorted(KINDS), k=self.chance.choice([1, 1, 2, 3]))
        order = self._order(picked)
        self.site.asked.clear()
        running = [start(order)[0] for _ in range(self.chance.choice([1, 1, 1, 2]))]
        ends = [each.sentinel for each in running]
        if self.chance.random() > UNHEARD:
            while not self.site.asked.is_set() and len(wait(ends, timeout=0.002)) < len(ends):
                pass
        wait(ends, timeout=self.chance.uniform(0, LIFE_SECONDS))
        for process in running:
            process.kill()
            process.join()
            self.kills += process.exitcode is not None and process.exitcode < 0

    def settle(self) -> None:
        """Let the relay finish in peace, later the same day and often enough."""
        for platform in self.platforms.values():
            platform.gone.set()
            platform.rules.fault = lambda: Fault.NONE
        for hours in range(8, 13):
            later = clock.now() + timedelta(hours=hours)
            process, _ = start(replace(self._order(), time=later))
            process.join()

    def tally(self) -> Tally:
        """Hold the ledger against what the servers took."""
        boards = {kind: platform.board for kind, platform in self.platforms.items()}
        entries = queries.entries(self.ledger)
        links = {kind: board.links() for kind, board in boards.items()}
        doubts = [entry for entry in entries if entry.state is State.IN_DOUBT]
        return Tally(
            kills=self.kills,
            entries=len(entries),
            delivered=sum(entry.state is State.DELIVERED for entry in entries),
            in_doubt=Counter(entry.channel for entry in doubts),
            cut_off=self._cut_off(),
            duplicates=sum(count - 1 for counted in links.values() for count in counted.values()),
            lost=sum(_lost(entry, links[entry.channel][entry.url]) for entry in entries),
            early=sum(post.early for board in boards.values() for post in board.posts),
            unbroken=queries.verify_chain(self.ledger) is None,
        )

    def _cut_off(self) -> Counter[str]:
        doubts: Counter[str] = Counter()
        for entry in queries.entries(self.ledger):
            story = queries.story(self.ledger, entry.id)
            doubts[entry.channel] += sum(event.kind == State.IN_DOUBT for event in story)
        return doubts

    def _order(self, kinds: Iterable[str] = KINDS) -> Order:
        """Order a run in which these channels are set up."""
        addresses = {kind: (kind, self.platforms[kind].url) for kind in kinds}
        return Order(self.url, addresses, policy=HASTY, seconds=ANSWER_SECONDS)


def _candidate(article_id: str, kind: str, url: str) -> Candidate:
    began = datetime(2026, 11, 1, tzinfo=UTC)
    return Candidate(
        article_id=article_id,
        channel=kind,
        lang="id",
        title=article_id,
        url=url,
        article_digest=DIGEST,
        date=datetime(2099, 1, 1, tzinfo=UTC),
        source=f"content/{article_id}.md",
        payload=Payload("uji", f"Tentang {article_id}", url, {}),
        due_at=began,
    )


def _lost(entry: Entry, seen: int) -> bool:
    """Tell whether the ledger says something else of an entry than the public sees."""
    if entry.state is State.DELIVERED:
        return seen == 0
    if entry.state is State.IN_DOUBT:
        return seen > 0 and entry.channel != "neither"
    return True


@contextmanager
def field(url: str, seed: int) -> Iterator[Field]:
    """Set up everything that a run needs, with a new ledger at this address."""
    with ExitStack() as stack:
        site = Site()
        stack.enter_context(site.running())
        platforms = {kind: Platform(site, Rules(keyed=kind == "key")) for kind in KINDS}
        for platform in platforms.values():
            platform.rules.retry_after = 0
            stack.enter_context(platform.running())
            stack.callback(platform.gone.set)
        ledger = create_ledger(url, stamp=Stamp(clock.now(), "humas"))
        stack.callback(ledger.close)
        yield Field(url, ledger, site, platforms, Random(seed))  # noqa: S311 -- a repeatable draw


def run(url: str, *, kills: int, seed: int) -> Tally:
    """Kill so many relays, let the rest be sent in peace, and count."""
    with field(url, seed) as here:
        while here.kills < kills:
            if len(queries.entries(here.ledger, states={State.QUEUED})) < BATCH:
                here.build()
            here.attack()
        here.settle()
        return here.tally()


@click.command()
@click.option("--kills", default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--ledger", "url", default="", help="An empty database; a file of its own if none.")
def main(kills: int, seed: int, url: str) -> None:
    """Kill the relay many times; the last line says what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        here = url or f"sqlite:///{folder}/ledger.sqlite3"
        tally = run(here, kills=kills, seed=seed)
    click.echo(f"in doubt {dict(tally.in_doubt)} of attempts cut off {dict(tally.cut_off)}")
    click.echo(tally)
    raise SystemExit(0 if tally.good else 1)


if __name__ == "__main__":
    main()
