"""Measure how many entries a second go out: one and four senders, SQLite and PostgreSQL.

All is real but the platforms, which answer at once on loopback: ledger, live check, processes.
PostgreSQL writes to its disk before it answers, as in an office.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests import postgres
from tests.deliver.crew import crew_of
from tests.deliver.faults import Field, field_at
from tests.deliver.platform import Fault
from tests.deliver.sender import start, warm_up

ARTICLES = 100
ACCOUNTS = 2
"""Of each of the three kinds of platform: six channels."""

SENDERS = (1, 4)


def relays(url: str, senders: int) -> float:
    """Let so many relays empty a queue at once; return entries a second."""
    with quiet(url) as here:
        began = time.perf_counter()
        running = [start(here.order(here.platforms))[0] for _ in range(senders)]
        for process in running:
            process.join()
        return sent(here) / (time.perf_counter() - began)


def workers(url: str, senders: int) -> float:
    """Let so many workers empty a queue, from their start on; return entries a second."""
    with quiet(url) as here:
        began = time.perf_counter()
        with crew_of(senders, here):
            while sent(here) < ARTICLES * len(here.platforms):
                here.site.asked.clear()
                here.site.asked.wait(timeout=1)
            return sent(here) / (time.perf_counter() - began)


@contextmanager
def quiet(url: str) -> Iterator[Field]:
    """Queue articles whose pages are live, for platforms that never fail."""
    with field_at(url, seed=1, accounts=ACCOUNTS) as here:
        for platform in here.platforms.values():
            platform.rules.fault = lambda: Fault.NONE
        here.build(ARTICLES)
        here.site.late.clear()
        yield here


def sent(here: Field) -> int:
    """Count what the platforms have."""
    return sum(len(platform.board.posts) for platform in here.platforms.values())


def main() -> None:
    """Print entries a second as a table, and what more senders and the other ledger change."""
    load = os.getloadavg()[0]
    tell(f"deliver: {ARTICLES} articles × {3 * ACCOUNTS} channels, load of the machine {load:.1f}")
    warm_up()
    rates: list[tuple[float, float]] = []
    tell("  senders       SQLite (relays)  PostgreSQL (workers)  PostgreSQL : SQLite")
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        for senders in SENDERS:
            by_file = relays(f"sqlite:///{folder}/{senders}.sqlite3", senders)
            by_server = workers(server.make(), senders)
            rates.append((by_file, by_server))
            ratio = by_server / by_file
            tell(f"  {senders:<7} {by_file:>13.1f} /s {by_server:>18.1f} /s {ratio:>20.2f}")
    gains = [after / before for before, after in zip(rates[0], rates[-1], strict=True)]
    tell(f"  {SENDERS[-1]} : {SENDERS[0]:<3} {gains[0]:>13.2f} {gains[1]:>21.2f}")


def tell(line: str) -> None:
    """Print a figure as soon as it is there."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
