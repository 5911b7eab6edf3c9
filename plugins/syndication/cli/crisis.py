"""Commands for the hour in which nothing may go out, and for afterwards."""

from __future__ import annotations

import click

from syndication import clock
from syndication.cli.settings import Settings
from syndication.environment import actor
from syndication.ledger import pauses
from syndication.ledger.events import Stamp
from syndication.ledger.store import Ledger, open_ledger


@click.command(short_help="Hentikan semua pengiriman.")
@click.option("--why", required=True, metavar="ALASAN", help="Mengapa; tercatat di buku besar.")
@click.pass_obj
def hold(settings: Settings, why: str) -> None:
    """Hentikan semua pengiriman sekarang juga, di semua saluran, sampai `siar resume`."""
    pauses.hold(_ledger(settings), why=why, stamp=Stamp(clock.now(), actor()))
    click.echo("Semua pengiriman dihentikan. Lanjutkan dengan `siar resume`.")


@click.command(short_help="Lanjutkan pengiriman.")
@click.argument("channel", required=False, default=pauses.EVERYTHING, metavar="[SALURAN]")
@click.pass_obj
def resume(settings: Settings, channel: str) -> None:
    """Lanjutkan pengiriman: semuanya, atau satu SALURAN yang sedang diistirahatkan.

    Sebuah saluran diistirahatkan sendiri bila platform menolak akunnya (token, izin, kredit).
    """
    if channel != pauses.EVERYTHING and channel not in settings.load().channels:
        known = ", ".join(sorted(settings.load().channels))
        raise click.UsageError(f'Saluran "{channel}" tidak ada. Yang ada: {known}.')
    if pauses.resume(_ledger(settings), channel, stamp=Stamp(clock.now(), actor())):
        click.echo("Dilanjutkan. Yang antre dikirim pada `siar relay` berikutnya.")
    else:
        click.echo("Tidak ada yang sedang dihentikan.")


def _ledger(settings: Settings) -> Ledger:
    return open_ledger(settings.load().ledger_url)


COMMANDS = (hold, resume)
