"""Commands that talk to the site and to the platforms: compare the register, send what is due."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Event
from types import FrameType

import click

from syndication import clock
from syndication.cli import accounts, words
from syndication.cli.recording import journal_of, recorded, telling
from syndication.cli.settings import Settings
from syndication.config import Config, ConfigError
from syndication.deliver import agreement, published, web
from syndication.deliver.live import LiveCheck
from syndication.deliver.relay import Relay
from syndication.deliver.retry import Policy
from syndication.environment import actor, refuse_throwaway_ledger
from syndication.ledger.store import open_ledger
from syndication.model import Problem, State
from syndication.platforms.protocol import Client

FAILED = 1
STALE = 3
"""What `siar register` exits with when the ledger has posts that the site does not show yet."""

FOR_A_PERSON = (State.REFUSED, State.GIVEN_UP, State.IN_DOUBT)


@click.command(short_help="Bandingkan register di situs.")
@click.pass_obj
def register(settings: Settings) -> None:
    """Bandingkan register yang tayang di situs dengan buku besar (ledger).

    Keluar dengan 0 bila sama, 3 bila buku besar punya unggahan yang belum tampil di situs, dan 1
    bila situs menampilkan unggahan yang tidak dikenal buku besar: lalu tidak ada yang dikirim.
    """
    config = production(settings.load())
    ledger = open_ledger(config.ledger_url)
    with web.client() as http:
        found = agreement.unshown(ledger, http, config.siteurl)
    if isinstance(found, published.Silent):
        click.echo(f"Register di situs belum terbaca: {found.reason}.", err=True)
        return
    if isinstance(found, published.Forgotten):
        click.echo(str(found), err=True)
        raise SystemExit(FAILED)
    if found:
        click.echo(f"{found} unggahan belum tampil, atau masih tampil, di register situs.")
        raise SystemExit(STALE)


@click.command(short_help="Kirim yang jatuh tempo.")
@click.pass_obj
def relay(settings: Settings) -> None:
    """Kirim unggahan yang jatuh tempo, satu per satu, begitu halamannya tayang."""
    config = production(settings.load())
    refuse_throwaway_ledger(config)
    ledger, journal = open_ledger(config.ledger_url), journal_of(config)
    with web.client() as http, recorded(ledger, journal) as say:
        if objection := agreement.objection(ledger, http, config.siteurl):
            say(objection)
            click.echo(objection, err=True)
            raise SystemExit(FAILED)
        summary = Relay(
            ledger,
            clients(config),
            LiveCheck(http),
            clock.now,
            actor(),
            policy=Policy(patience=timedelta(hours=config.give_up_hours)),
            office=config.office,
            correcting={each.name: each.correcting for each in config.channels.values()},
            report=telling(journal),
            stopping=asked_to_stop(),
        ).run()
        say(words.outcome(summary))
    click.echo(words.outcome(summary))
    if summary.standing or any(summary.count(state) for state in FOR_A_PERSON):
        raise SystemExit(FAILED)


def production(config: Config) -> Config:
    """Return the settings if they are those of the public site.

    Raises:
        ConfigError: posts may not be sent with them.
    """
    if not config.production:
        message = f"Bukan situs untuk publik: SITEURL adalah {config.siteurl or 'kosong'}."
        remedy = "Pakai publishconf.py dengan alamat https situs."
        raise ConfigError([Problem("SITEURL", 0, message, remedy)])
    return config


def clients(config: Config) -> Mapping[str, Client]:
    """Connect every channel that has its secrets, and say which have not."""
    found = accounts.connect(config)
    for name, lack in found.lacking.items():
        click.echo(f"{name}: belum disiapkan ({lack})")
    return found.clients


def asked_to_stop() -> Callable[[], bool]:
    """Let SIGTERM end the run after the entry under way; return the question to ask."""
    asked = Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    signal.signal(signal.SIGTERM, note)
    return asked.is_set


COMMANDS = (register, relay)
