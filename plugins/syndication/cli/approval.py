"""Commands for those who answer for a post: approve it, reject it, let it be tried again."""

from __future__ import annotations

import click

from syndication import clock
from syndication.cli import words
from syndication.cli.settings import Settings
from syndication.deliver.gate import Gate
from syndication.environment import actor
from syndication.ledger import approvals, people
from syndication.ledger.events import Stamp
from syndication.ledger.queries import entry as entry_of
from syndication.ledger.store import open_ledger


@click.command(short_help="Setujui unggahan yang menunggu.")
@click.argument("entries", type=int, nargs=-1, required=True, metavar="NOMOR…")
@click.option(
    "--sha256",
    "seen",
    default="",
    metavar="SIDIK",
    help="Hanya bila kirimannya bersidik ini (awalnya cukup); tampil di pratinjau.",
)
@click.pass_obj
def approve(settings: Settings, entries: tuple[int, ...], seen: str) -> None:
    """Setujui unggahan ENTRY (NOMOR di `siar status`), persis seperti teksnya sekarang.

    Bila sesudahnya teks atau gambarnya berubah, persetujuan ini gugur. Bila dua orang diminta,
    masing-masing menjalankan perintah ini dengan akunnya sendiri (atau SIAR_ACTOR).
    """
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    gate = Gate(ledger, config.office)
    for number in entries:
        done = approvals.approve(ledger, number, seen=seen, stamp=Stamp(clock.now(), actor()))
        text = done.payload.text if done.payload else ""
        missing = gate.unapproved(entry_of(ledger, number))
        click.echo(text)
        if done.plain:
            click.echo(words.WITHOUT_PICTURE)
        click.echo(f"Unggahan {number} disetujui {actor()}{f'; {missing}' if missing else ''}.")


@click.command(short_help="Tolak unggahan yang menunggu.")
@click.argument("entries", type=int, nargs=-1, required=True, metavar="NOMOR…")
@click.option("--why", required=True, metavar="ALASAN", help="Mengapa; tercatat di buku besar.")
@click.pass_obj
def reject(settings: Settings, entries: tuple[int, ...], why: str) -> None:
    """Tolak unggahan ENTRY: tidak dikirim sampai naskahnya berubah."""
    ledger = open_ledger(settings.load().ledger_url)
    for number in entries:
        done = approvals.reject(ledger, number, why=why, stamp=Stamp(clock.now(), actor()))
        click.echo(f"Unggahan {number}: {words.STATES[done.state]} ({done.reason}).")


@click.command(short_help="Coba lagi unggahan yang gagal.")
@click.argument("entries", type=int, nargs=-1, required=True, metavar="NOMOR…")
@click.pass_obj
def retry(settings: Settings, entries: tuple[int, ...]) -> None:
    """Coba lagi unggahan ENTRY yang ditolak, dihentikan, atau ditunda, pada `siar relay` berikut.

    Embargo, persetujuan, dan aturan kantor lainnya tetap berlaku. Untuk yang meragukan:
    `siar resolve`.
    """
    ledger = open_ledger(settings.load().ledger_url)
    for number in entries:
        done = people.retry(ledger, number, stamp=Stamp(clock.now(), actor()))
        click.echo(f"Unggahan {number}: {words.STATES[done.state]}.")


COMMANDS = (approve, reject, retry)
