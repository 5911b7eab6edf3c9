"""`python -m tests.deliver.bench`: kills relays and workers, and says what came of it.

Relays are killed on an SQLite ledger, and workers on PostgreSQL while they send many entries.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import click

from tests import postgres
from tests.deliver import crew, faults
from tests.deliver.tally import Tally, total


def on_file(kills: int, seed: int) -> Tally:
    """Kill relays of one machine."""
    with tempfile.TemporaryDirectory() as folder:
        return faults.run(f"sqlite:///{folder}/ledger.sqlite3", kills=kills, seed=seed)


def on_server(kills: int, seed: int, entries: int, workers: int) -> Tally:
    """Kill workers of many machines."""
    with postgres.hasty() as server:
        tally, held = crew.run(
            server.make(), kills=kills, entries=entries, workers=workers, seed=seed
        )
    click.echo(f"PostgreSQL: {held} of {tally.kills} kills while a lock was held")
    return tally


@click.command()
@click.option("--kills", default=1000, show_default=True, help="On each kind of ledger.")
@click.option("--seed", default=1, show_default=True)
@click.option("--entries", default=10_000, show_default=True, help="On PostgreSQL, at least.")
@click.option("--workers", default=4, show_default=True)
@click.option("--only", type=click.Choice(["sqlite", "postgresql"]), help="One kind of ledger.")
def main(kills: int, seed: int, entries: int, workers: int, only: str | None) -> None:
    """Kill what sends many times; exit with 0 only if all that was promised was kept."""

    def tallies() -> Iterator[Tally]:
        if only != "postgresql":
            yield said("SQLite", on_file(kills, seed))
        if only != "sqlite":
            yield said("PostgreSQL", on_server(kills, seed, entries, workers))

    done = list(tallies())
    click.echo(total(done))
    raise SystemExit(0 if all(each.good for each in done) else 1)


def said(name: str, tally: Tally) -> Tally:
    """Tell what came of one kind of ledger."""
    click.echo(f"{name}: {tally}")
    click.echo(f"{name}: in doubt {dict(tally.in_doubt)} of cut off {dict(tally.cut_off)}")
    return tally


if __name__ == "__main__":
    main()
