"""Commands for writers: check what is written, begin an article, see its posts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from syndication import clock
from syndication.checking import check_content, look, terms_of
from syndication.cli import words
from syndication.cli.settings import Settings
from syndication.config import Config
from syndication.content import fix, folder, new
from syndication.preview import serve

FAILED = 1
ARTICLES = "artikel"


@click.command(short_help="Periksa semua naskah.")
@click.option("--fix", "mend", is_flag=True, help="Tambahkan ID pada artikel yang belum punya.")
@click.pass_obj
def check(settings: Settings, *, mend: bool) -> None:
    """Periksa semua artikel dan halaman; setiap kesalahan disebut sekaligus."""
    config = settings.load()
    if mend:
        add_ids(config)
    checked = check_content(config, clock.now())
    words.say_problems(checked)
    if checked.errors:
        raise SystemExit(FAILED)


def add_ids(config: Config) -> None:
    """Give each article that lacks one an ID, and say which."""
    now = clock.now().astimezone(config.zone)
    found = look(config)
    terms = terms_of(config, found, now)
    for name, data in fix.missing_ids(found.sources(), terms, new.identity).items():
        folder.write(config.root / name, data)
        click.echo(f"{name}: diberi ID.")


@click.command(name="new", short_help="Mulai artikel baru.")
@click.argument("judul")
@click.pass_obj
def begin(settings: Settings, judul: str) -> None:
    """Mulai artikel baru berjudul JUDUL: berkas draf dengan ID, siap diisi."""
    config = settings.load()
    try:
        begun = new.begin(judul, clock.now().astimezone(config.zone))
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    file = config.content / ARTICLES / begun.name
    if file.exists():
        raise click.ClickException(f"{file} sudah ada. Pilih judul lain, atau sunting berkas itu.")
    file.parent.mkdir(parents=True, exist_ok=True)
    folder.write(file, begun.text.encode())
    click.echo(f"{file.relative_to(config.root)}: tinggal diisi. Sesudahnya: `make check`.")


@click.command(short_help="Lihat unggahan sebelum terbit.")
@click.option("--port", default=8012, show_default=True, help="Nomor port di mesin ini.")
@click.pass_obj
def preview(settings: Settings, port: int) -> None:
    """Perlihatkan setiap unggahan sebelum terbit, dan ikuti perubahan naskah."""
    config = settings.load()
    pages = config.root / "var" / "pratinjau"
    command = [
        *(str(Path(sys.executable).with_name("pelican")), "--settings", settings.file),
        *("--output", str(config.root / "var" / "pratinjau-situs")),
        *("--extra-settings", "SYNDICATION_PUBLISH=false", f'SYNDICATION_PREVIEW="{pages}"'),
    ]
    try:
        serve.serve(pages, port=port, watch=config.content, rebuild=serve.running(command))
    except serve.PortTaken as error:
        raise click.ClickException(str(error)) from error


COMMANDS = (check, begin, preview)
