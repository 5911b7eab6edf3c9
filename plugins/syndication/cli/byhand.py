"""The command for posts that a person makes: record where one stands."""

from __future__ import annotations

import click

from syndication import clock
from syndication.cli import accounts, words
from syndication.cli.settings import Settings
from syndication.config import Config
from syndication.deliver import locating
from syndication.environment import actor
from syndication.ledger import people, queries
from syndication.ledger.events import Stamp
from syndication.ledger.store import Ledger, open_ledger
from syndication.model import Entry
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
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    found = queries.entry(ledger, entry)
    _require_a_post(url, page=found.url)
    number = located(config, ledger, found, url)
    stamp = Stamp(clock.now(), actor())
    done = people.resolve_delivered(ledger, entry, url=url, why=WHY, stamp=stamp, post_id=number)
    click.echo(f"Unggahan {entry}: {words.STATES[done.state]} di {url}")


def located(config: Config, ledger: Ledger, entry: Entry, url: str) -> str:
    """Find the id of the post at an address, and say what it means where there is none.

    Raises:
        NotPossible: the address is none of a post of this account.
    """
    channel = config.channels.get(entry.channel)
    if channel is None:
        return ""
    client = accounts.connect(config).clients.get(entry.channel)
    number = locating.post_id(ledger, entry, channel, client, url)
    if client and not number:
        click.echo(
            "Nomor unggahannya tidak ditemukan: meralat atau menariknya nanti dengan tangan."
        )
    return number


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
