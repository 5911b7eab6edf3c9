"""Commands that read back and prove: what the accounts show, the chain of events, a lost ledger."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from syndication import clock, inventory, queueing
from syndication.checking import check_content
from syndication.cli import accounts, chain, proof, words
from syndication.cli.outside import production
from syndication.cli.settings import Settings
from syndication.config import Config
from syndication.deliver import audit as auditing
from syndication.deliver import doctor as doctoring
from syndication.deliver import published, web
from syndication.deliver import recover as recovering
from syndication.deliver import verify as verifying
from syndication.deliver.metering import Meter
from syndication.environment import actor, refuse_throwaway_ledger
from syndication.ledger.errors import Exists, LedgerError, Missing
from syndication.ledger.events import Stamp
from syndication.ledger.recovery import restore
from syndication.ledger.store import create_ledger, open_ledger
from syndication.platforms import registry

FAILED = 1
DAYS = 30
"""How far back `verify` looks unless it is told: a month of posts costs cents on X."""


@click.command(short_help="Baca kembali unggahan dari linimasa.")
@click.option(
    "--days",
    type=click.IntRange(min=1),
    default=DAYS,
    show_default=True,
    help="Periksa unggahan dari sekian hari terakhir; makin banyak, makin mahal di X.",
)
@click.option("--json", "as_json", is_flag=True, help="Tulis sebagai JSON, untuk pemantau.")
@click.pass_obj
def verify(settings: Settings, days: int, *, as_json: bool) -> None:
    """Bandingkan buku besar dengan yang tampil di linimasa: ada, hilang, berubah, atau ganda.

    Yang seharusnya sudah terkirim tetapi belum juga disebut. Keluar dengan 0 bila semua beres
    dan 1 bila ada yang perlu dilihat orang.
    """
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    found = accounts.connect(config)
    now = clock.now()
    since = now - timedelta(days=days)
    meter = Meter(ledger, config.office, clock.now)
    dear = meter.too_dear(found.clients)
    read = {name: client for name, client in found.clients.items() if name not in dear}
    try:
        report = verifying.verify(ledger, read, {**found.lacking, **dear}, since=since, now=now)
    finally:
        meter.take_all(read)
    if as_json:
        click.echo(json.dumps(proof.verified(report, config), ensure_ascii=False, indent=1))
    else:
        proof.show_verified(report, config)
    if not report.ok:
        raise SystemExit(FAILED)


@click.command(short_help="Buktikan catatan kejadian utuh.")
@click.option(
    "--json",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tulis semua kejadian ke berkas ini sebagai JSON.",
)
@click.pass_obj
def audit(settings: Settings, file: Path | None) -> None:
    """Buktikan bahwa tidak ada catatan yang diubah, dihapus, atau disisipkan.

    Rantai kejadian dihitung ulang, tanda terima dicocokkan dengannya, dan kepalanya dibandingkan
    dengan yang tercetak di register situs. Keluar dengan 0 hanya bila semuanya terbukti.
    """
    config = production(settings.load())
    ledger = open_ledger(config.ledger_url)
    with web.client() as http:
        shown = published.fetch(http, config.siteurl)
    result = auditing.audit(ledger, shown)
    if file:
        file.write_text(chain.exported(result, clock.now()), "utf-8")
        click.echo(f"{len(result.events)} kejadian ditulis ke {file}.")
    for line in chain.audited(result):
        click.echo(line)
    if not result.proven:
        raise SystemExit(FAILED)


@click.command(short_help="Bangun kembali buku besar yang hilang.")
@click.option(
    "--since",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Baca linimasa sejak tanggal ini (bawaan: 31 hari sebelum unggahan terakhir di register).",
)
@click.option("--unread-ok", is_flag=True, help="Teruskan walau ada linimasa yang tidak terbaca.")
@click.pass_obj
def recover(settings: Settings, since: datetime | None, *, unread_ok: bool) -> None:
    """Bangun kembali buku besar yang hilang, dari register di situs dan dari linimasa.

    Semua unggahan yang ditemukan menjadi "terkirim"; artikel lain yang sudah ada tidak akan
    diunggah. Tidak ada yang dikirim. Bila punya cadangan, pulihkan itu saja.
    """
    config = production(settings.load())
    refuse_throwaway_ledger(config)
    _refuse_existing(config)
    _refuse_faulty_content(config)
    with web.client() as http:
        shown = published.fetch(http, config.siteurl)
    if isinstance(shown, published.Silent):
        click.echo(f"Register di situs tidak terbaca: {shown.reason}. Ulangi nanti.", err=True)
        raise SystemExit(FAILED)
    now = clock.now()
    far = since.replace(tzinfo=UTC) if since else recovering.far_enough(shown, now)
    connected = accounts.connect(config)
    found = _gather(config, connected, shown, now, far)
    if found.unread and not unread_ok:
        proof.say_unread(found.unread)
        raise SystemExit(FAILED)
    articles = inventory.published(config, now)
    candidates = queueing.existing(articles, config.channels)
    stamp = Stamp(now, actor())
    ledger = create_ledger(
        config.ledger_url,
        stamp=stamp,
        site=config.siteurl,
        also=lambda new: restore(new, found.posts, candidates, head=shown.head, stamp=stamp),
    )
    Meter(ledger, config.office, clock.now).take_all(connected.clients)
    for line in proof.recovered(found, articles, ledger.where, config):
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


def _gather(
    config: Config,
    connected: accounts.Accounts,
    shown: published.Register,
    now: datetime,
    since: datetime,
) -> recovering.Found:
    site = recovering.Site(config.siteurl, inventory.by_address(config, now))
    gathered = recovering.gather(shown, site, config.channels, connected.clients, since=since)
    return replace(gathered, unread={**connected.lacking, **gathered.unread})


@click.command(short_help="Periksa setiap saluran tanpa mengunggah.")
@click.option("--json", "as_json", is_flag=True, help="Tulis sebagai JSON, untuk pemantau.")
@click.pass_obj
def doctor(settings: Settings, *, as_json: bool) -> None:
    """Periksa token, izin, jam, dan kuota setiap saluran, buku besar, dan situs.

    Tidak ada yang diunggah. Keluar dengan 1 bila ada yang rusak; saluran yang belum disiapkan
    bukan kerusakan.
    """
    config = settings.load()
    found = accounts.connect(config)
    platforms = registry.formats()
    lines = [
        *doctoring.accounts(config.channels, found.clients, found.lacking, platforms),
        *doctoring.ledger(config.ledger_url, clock.now()),
    ]
    with suppress(LedgerError):  # what is wrong with it stands among the lines
        opened = open_ledger(config.ledger_url)
        Meter(opened, config.office, clock.now).take_all(found.clients)
    with web.client() as http:
        lines += doctoring.site(config.siteurl, http, config.ledger_url)
    if as_json:
        click.echo(json.dumps(proof.examined(lines), ensure_ascii=False, indent=1))
    else:
        proof.show_examined(lines)
    if any(line.bad for line in lines):
        raise SystemExit(FAILED)


COMMANDS = (verify, audit, recover, doctor)
