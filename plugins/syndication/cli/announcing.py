"""The command that tells hubs and search engines what changed; the posts have no part in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click

from announce import site
from announce.listeners import INDEX_NOW, Hub, IndexNow, Listener
from announce.run import tell_all
from syndication.cli.outside import production
from syndication.cli.settings import Settings
from syndication.config import read_file
from syndication.deliver import web

KEY = re.compile(r"[A-Za-z0-9-]{8,128}")
"""What IndexNow takes as a key (https://www.indexnow.org/documentation, 2026-11-24)."""


@click.command(short_help="Kabari hub WebSub dan IndexNow.")
@click.pass_obj
def announce(settings: Settings) -> None:
    """Kabari hub WebSub (umpan) dan IndexNow (halaman) tentang apa yang berubah dan sudah tayang.

    Yang dikabari disebut dalam setelan WEBSUB_HUBS dan INDEXNOW_KEY; tanpa keduanya tidak ada yang
    dikabari. Setiap perubahan dikabarkan sekali; yang gagal dicoba lagi pada jalan berikutnya.
    """
    config = production(settings.load())
    said = read_file(Path(settings.file))
    listeners = _listeners(said, config.siteurl)
    if not listeners:
        click.echo("Tidak ada yang perlu dikabari: WEBSUB_HUBS dan INDEXNOW_KEY kosong.")
        return
    feeds = [
        path.relative_to(config.output).as_posix()
        for name in site.FEEDS
        for path in config.output.rglob(name)
    ]
    try:
        with web.client() as http:
            live = site.read(http, config.siteurl, feeds)
            file = config.root / str(said.get("ANNOUNCED_FILE", "var/announced.json"))
            took = tell_all(http, listeners, live, file, click.echo)
    except site.NotLive as lack:
        raise click.ClickException(f"{lack}. Tayangkan dahulu situsnya: invoke deploy.") from lack
    if not took:
        raise SystemExit(1)


def _listeners(said: Mapping[str, object], siteurl: str) -> list[Listener]:
    hubs, key = said.get("WEBSUB_HUBS", ()), str(said.get("INDEXNOW_KEY", ""))
    if not isinstance(hubs, (list, tuple)):
        raise click.ClickException(
            'WEBSUB_HUBS harus berupa daftar, misalnya ["https://hub.example/"].'
        )
    listeners: list[Listener] = [Hub(str(each)) for each in hubs]
    if key:
        if not KEY.fullmatch(key):
            raise click.ClickException(
                "INDEXNOW_KEY harus 8 sampai 128 huruf, angka, atau tanda hubung."
            )
        listeners.append(IndexNow(siteurl, key, str(said.get("INDEXNOW_ENDPOINT", INDEX_NOW))))
    return listeners


COMMANDS = (announce,)
