"""The command that counts readers; the posts have no part in it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click
from babel.dates import format_date
from babel.numbers import format_decimal

from syndication import clock
from syndication.cli.settings import Settings
from syndication.config import Config, read_file
from visits import log
from visits.count import Span, Tally
from visits.figures import Views, read_views, write_views

PROGRESS_BYTES = 1 << 18
"""How much is read between two looks at the progress bar."""


@dataclass(frozen=True, slots=True)
class Places:
    """The data file of the site, and the addresses that the last build wrote."""

    views: Path
    addresses: Path


@click.command(short_help="Hitung pembaca dari log server.")
@click.argument(
    "logs",
    nargs=-1,
    required=True,
    metavar="LOG…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_obj
def views(settings: Settings, logs: tuple[Path, ...]) -> None:
    """Hitung pembaca tiap artikel dari log akses server web, tanpa menyimpan siapa mereka.

    LOG berformat common atau combined, boleh .gz. Satu pengunjung dihitung sekali untuk tiap
    artikel dan hari; robot tidak dihitung. Hari yang sudah dihitung tidak dihitung lagi, dan hari
    ini menunggu sampai lewat; jadi berikan semua log, dan ulangi kapan saja.
    """
    config = settings.load()
    places = _places(config, settings.file)
    before = _before(places.views)
    tally = Tally(
        _addresses(places.addresses), clock.now().astimezone(config.zone).date(), _span(before)
    )
    _read(logs, tally, config)
    if tally.lines and tally.unknown == tally.lines:
        raise click.ClickException(
            "Tidak satu baris pun seperti log akses (format common atau combined)."
        )
    for line in _told(tally):
        click.echo(line)
    if tally.span and tally.days:
        write_views(places.views, _after(before, tally, tally.span))


def _places(config: Config, file: str) -> Places:
    said = read_file(Path(file))
    return Places(
        views=config.content / str(said.get("VIEWS_FILE", "data/kunjungan.json")),
        addresses=config.root / str(said.get("ADDRESSES_FILE", "var/addresses.json")),
    )


def _before(file: Path) -> Views | None:
    """Return the counts so far; made-up ones are left behind."""
    try:
        found = read_views(file)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if found and found.demo:
        click.echo(f"{file.name}: angka peragaan diganti dengan hitungan dari log.")
        return None
    if found and found.until is None:
        raise click.ClickException(
            f"{file}: hari terakhir yang sudah dihitung belum disebut. "
            'Tambahkan "until": "2026-11-23", supaya tidak ada hari yang dihitung dua kali.'
        )
    return found


def _span(before: Views | None) -> Span | None:
    return Span(before.since, before.until) if before and before.until else None


def _addresses(file: Path) -> Mapping[str, str]:
    try:
        known: dict[str, str] = json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise click.ClickException(
            f"{file}: daftar alamat artikel belum ada. Jalankan `make publish` dulu."
        ) from error
    return known


def _read(logs: tuple[Path, ...], tally: Tally, config: Config) -> None:
    total = sum(file.stat().st_size for file in logs)
    with click.progressbar(length=total, label="Membaca log", file=sys.stderr) as bar:
        for file in logs:
            shown = 0
            try:
                for line, done in log.lines(file):
                    tally.take(log.entry(line, config.zone))
                    if done - shown >= PROGRESS_BYTES:
                        bar.update(done - shown)
                        shown = done
            except (OSError, EOFError) as error:
                raise click.ClickException(
                    f"{file}: tidak terbaca sampai akhir ({error}). Tidak ada yang dihitung."
                ) from error
            bar.update(file.stat().st_size - shown)


def _told(tally: Tally) -> list[str]:
    """Say what was found."""
    if not tally.days:
        until = f" Sudah dihitung sampai {_date(tally.counted.last)}." if tally.counted else ""
        return [f"{_number(tally.lines)} baris, tidak ada hari baru yang sudah lewat.{until}"]
    days = f"{_date(min(tally.days))} sampai {_date(max(tally.days))}"
    found = f"{_number(tally.counts.total())}, pada {len(tally.counts)} artikel, {days}"
    said = [f"{_number(tally.lines)} baris. Kunjungan baru: {found}."]
    if tally.robots:
        said.append(f"{_number(tally.robots)} baris dari robot; dilewati.")
    if tally.nameless:
        said.append(
            f"{_number(tally.nameless)} baris tidak menyebut peramban (format common): "
            "robot di antaranya ikut terhitung."
        )
    if tally.unknown:
        said.append(f"{_number(tally.unknown)} baris bukan baris log; dilewati.")
    if tally.counted and min(tally.days) > tally.counted.last + timedelta(days=1):
        gap = tally.counted.last + timedelta(days=1), min(tally.days) - timedelta(days=1)
        said.append(
            f"Log {_date(gap[0])} sampai {_date(gap[1])} tidak diberikan; "
            "hari itu dianggap sudah dihitung."
        )
    return said


def _after(before: Views | None, tally: Tally, span: Span) -> Views:
    counts = Counter(before.counts if before else {}) + tally.counts
    return Views(counts, span.first, demo=False, until=span.last)


def _date(day: date) -> str:
    return format_date(day, "d MMMM y", locale="id")


def _number(value: int) -> str:
    return format_decimal(value, locale="id")


COMMANDS = (views,)
