"""`python -m tests.deliver.bench --kills 1000`: kills the relay, and says what came of it."""

from __future__ import annotations

import tempfile

import click

from tests.deliver.faults import run


@click.command()
@click.option("--kills", default=1000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--ledger", "url", default="", help="An empty database; a file of its own if none.")
def main(kills: int, seed: int, url: str) -> None:
    """Kill the relay many times; exit with 0 only if all that was promised was kept."""
    with tempfile.TemporaryDirectory() as folder:
        tally = run(url or f"sqlite:///{folder}/ledger.sqlite3", kills=kills, seed=seed)
    click.echo(f"in doubt {dict(tally.in_doubt)} of attempts cut off {dict(tally.cut_off)}")
    click.echo(tally)
    raise SystemExit(0 if tally.good else 1)


if __name__ == "__main__":
    main()
