"""Measure what a run costs that has nothing to do, with few and with very many articles.

Pelican's own part is not in it: queueing, comparing the published register, and the relay are.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bench.deliver import tell
from syndication import clock, official
from syndication.deliver import published, web
from syndication.deliver.live import LiveCheck
from syndication.deliver.relay import Relay
from syndication.ledger import outbox, queries
from syndication.ledger.addresses import remember
from syndication.ledger.events import Stamp
from syndication.ledger.recovery import Kept, restore
from syndication.ledger.store import Ledger, create_ledger
from syndication.model import Receipt
from tests import postgres
from tests.deliver.scene import GUARD

ARCHIVES = (100, 100_000)
SITE = "https://kantor.example.go.id"
FIRST = datetime(2015, 1, 1, tzinfo=UTC)


def post(number: int) -> Kept:
    """Make a post of an article of long ago."""
    receipt = Receipt(f"{number}", f"{SITE}/pos/{number}", FIRST + timedelta(minutes=number))
    return Kept(
        article_id=f"a{number}",
        lang="id",
        channel="linimasa",
        revision=1,
        platform="local",
        title=f"Artikel {number}",
        page=f"{SITE}/a{number}.html",
        source=f"content/a{number}.md",
        receipt=receipt,
        payload_sha256=f"{number:064x}",
        witness="bench",
    )


def archive(url: str, articles: int) -> tuple[Ledger, outbox.Pages]:
    """Make a ledger in which every article was posted, and tell where their pages are."""
    stamp = Stamp(clock.now(), "bench")
    posts = [post(number) for number in range(articles)]
    pages = {(each.article_id, each.lang): each.page for each in posts}
    ledger = create_ledger(url, stamp=stamp)
    with ledger.writing() as connection:
        restore(connection, posts, (), head="", stamp=stamp)
        remember(connection, pages, stamp)
    return ledger, pages


def measure(url: str, articles: int) -> str:
    """Return the seconds of each part of a run."""
    ledger, pages = archive(url, articles)
    stamp = Stamp(clock.now(), "bench")
    parts: dict[str, Callable[[], object]] = {
        "queue": lambda: outbox.enqueue(ledger, (), pages=pages, guard=GUARD, stamp=stamp),
        "register": lambda: register(ledger),
        "relay": lambda: relay(ledger),
    }
    told = ", ".join(f"{name} {seconds(part):.3f} s" for name, part in parts.items())
    ledger.close()
    return told


def register(ledger: Ledger) -> None:
    """Write the register, read it as if from the site, and compare."""
    text = official.document(queries.receipts(ledger), site=SITE, head=queries.head(ledger))
    assert published.forgotten(ledger, published.parse(text.encode())) is None  # noqa: S101 -- else it measures nothing


def relay(ledger: Ledger) -> None:
    """Look for something to send."""
    with web.client() as http:
        Relay(ledger, {}, LiveCheck(http), clock.now, "bench").run()


def seconds(part: Callable[[], object]) -> float:
    """Return how long it takes."""
    began = time.perf_counter()
    part()
    return time.perf_counter() - began


def main() -> None:
    """Print each part for each size, on both kinds of ledger."""
    tell("idle: a run that has nothing to do, without Pelican")
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        for articles in ARCHIVES:
            told = measure(f"sqlite:///{folder}/{articles}.sqlite3", articles)
            tell(f"  SQLite, {articles:,} articles: {told}")
            tell(f"  PostgreSQL, {articles:,} articles: {measure(server.make(), articles)}")


if __name__ == "__main__":
    main()
