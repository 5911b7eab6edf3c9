"""Commands that talk to the site and to the platforms: compare the register, send what is due."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Event
from types import FrameType

import click
import httpx

from syndication import clock
from syndication.cli import accounts, words
from syndication.cli.recording import journal_of, recorded, telling
from syndication.cli.settings import Settings
from syndication.config import Config, ConfigError
from syndication.deliver import agreement, published, web
from syndication.deliver.live import LiveCheck
from syndication.deliver.relay import Relay
from syndication.deliver.retry import Policy
from syndication.deliver.steps import Step
from syndication.environment import actor, refuse_throwaway_ledger
from syndication.ledger.store import Ledger, open_ledger
from syndication.model import Problem, State
from syndication.platforms.protocol import Client

FAILED = 1
STALE = 3
"""What `siar register` exits with when the ledger has posts that the site does not show yet."""

UNSHOWN = (
    "Register di situs belum memuat {found} perubahan (unggahan baru, diralat, atau ditarik). "
    "`make siar` menayangkannya."
)

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
        click.echo(UNSHOWN.format(found=found))
        raise SystemExit(STALE)


@click.command(short_help="Kirim yang jatuh tempo.")
@click.pass_obj
def relay(settings: Settings) -> None:
    """Kirim unggahan yang jatuh tempo, satu per satu, begitu halamannya tayang.

    Bila register di situs tidak terbaca, hanya penarikan yang dijalankan.
    """
    config = production(settings.load())
    refuse_throwaway_ledger(config)
    ledger, journal = open_ledger(config.ledger_url), journal_of(config)
    with web.client() as http, recorded(ledger, journal) as say:
        objection = agreement.objection(ledger, http, config.siteurl)
        if objection:
            say(str(objection))
            click.echo(str(objection), err=True)
        if isinstance(objection, published.Forgotten):
            raise SystemExit(FAILED)
        sending = _relay(config, ledger, http, telling(journal))
        summary = sending.take_back() if objection else sending.run()
        said = words.outcome(summary)
        say(f"{objection} {said}" if objection else said)
    click.echo(said)
    if objection or summary.standing or any(summary.count(state) for state in FOR_A_PERSON):
        raise SystemExit(FAILED)


def _relay(
    config: Config, ledger: Ledger, http: httpx.Client, report: Callable[[Step], None]
) -> Relay:
    return Relay(
        ledger,
        clients(config),
        LiveCheck(http),
        clock.now,
        actor(),
        policy=Policy(patience=timedelta(hours=config.give_up_hours)),
        office=config.office,
        correcting={each.name: each.correcting for each in config.channels.values()},
        report=report,
        stopping=asked_to_stop(),
    )


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
