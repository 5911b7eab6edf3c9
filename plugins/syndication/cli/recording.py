"""Keep on record that a run began and ended: in the ledger for people, in the log for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import click

from syndication import clock
from syndication.cli import words
from syndication.config import Config
from syndication.deliver.journal import Journal
from syndication.deliver.steps import Step
from syndication.environment import actor, secrets
from syndication.ledger import runs
from syndication.ledger.errors import LedgerError
from syndication.ledger.events import Stamp
from syndication.ledger.store import Ledger

Say = Callable[[str], None]
"""Says how a run ended, on one line."""

CUT_SHORT = "berhenti sebelum selesai; lihat pesannya di tempat ia dijalankan."


def journal_of(config: Config) -> Journal:
    """Open the log that the settings name; it knows every secret that it must not show."""
    known = [secret for each in config.channels.values() for secret in secrets(each)[0].values()]
    return Journal(config.log, clock.now, actor(), known)


@contextmanager
def recorded(ledger: Ledger, journal: Journal) -> Iterator[Say]:
    """Record a run of the relay; only one that was killed has no end."""
    said: list[str] = []
    runs.begin(ledger, Stamp(clock.now(), actor()))
    journal.write("began")
    try:
        yield said.append
    finally:
        text = said[-1] if said else CUT_SHORT
        journal.write("ended", said=text)
        with suppress(LedgerError):  # what went wrong before it is told, and matters more
            runs.end(ledger, Stamp(clock.now(), actor()), text)
        if journal.failure:
            click.echo(journal.failure, err=True)


def telling(journal: Journal) -> Callable[[Step], None]:
    """Return what tells person and log of one step, while the others are still to come."""

    def tell(step: Step) -> None:
        click.echo(words.step(step))
        journal.step(step)

    return tell
