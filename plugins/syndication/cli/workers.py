"""The command of a machine that shares a PostgreSQL ledger with others: send whenever woken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import click

from syndication import clock
from syndication.cli import words
from syndication.cli.outside import clients, production
from syndication.cli.recording import journal_of, recorded, telling
from syndication.cli.settings import Settings
from syndication.config import ConfigError
from syndication.deliver import agreement, published, web
from syndication.deliver.live import LiveCheck
from syndication.deliver.relay import Relay
from syndication.deliver.retry import Policy
from syndication.environment import actor
from syndication.ledger.store import open_ledger
from syndication.model import Problem


@click.command(short_help="Kirim terus-menerus, bersama mesin lain.")
@click.pass_obj
def work(settings: Settings) -> None:
    """Kirim begitu ada yang jatuh tempo, sampai dihentikan (SIGTERM atau Ctrl-C).

    Untuk buku besar (ledger) di PostgreSQL; jalankan sebanyak yang diperlukan, di mesin mana pun.
    """
    config = production(settings.load())
    ledger = open_ledger(config.ledger_url)
    if ledger.file is not None:
        raise ConfigError([_needs_server()])
    from syndication.deliver import workers  # noqa: PLC0415 -- Procrastinate, for this command only

    connected, journal = clients(config), journal_of(config)
    correcting = {each.name: each.correcting for each in config.channels.values()}
    policy = Policy(patience=timedelta(hours=config.give_up_hours))
    with web.client() as http:

        def send(channel: str, stopping: Callable[[], bool]) -> None:
            objection = agreement.objection(ledger, http, config.siteurl)
            if objection:
                click.echo(str(objection), err=True)
            if isinstance(objection, published.Forgotten):
                return
            with recorded(ledger, journal) as say:
                relay = Relay(
                    ledger, connected, LiveCheck(http), clock.now, actor(), policy,
                    office=config.office, correcting=correcting, report=telling(journal),
                    stopping=stopping,
                )  # fmt: skip
                do = relay.take_back_on if objection else relay.run_on
                say(words.outcome(do([channel])))

        click.echo("Menunggu yang jatuh tempo.")
        workers.work(ledger, send, clock.now)


def _needs_server() -> Problem:
    message = "Pekerja di banyak mesin memerlukan buku besar (ledger) di PostgreSQL."
    remedy = (
        "Setel postgresql+psycopg://…, atau pakai `siar relay` dengan buku besar berupa berkas."
    )
    return Problem("SYNDICATION_LEDGER_URL", 0, message, remedy)


COMMANDS = (work,)
