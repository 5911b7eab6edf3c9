"""Commands that read back and prove: what the accounts show, the chain of events."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import click

from syndication import clock
from syndication.cli import accounts, chain, proof
from syndication.cli.outside import production
from syndication.cli.settings import Settings
from syndication.deliver import audit as auditing
from syndication.deliver import doctor as doctoring
from syndication.deliver import published, web
from syndication.deliver import verify as verifying
from syndication.deliver.metering import Meter
from syndication.ledger.errors import LedgerError
from syndication.ledger.store import open_ledger
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


COMMANDS = (verify, audit, doctor)
