"""`python -m tests.deliver.bench`: kills relays and workers, and says what came of it.

Relays are killed on an SQLite ledger, and workers on PostgreSQL while they send many entries.
"""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import click

from tests import postgres
from tests.deliver import crew, faults
from tests.deliver.faults import Field
from tests.deliver.sender import warm_up
from tests.deliver.tally import Tally, total

MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
"""A process that is killed loses nothing that it wrote, so the bench need not wait for a disk."""

EVERY_SECONDS = 10


@dataclass
class Pulse:
    """Says now and then how far a run is."""

    name: str
    kills: int
    began: float = field(default_factory=time.monotonic)
    said: float = field(default_factory=time.monotonic)

    def __call__(self, here: Field) -> None:
        """Hear that one more round is done."""
        now = time.monotonic()
        if now - self.said >= EVERY_SECONDS:
            self.said = now
            entries = len(here.pages) * len(here.platforms)
            click.echo(
                f"{self.name}: {now - self.began:.0f} s, {here.kills} of {self.kills} kills, "
                f"{entries} entries queued so far"
            )


def on_file(kills: int, seed: int) -> Tally:
    """Kill relays of one machine."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        url = f"sqlite:///{folder}/ledger.sqlite3"
        return said("SQLite", faults.run(url, kills=kills, seed=seed, tell=Pulse("SQLite", kills)))


def on_server(kills: int, seed: int, entries: int, workers: int) -> Tally:
    """Kill workers of many machines."""
    with postgres.hasty() as server:
        tally, held = crew.run(
            server.make(), kills=kills, entries=entries, workers=workers, seed=seed,
            tell=Pulse("PostgreSQL", kills),
        )  # fmt: skip
    click.echo(f"PostgreSQL: {held} of {tally.kills} kills while a lock was held")
    return said("PostgreSQL", tally)


@click.command()
@click.option("--kills", default=1000, show_default=True, help="On each kind of ledger.")
@click.option("--seed", default=1, show_default=True)
@click.option("--entries", default=10_000, show_default=True, help="On PostgreSQL, at least.")
@click.option("--workers", default=4, show_default=True)
@click.option("--only", type=click.Choice(["sqlite", "postgresql"]), help="One kind of ledger.")
def main(kills: int, seed: int, entries: int, workers: int, only: str | None) -> None:
    """Kill what sends many times; exit with 0 only if all that was promised was kept."""

    warm_up()
    with ThreadPoolExecutor() as pool:  # both at once: each waits most of the time
        runs = []
        if only != "postgresql":
            runs.append(pool.submit(on_file, kills, seed))
        if only != "sqlite":
            runs.append(pool.submit(on_server, kills, seed, entries, workers))
    done = [each.result() for each in runs]
    click.echo(total(done))
    raise SystemExit(0 if all(each.good for each in done) else 1)


def said(name: str, tally: Tally) -> Tally:
    """Tell what came of one kind of ledger."""
    click.echo(f"{name}: {tally}")
    click.echo(f"{name}: in doubt {dict(tally.in_doubt)} of cut off {dict(tally.cut_off)}")
    ways = {str(way): number for way, number in tally.corrected.items()}
    gone = f"withdrawn {tally.withdrawn} still standing, and told {tally.stand}"
    click.echo(f"{name}: corrected {ways} {gone}")
    return tally


if __name__ == "__main__":
    main()
