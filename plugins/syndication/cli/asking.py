"""Ask the servers what they take, so that the builds to come compose by it."""

from __future__ import annotations

from contextlib import suppress

import click

from syndication import clock, kept
from syndication.cli import outside, overview
from syndication.cli.settings import Settings
from syndication.config import Config
from syndication.deliver.gate import Gate
from syndication.ledger.errors import Missing
from syndication.ledger.store import open_ledger
from syndication.platforms.protocol import Failure, Limited

FAILED = 1


@click.command(short_help="Tanyakan batas tiap server.")
@click.pass_obj
def limits(settings: Settings) -> None:
    """Tanyakan batas tulisan kepada setiap server yang punya batas sendiri, lalu simpan.

    Build berikutnya menyusun unggahan menurut batas itu. Batas yang lama tetap dipakai bila
    sebuah server sedang tidak menjawab. Yang terpakai dari batas harian dan anggaran disebut juga.
    """
    config = settings.load()
    known = dict(kept.read(config.root))
    silent = False
    for name, client in outside.clients(config).items():
        if not isinstance(client, Limited):
            continue
        try:
            known[name] = dict(client.own_limits())
            click.echo(f"{name}: {known[name]['limit']} karakter.")
        except Failure as failure:
            silent = True
            click.echo(f"{name}: {failure.reason}", err=True)
    kept.write(config.root, known)
    _say_used(config)
    if silent:
        raise SystemExit(FAILED)


def _say_used(config: Config) -> None:
    """Say what is used of the office's own limits; an office without a ledger has used nothing."""
    with suppress(Missing):
        gate = Gate(open_ledger(config.ledger_url), config.office)
        for line in overview.used(config, gate, clock.now()):
            click.echo(line)


COMMANDS = (limits,)
