"""The command that listens: what people said, and how posts fared, come back into the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

import click

from syndication import clock
from syndication.cli.outside import clients
from syndication.cli.settings import Settings
from syndication.config import Config
from syndication.deliver.gate import Gate
from syndication.environment import actor
from syndication.ledger import responses, runs
from syndication.ledger.events import Stamp
from syndication.ledger.store import Ledger, open_ledger
from syndication.listen.listening import DEAF, Listener, Look
from syndication.office import dollars
from syndication.platforms.protocol import Client

FAILED = 1
LISTEN = "listen"
"""The kind under which a run is recorded."""

CUT_SHORT = "berhenti sebelum selesai; lihat pesannya di tempat ia dijalankan."


@click.command(short_help="Baca tanggapan dan angka dari saluran.")
@click.option("--channel", default="", metavar="SALURAN", help="Hanya saluran ini.")
@click.pass_obj
def listen(settings: Settings, channel: str) -> None:
    """Baca tanggapan warga dan angka unggahan dari setiap saluran yang mengizinkannya.

    Boleh diulang kapan saja. Saluran yang gagal tidak menghentikan yang lain; perintah ini lalu
    keluar dengan 1. Tanggapan yang sudah lama dihapus nama dan isinya (SYNDICATION_INBOX_DAYS).
    """
    config = settings.load()
    chosen = known_channel(config, channel)
    ledger = open_ledger(config.ledger_url)
    connected = clients(config)
    if chosen and chosen not in connected:
        click.echo(f"{chosen}: tidak dapat dibaca dari sini; bacalah di aplikasinya.")
    listener = _listener(config, ledger, connected)
    with _recorded(ledger) as said:
        _forget(ledger, config)
        looks = [_told(listener.listen(name)) for name in connected if not chosen or name == chosen]
        said.append(_summed(looks))
    click.echo(said[-1])
    if any(look.trouble for look in looks):
        raise SystemExit(FAILED)


def _listener(config: Config, ledger: Ledger, connected: Mapping[str, Client]) -> Listener:
    return Listener(
        ledger=ledger,
        clients=connected,
        gate=Gate(ledger, config.office),
        clock=clock.now,
        actor=actor(),
        window=timedelta(days=config.listen_days),
        beginning=_begins,
    )


def known_channel(config: Config, channel: str) -> str:
    """Return the channel that was asked for, "" for all.

    Raises:
        UsageError: there is none of this name.
    """
    if channel and channel not in config.channels:
        known = ", ".join(sorted(config.channels))
        raise click.UsageError(f'Saluran "{channel}" tidak ada. Yang ada: {known}.')
    return channel


@contextmanager
def _recorded(ledger: Ledger) -> Iterator[list[str]]:
    """Keep on record that a run began and ended; what was said last is how."""
    said: list[str] = []
    runs.begin(ledger, Stamp(clock.now(), actor()), LISTEN)
    try:
        yield said
    finally:
        runs.end(ledger, Stamp(clock.now(), actor()), said[-1] if said else CUT_SHORT, LISTEN)


def _forget(ledger: Ledger, config: Config) -> None:
    now = clock.now()
    gone = responses.forget(ledger, now - timedelta(days=config.inbox_days), Stamp(now, actor()))
    if gone.responses:
        unanswered = f", {gone.waiting} di antaranya belum dijawab" if gone.waiting else ""
        click.echo(
            f"{gone.responses} tanggapan berumur lebih dari {config.inbox_days} hari: nama dan "
            f"isinya dihapus{unanswered}."
        )


def _begins(channel: str, posts: int) -> None:
    click.echo(f"{channel}: membaca {posts} unggahan …")


def _told(look: Look) -> Look:
    """Say what a look brought, while the others are still to come."""
    if look.aside == DEAF:
        click.echo(f"{look.channel}: {look.aside}.")
        return look
    parts = [f"{look.heard} tanggapan baru", f"angka {look.measured} unggahan"]
    if look.cost:
        parts.append(f"{look.reads} bacaan ({dollars(look.cost)})")
    click.echo(f"{look.channel}: {', '.join(parts)}.")
    if look.aside:
        click.echo(f"{look.channel}: {look.aside}.")
    if look.trouble:
        click.echo(f"{look.channel}: belum terbaca semua: {look.trouble}", err=True)
    return look


def _summed(looks: list[Look]) -> str:
    heard = sum(look.heard for look in looks)
    failed = [look.channel for look in looks if look.trouble]
    wrong = f" Gagal dibaca: {', '.join(failed)}." if failed else ""
    hint = " Lihat: `siar inbox`." if heard else ""
    return f"{heard} tanggapan baru.{wrong}{hint}"


COMMANDS = (listen,)
