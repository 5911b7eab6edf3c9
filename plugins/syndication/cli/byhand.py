"""The command for posts that a person makes: record where one stands."""

from __future__ import annotations

import click

from syndication import clock
from syndication.cli import words
from syndication.cli.settings import Settings
from syndication.environment import actor
from syndication.ledger import people, queries
from syndication.ledger.events import Stamp
from syndication.ledger.store import open_ledger
from syndication.platforms.hosts import on_loopback

WHY = "diunggah sendiri"


@click.command(short_help="Catat tautan unggahan yang Anda buat sendiri.")
@click.argument("entry", type=int)
@click.argument("url")
@click.pass_obj
def posted(settings: Settings, entry: int, url: str) -> None:
    """Catat bahwa unggahan ENTRY (nomornya di `siar status`) sudah Anda buat sendiri, di URL.

    Untuk saluran tanpa API: WhatsApp dan YouTube. Teksnya disalin dari pratinjau.
    """
    ledger = open_ledger(settings.load().ledger_url)
    _require_a_post(url, page=queries.entry(ledger, entry).url)
    stamp = Stamp(clock.now(), actor())
    done = people.resolve_delivered(ledger, entry, url=url, why=WHY, stamp=stamp)
    click.echo(f"Unggahan {entry}: {words.STATES[done.state]} di {url}")


def _require_a_post(url: str, *, page: str) -> None:
    """Stop at an address that cannot be the post's.

    Raises:
        UsageError: it is not https, or is the article's own page.
    """
    if not (url.startswith("https://") or on_loopback(url)):
        raise click.UsageError("Tulis alamat unggahannya lengkap, https://…")
    if url.rstrip("/") == page.rstrip("/"):
        raise click.UsageError("Itu alamat artikelnya. Salin tautan unggahannya dari aplikasi.")


COMMANDS = (posted,)
