"""The relay under fire: killed at random moments, against servers that fail in every way.

What the servers took is the truth; the ledger is held against it. The seed makes the faults the
same again, not the kills: these fall where the machine happens to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from random import Random
from zoneinfo import ZoneInfo

from syndication import clock
from syndication.ledger import queries
from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp
from syndication.ledger.outbox import Guard, Pages, enqueue
from syndication.ledger.store import Ledger, create_ledger
from syndication.model import Payload, State
from tests.deliver.clients import KINDS
from tests.deliver.platform import Fault, Platform, Rules
from tests.deliver.sender import HASTY, Order, start
from tests.deliver.servers import DIGEST, Site
from tests.deliver.tally import Tally, count

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
        boards = {kind: platform.board for kind, platform in here.platforms.items()}
        return count(here.ledger, boards, kills=here.kills)
