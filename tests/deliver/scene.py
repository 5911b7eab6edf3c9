"""One ledger, one site, one platform, and a watch that only the test moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx

from syndication.deliver.live import LiveCheck
from syndication.deliver.relay import Relay
from syndication.deliver.retry import Policy
from syndication.deliver.steps import Summary
from syndication.ledger import queries
from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp
from syndication.ledger.outbox import Guard, enqueue
from syndication.ledger.store import Ledger
from syndication.model import Entry, Payload
from syndication.platforms.protocol import Client
from tests.deliver.clients import Plain
from tests.deliver.platform import Platform
from tests.deliver.servers import DIGEST, Site

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
START = Stamp(NOON, "humas")
GUARD = Guard(since=None, ceiling=10_000, zone=ZoneInfo("Asia/Jakarta"))


@dataclass
class Watch:
    """A clock that stands still until it is moved."""

    time: datetime = NOON

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **time: float) -> None:
        self.time += timedelta(**time)


@dataclass
class Scene:
    """All that a relay needs, and short words for what tests do with it."""

    ledger: Ledger
    site: Site
    platform: Platform
    watch: Watch
    http: httpx.Client
    policy: Policy = field(default_factory=Policy)

    def candidate(self, article_id: str, channel: str = "kanal", text: str = "") -> Candidate:
        url = f"{self.site.url}/{article_id}.html"
        payload = Payload("uji", text or f"Tentang {article_id}", url, {})
        return Candidate(
            article_id=article_id,
            channel=channel,
            lang="id",
            title=article_id,
            url=url,
            article_digest=DIGEST,
            date=NOON,
            source=f"content/{article_id}.md",
            payload=payload,
            due_at=NOON,
        )

    def queue(self, *candidates: Candidate, live: bool = True) -> None:
        """Queue articles, and publish their pages (unless `live` says no)."""
        pages = {(each.article_id, each.lang): each.url for each in candidates}
        enqueue(self.ledger, candidates, pages=pages, guard=GUARD, stamp=START)
        if live:
            for each in candidates:
                self.site.put(f"/{each.article_id}.html")

    def client(self, kind: type[Plain] = Plain) -> Plain:
        return kind(self.platform.url, self.watch)

    def relay(self, clients: Mapping[str, Client] | None = None) -> Relay:
        with_default = {"kanal": self.client()} if clients is None else clients
        return Relay(
            ledger=self.ledger,
            clients=with_default,
            live=LiveCheck(self.http),
            clock=self.watch,
            actor="relay",
            policy=self.policy,
        )

    def run(self, clients: Mapping[str, Client] | None = None) -> Summary:
        return self.relay(clients).run()

    def until_next(self) -> None:
        """Move the watch to the moment at which the only entry is to be tried again."""
        next_at = self.only().next_at
        assert next_at is not None
        self.watch.time = max(self.watch.time, next_at)

    def only(self) -> Entry:
        (entry,) = queries.entries(self.ledger)
        return entry

    def in_public(self) -> dict[str, int]:
        """Count posts by article, as the platform has them."""
        links = self.platform.board.links()
        return {
            link.removeprefix(self.site.url + "/").removesuffix(".html"): count
            for link, count in links.items()
        }


def by_hand(candidate: Candidate) -> Candidate:
    return replace(candidate, by_hand=True)
