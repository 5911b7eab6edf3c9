"""Ask the servers what they take, so that the builds to come compose by it."""

from __future__ import annotations

import click

from syndication import kept
from syndication.cli import outside
from syndication.cli.settings import Settings
from syndication.platforms.protocol import Failure, Limited

FAILED = 1


@click.command(short_help="Tanyakan batas tiap server.")
@click.pass_obj
def limits(settings: Settings) -> None:
    """Tanyakan batas tulisan kepada setiap server yang punya batas sendiri, lalu simpan.

    Build berikutnya menyusun unggahan menurut batas itu. Batas yang lama tetap dipakai bila
    sebuah server sedang tidak menjawab.
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
    if silent:
        raise SystemExit(FAILED)


COMMANDS = (limits,)
