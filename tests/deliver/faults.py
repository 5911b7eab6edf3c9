"""The relay under fire: killed at random moments, against servers that fail in every way.

What the servers took is the truth; the ledger is held against it. The seed makes the faults the
same again, not the kills: these fall where the machine happens to be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import wait
from random import Random
from zoneinfo import ZoneInfo

from syndication import clock
from syndication.ledger import queries
from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp
from syndication.ledger.known import Newest
from syndication.ledger.outbox import Guard, Pages, enqueue, newest
from syndication.ledger.store import Ledger, create_ledger
from syndication.model import Correcting, Payload, State
from tests.deliver.clients import KINDS
from tests.deliver.platform import Fault, Platform, Rules
from tests.deliver.sender import HASTY, Order, start
from tests.deliver.servers import DIGEST, Site
from tests.deliver.tally import Said, Tally, channel_of, count, kind_of

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
CHANGED = 5
"""For so many new articles an old one is corrected, and for twice as many one is withdrawn."""

CHANGES = 2
"""So many articles are corrected by a build that has no new one."""

BACK = 0.1
"""The share of withdrawn articles that the next build finds published anew."""

REBUILT = 0.3
"""How often a build that only changes old articles comes between two attacks."""

UNEDITED = 0.2
"""The share of edits that a platform refuses for good; the correction becomes a post."""

CORRECTING = {"key": Correcting.EDIT, "find": Correcting.REPLACE, "neither": Correcting.LINK}
"""How each kind of platform corrects, as far as its client can."""

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
    pages: Pages = field(default_factory=dict)
    said: Said = field(default_factory=Said)
    kills: int = 0

    def __post_init__(self) -> None:
        """Let every platform fail by chance."""
        for platform in self.platforms.values():
            platform.rules.fault = self.fault
            platform.rules.unedited = lambda: self.chance.random() < UNEDITED

    def fault(self) -> Fault:
        """Draw what happens to a post."""
        quiet = self.chance.random() < QUIET
        return Fault.NONE if quiet else self.chance.choice(FAULTS)

    def build(self, articles: int = BATCH) -> None:
        """Publish a few more articles, some of whose pages come late; change a few old ones."""
        self._change(articles // CHANGED)
        for number in range(len(self.pages), len(self.pages) + articles):
            path = f"/a{number}.html"
            self.site.late[path] = self.chance.choice([0, 0, 1, 4])
            self.pages = {**self.pages, (f"a{number}", "id"): self.site.put(path)}
        self.enqueue(clock.now())

    def rebuild(self) -> None:
        """Change a few old articles only."""
        self._change(CHANGES)
        self.enqueue(clock.now())

    def enqueue(self, at: datetime) -> None:
        """Bring the queue in step with what the writers say now."""
        known = newest(self.ledger)
        offered = [
            self._candidate(article_id, channel, url)
            for (article_id, _), url in self.pages.items()
            for channel in self.platforms
            if not self._ended(article_id, known.get((article_id, channel)))
        ]
        enqueue(
            self.ledger,
            offered,
            pages=self.pages,
            guard=Guard(None, len(self.pages), ZoneInfo("Asia/Jakarta")),
            stamp=Stamp(at, "build"),
            withdrawn={(article_id, "id") for article_id in self.said.withdrawn},
        )

    def _change(self, some: int) -> None:
        """Correct so many articles; withdraw half as many, and publish some of these anew."""
        articles = [f"a{number}" for number in range(len(self.pages) - BATCH)]
        there = min(len(articles), some)
        back = [each for each in sorted(self.said.withdrawn) if self.chance.random() < BACK]
        self.said.withdrawn.difference_update(back)
        self.said.withdrawn.update(self.chance.sample(articles, k=there // 2))
        for article_id in self.chance.sample(articles, k=there):
            self.said.corrections[article_id] = f"ralat {self.chance.random()}"

    def _ended(self, article_id: str, there: Newest | None) -> bool:
        """Tell, as a build does, whether nothing is left to say."""
        if there is None or there.state is not State.DELIVERED:
            return there is not None and there.settled
        withdrawn = article_id in self.said.withdrawn
        return withdrawn or there.correction == self.said.corrections.get(article_id, "")

    def _candidate(self, article_id: str, channel: str, url: str) -> Candidate:
        correction = self.said.corrections.get(article_id, "")
        made = _candidate(article_id, channel, url, correction)
        return replace(made, withdrawn=article_id in self.said.withdrawn)

    def queued(self) -> int:
        """Count the entries that wait."""
        return len(queries.entries(self.ledger, states={State.QUEUED}))

    def attack(self) -> None:
        """Let one or two relays run, and kill them at a random moment."""
        picked = self.chance.sample(sorted(self.platforms), k=self.chance.choice([1, 1, 2, 3]))
        order = self.order(picked)
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
            platform.rules.unedited = lambda: False
        for hours in range(8, 13):
            later = clock.now() + timedelta(hours=hours)
            self.enqueue(later)
            process, _ = start(replace(self.order(self.platforms), time=later))
            process.join()

    def order(self, channels: Collection[str]) -> Order:
        """Order a run in which these channels are set up."""
        addresses = {each: (kind_of(each), self.platforms[each].url) for each in channels}
        correcting = {each: CORRECTING[kind_of(each)] for each in channels}
        return Order(
            self.url, addresses, policy=HASTY, seconds=ANSWER_SECONDS, correcting=correcting
        )

    def tally(self) -> Tally:
        """Hold the ledger against what the servers took."""
        boards = {channel: platform.board for channel, platform in self.platforms.items()}
        return count(self.ledger, boards, self.said, kills=self.kills)


Tell = Callable[[Field], None]


def _candidate(article_id: str, channel: str, url: str, correction: str) -> Candidate:
    began = datetime(2026, 11, 1, tzinfo=UTC)
    return Candidate(
        article_id=article_id,
        channel=channel,
        lang="id",
        title=article_id,
        url=url,
        article_digest=DIGEST,
        date=datetime(2099, 1, 1, tzinfo=UTC),
        source=f"content/{article_id}.md",
        payload=Payload("uji", f"{correction} Tentang {article_id}".lstrip(), url, {}),
        due_at=began,
        correction=correction,
    )


@contextmanager
def field_at(url: str, seed: int, *, accounts: int = 1) -> Iterator[Field]:
    """Set up everything that a run needs, with a new ledger at this address.

    Of each kind of platform there are so many accounts.
    """
    with ExitStack() as stack:
        site = Site()
        stack.enter_context(site.running())
        channels = [channel_of(kind, number) for kind in KINDS for number in range(accounts)]
        platforms = {
            each: Platform(site, Rules(keyed=kind_of(each) == "key", retry_after=0))
            for each in channels
        }
        for platform in platforms.values():
            stack.enter_context(platform.running())
            stack.callback(platform.gone.set)
        ledger = create_ledger(url, stamp=Stamp(clock.now(), "humas"))
        stack.callback(ledger.close)
        yield Field(url, ledger, site, platforms, Random(seed))  # noqa: S311 -- a repeatable draw


def in_silence(here: Field) -> None:
    """Tell nobody how far a run is."""
    del here


def run(url: str, *, kills: int, seed: int, tell: Tell = in_silence) -> Tally:
    """Kill so many relays, let the rest be sent in peace, and count; `tell` hears of each kill."""
    with field_at(url, seed) as here:
        while here.kills < kills:
            if here.queued() < BATCH:
                here.build()
            elif here.chance.random() < REBUILT:
                here.rebuild()
            here.attack()
            tell(here)
        here.settle()
        return here.tally()
