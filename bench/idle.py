"""Measure what a run costs that has nothing to do, with few and with very many articles.

Pelican's own part is not in it. `build` is what it then does on every page there is: it queues,
and writes the register. `run` is what a timer or a wake-up costs after that: it asks the site over
HTTP what it shows, and looks for something to send.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bench.deliver import tell
from syndication import clock, official
from syndication.deliver import agreement, published, web
from syndication.deliver.live import LiveCheck
from syndication.deliver.relay import Relay
from syndication.ledger import heads, outbox
from syndication.ledger.addresses import remember
from syndication.ledger.events import Stamp
from syndication.ledger.recovery import Kept, restore
from syndication.ledger.store import Ledger, create_ledger
from syndication.model import Receipt
from tests import postgres
from tests.deliver.scene import GUARD
from tests.deliver.servers import Site

ARCHIVES = (100, 100_000)
ADDRESS = "https://kantor.example.go.id"
FIRST = datetime(2015, 1, 1, tzinfo=UTC)


def post(number: int) -> Kept:
    """Make a post of an article of long ago."""
    receipt = Receipt(f"{number}", f"{ADDRESS}/pos/{number}", FIRST + timedelta(minutes=number))
    return Kept(
        article_id=f"a{number}",
        lang="id",
        channel="linimasa",
        revision=1,
        platform="local",
        title=f"Artikel {number}",
        page=f"{ADDRESS}/a{number}.html",
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


def measure(url: str, articles: int) -> dict[str, float]:
    """Return the seconds of each part."""
    ledger, pages = archive(url, articles)
    stamp, site = Stamp(clock.now(), "bench"), Site()
    parts: dict[str, Callable[[], object]] = {
        "build: queue": lambda: outbox.enqueue(ledger, (), pages=pages, guard=GUARD, stamp=stamp),
        "build: register": lambda: show(site, ledger),
        "run: compare": lambda: compare(site, ledger),
        "run: relay": lambda: relay(ledger),
    }
    with site.running():
        took = {name: seconds(part) for name, part in parts.items()}
    ledger.close()
    return took


def show(site: Site, ledger: Ledger) -> None:
    """Write the register and its head, and put them on the site."""
    shown = heads.showing(ledger)
    register = official.document(shown.posts, site=site.url, head=shown.head.hash)
    site.pages[published.PATH] = (200, "application/json", register)
    head = official.head_document(shown.head, site=site.url)
    site.pages[agreement.PATH] = (200, "application/json", head)


def compare(site: Site, ledger: Ledger) -> None:
    """Ask as `siar register` and `siar relay` do; a wrong answer would measure nothing."""
    with web.client() as http:
        if agreement.objection(ledger, http, site.url) or agreement.unshown(ledger, http, site.url):
            raise SystemExit("The site does not show what the ledger has.")


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
    """Print each part for each size, on both kinds of ledger, and how much it grew."""
    few, many = ARCHIVES
    tell("idle: a run that has nothing to do, without Pelican")
    web.trust()  # the certificates are read once for a process
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        kinds: dict[str, Callable[[int], str]] = {
            "SQLite": lambda articles: f"sqlite:///{folder}/{articles}.sqlite3",
            "PostgreSQL": lambda _: server.make(),
        }
        for kind, address in kinds.items():
            short, long = (measure(address(articles), articles) for articles in ARCHIVES)
            tell(f"  {kind:<17} {few:>9,} {many:>11,} articles    growth")
            for part in short:
                ratio = long[part] / short[part]
                tell(f"  {part:<17} {short[part]:>7.3f} s {long[part]:>9.3f} s {ratio:>17.1f}")


if __name__ == "__main__":
    main()
