"""The command that accounts for a month: Markdown to be pasted, or JSON."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from syndication import clock
from syndication.cli.monthly_words import account_row, written
from syndication.cli.settings import Settings
from syndication.ledger.period import Period
from syndication.ledger.store import open_ledger
from syndication.listen.accounting import account

MONTH = "%Y-%m"
DECEMBER = 12


@click.command(short_help="Laporan satu bulan untuk pimpinan.")
@click.option(
    "--month",
    metavar="BULAN",
    type=click.DateTime([MONTH]),
    help="Bulan yang dilaporkan (YYYY-MM); bawaan: bulan ini.",
)
@click.option("--json", "as_json", is_flag=True, help="Tulis sebagai JSON, untuk program lain.")
@click.pass_obj
def report(settings: Settings, month: datetime | None, *, as_json: bool) -> None:
    """Tulis laporan satu bulan: unggahan, tanggapan, angka, biaya, dan artikel teratas.

    Bentuknya tabel Markdown yang dapat ditempel. Angkanya yang terakhir dibaca `siar listen`.
    """
    config = settings.load()
    now = clock.now()
    ledger = open_ledger(config.ledger_url)
    period = _period(month or now.astimezone(config.zone), config.zone)
    drawn = account(ledger, config.office, config.channels, period)
    if as_json:
        click.echo(json.dumps(account_row(drawn), ensure_ascii=False, indent=1))
        return
    for line in written(drawn, now.astimezone(config.zone)):
        click.echo(line)


def _period(month: datetime, zone: ZoneInfo) -> Period:
    """Return the month's first moment and that of the next one, in the site's zone."""
    year, number = month.year, month.month
    start = datetime(year, number, 1, tzinfo=zone)
    end = datetime(year + number // DECEMBER, number % DECEMBER + 1, 1, tzinfo=zone)
    return Period(start, end)


COMMANDS = (report,)
