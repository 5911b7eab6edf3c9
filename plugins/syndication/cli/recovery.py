"""The command that begins a lost ledger anew with what the public sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import click

from syndication import clock, inventory, queueing
from syndication.checking import check_content
from syndication.cli import accounts, proof, recovery_words, words
from syndication.cli.outside import production
from syndication.cli.settings import Settings
from syndication.config import Config
from syndication.deliver import published, recover, unclear, web
from syndication.deliver.metering import Meter
from syndication.deliver.published import Register
from syndication.environment import actor, refuse_throwaway_ledger
from syndication.ledger.decide import Candidate
from syndication.ledger.errors import Exists, Missing
from syndication.ledger.events import Stamp
from syndication.ledger.recovery import Unclear, restore
from syndication.ledger.store import Ledger, create_ledger, open_ledger

FAILED = 1


@click.command(name="recover", short_help="Bangun kembali buku besar yang hilang.")
@click.option(
    "--since",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Baca linimasa sejak tanggal ini (bawaan: 31 hari sebelum unggahan terakhir di register).",
)
@click.option("--unread-ok", is_flag=True, help="Teruskan walau ada linimasa yang tidak terbaca.")
@click.pass_obj
def recovering(settings: Settings, since: datetime | None, *, unread_ok: bool) -> None:
    """Bangun kembali buku besar yang hilang, dari register di situs dan dari linimasa.

    Semua unggahan yang ditemukan menjadi "terkirim", dan ralat yang belum disampaikan menyusul pada
    build berikutnya; artikel lain yang sudah ada tidak akan diunggah. Perintah ini sendiri tidak
    mengirim apa pun. Bila punya cadangan, pulihkan itu saja.
    """
    config = production(settings.load())
    refuse_throwaway_ledger(config)
    _refuse_existing(config)
    _refuse_faulty_content(config)
    shown = _register(config)
    now = clock.now()
    far = since.replace(tzinfo=UTC) if since else recover.far_enough(shown, now)
    connected = accounts.connect(config)
    site = recover.Site(config.siteurl, inventory.by_address(config, now))
    found = recover.gather(shown, site, config.channels, connected.clients, since=far)
    found = replace(found, unread={**connected.lacking, **found.unread})
    if found.unread and not unread_ok:
        proof.say_unread(found.unread)
        raise SystemExit(FAILED)
    candidates = queueing.existing(inventory.published(config, now), config.channels)
    doubts = [
        *unclear.posts(found, candidates, config.channels, since=far),
        *unclear.corrections(found, site),
    ]
    ledger = _begun(config, found, candidates, doubts, shown.head)
    Meter(ledger, config.office, clock.now).take_all(connected.clients)
    for line in recovery_words.recovered(found, site, ledger, far, config):
        click.echo(line)


def _refuse_existing(config: Config) -> None:
    """Stop before anything is asked over the network.

    Raises:
        LedgerError: a ledger is there, or something else.
    """
    try:
        ledger = open_ledger(config.ledger_url)
    except Missing:
        return
    ledger.close()
    raise Exists(ledger.where)


def _refuse_faulty_content(config: Config) -> None:
    checked = check_content(config, clock.now())
    if checked.errors:
        words.say_problems(checked)
        raise SystemExit(FAILED)


def _register(config: Config) -> Register:
    with web.client() as http:
        shown = published.fetch(http, config.siteurl)
    if isinstance(shown, published.Silent):
        click.echo(f"Register di situs tidak terbaca: {shown.reason}. Ulangi nanti.", err=True)
        raise SystemExit(FAILED)
    return shown


def _begun(
    config: Config,
    found: recover.Found,
    candidates: Sequence[Candidate],
    doubts: Sequence[Unclear],
    head: str,
) -> Ledger:
    """Make the new ledger, all of it in one transaction."""
    stamp = Stamp(clock.now(), actor())
    return create_ledger(
        config.ledger_url,
        stamp=stamp,
        site=config.siteurl,
        also=lambda new: restore(
            new, found.posts, candidates, head=head, stamp=stamp, unclear=doubts
        ),
    )


COMMANDS = (recovering,)
