"""Commands for what follows a post: old copies in public, a deliberate repeat, a removal."""

from __future__ import annotations

import json

import click

from syndication import clock
from syndication.cli.settings import Settings
from syndication.cli.words import STATES
from syndication.config import Config
from syndication.environment import actor
from syndication.ledger import revisions
from syndication.ledger.events import Stamp
from syndication.ledger.revisions import OldCopy
from syndication.ledger.store import open_ledger
from syndication.model import JSON, State


@click.command(short_help="Daftar unggahan lama yang belum diralat atau ditarik.")
@click.option("--json", "as_json", is_flag=True, help="Tulis sebagai JSON, untuk program lain.")
@click.pass_obj
def corrections(settings: Settings, *, as_json: bool) -> None:
    """Sebut unggahan di publik yang masih menampilkan teks lama, atau seharusnya sudah ditarik."""
    config = settings.load()
    copies = revisions.old_copies(open_ledger(config.ledger_url))
    if as_json:
        rows = [_row(each, config) for each in copies]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for each in copies:
        entry = each.entry
        url = entry.receipt.url if entry.receipt else ""
        click.echo(f"{_platform(each, config)} ({entry.channel}): {entry.title}")
        click.echo(f"  {entry.id}: {url}\n  {_says(each)}")
    if not copies:
        click.echo("Tidak ada unggahan lama yang masih tampil.")


def _says(each: OldCopy) -> str:
    correction = each.correction
    if correction is None:
        return each.entry.reason
    if correction.state is State.DELIVERED and correction.receipt:
        return f"masih menampilkan teks lama; ralatnya di {correction.receipt.url}"
    reason = f" ({correction.reason})" if correction.reason else ""
    return f"masih menampilkan teks lama; ralatnya {STATES[correction.state]}{reason}"


def _platform(each: OldCopy, config: Config) -> str:
    channel = config.channels.get(each.entry.channel)
    return channel.platform if channel else each.entry.channel


def _row(each: OldCopy, config: Config) -> dict[str, JSON]:
    return {
        "entry": each.entry.id,
        "article": each.entry.article_id,
        "platform": _platform(each, config),
        "channel": each.entry.channel,
        "post": each.entry.receipt.url if each.entry.receipt else None,
        "correction": each.correction.id if each.correction else None,
        "says": _says(each),
    }


@click.command(short_help="Ulangi unggahan dengan sengaja.")
@click.argument("entry", type=int, metavar="NOMOR")
@click.option("--why", required=True, metavar="ALASAN", help="Mengapa; tercatat di buku besar.")
@click.pass_obj
def repost(settings: Settings, entry: int, why: str) -> None:
    """Unggah lagi artikel dari unggahan NOMOR di salurannya, misalnya pengingat lelang.

    Teksnya disusun pada build produksi berikutnya dan diawali "Pengingat:" bila yang lama masih
    tampil. Ini juga satu-satunya jalan bagi unggahan yang dilewati.
    """
    ledger = open_ledger(settings.load().ledger_url)
    made = revisions.repost(ledger, entry, why=why, stamp=Stamp(clock.now(), actor()))
    click.echo(f"Unggahan {made.id} diantrekan di {made.channel}; disusun pada build berikutnya.")


@click.command(short_help="Catat unggahan yang Anda hapus sendiri.")
@click.argument("entry", type=int, metavar="NOMOR")
@click.option("--why", required=True, metavar="ALASAN", help="Mengapa; tercatat di buku besar.")
@click.pass_obj
def removed(settings: Settings, entry: int, why: str) -> None:
    """Catat bahwa unggahan NOMOR sudah Anda hapus sendiri dari salurannya."""
    ledger = open_ledger(settings.load().ledger_url)
    done = revisions.removed(ledger, entry, why=why, stamp=Stamp(clock.now(), actor()))
    click.echo(f"Unggahan {entry}: {STATES[done.state]}.")


COMMANDS = (corrections, repost, removed)
