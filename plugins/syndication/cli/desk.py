"""Commands on the ledger: begin it, look into it, and settle what a person has to settle."""

from __future__ import annotations

import json
from datetime import date, datetime
from itertools import chain

import click

from syndication import clock, inventory, queueing
from syndication.checking import check_content
from syndication.cli import byhand, overview, words
from syndication.cli.settings import Settings
from syndication.deliver.gate import Gate
from syndication.environment import actor, refuse_throwaway_ledger
from syndication.ledger import outbox, pauses, people, queries, runs
from syndication.ledger.events import Stamp
from syndication.ledger.store import create_ledger, open_ledger
from syndication.model import Entry, State

FAILED = 1


@click.command(short_help="Buat buku besar (ledger) sekali saja.")
@click.option(
    "--since",
    metavar="TANGGAL",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Lewati hanya artikel bertanggal lebih awal dari ini (YYYY-MM-DD).",
)
@click.pass_obj
def init(settings: Settings, since: datetime | None) -> None:
    """Buat buku besar (ledger); artikel yang sudah ada tidak akan pernah diunggah.

    Dengan --since, hanya artikel bertanggal lebih awal yang dilewati; sisanya diunggah pada
    build produksi berikutnya.
    """
    config = settings.load()
    refuse_throwaway_ledger(config)
    checked = check_content(config, clock.now())
    if checked.errors:
        words.say_problems(checked)
        raise SystemExit(FAILED)
    first = since.date() if since else None
    stamp = Stamp(clock.now(), actor())
    found = inventory.published(config, stamp.at)
    candidates = queueing.existing(found, config.channels)
    ledger = create_ledger(config.ledger_url, stamp=stamp, since=first, site=config.siteurl)
    done = outbox.skip_existing(ledger, candidates, since=first, zone=config.zone, stamp=stamp)
    click.echo(f"Buku besar (ledger) dibuat: {ledger.where}")
    click.echo(_what_init_did(len({change.article_id for change in done}), len(found), first))


def _what_init_did(skipped: int, articles: int, since: date | None) -> str:
    if since is None:
        return f"{skipped} artikel yang sudah ada dilewati. Yang baru sejak sekarang akan diunggah."
    return (
        f"{skipped} dari {articles} artikel dilewati karena bertanggal sebelum {since}. "
        "Sisanya diantrekan pada build produksi berikutnya (`make publish`)."
    )


@click.command(short_help="Perlihatkan semua unggahan.")
@click.option("--all", "everything", is_flag=True, help="Sertakan yang dilewati.")
@click.option("--json", "as_json", is_flag=True, help="Tulis sebagai JSON, untuk program lain.")
@click.pass_obj
def status(settings: Settings, *, everything: bool, as_json: bool) -> None:
    """Perlihatkan setiap unggahan: artikel, saluran, keadaan, dan tautannya."""
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    gate, now = Gate(ledger, config.office), clock.now()
    entries = overview.with_reasons(queries.entries(ledger), gate)
    if as_json:
        known = {
            "last_run": overview.run_row(runs.last(ledger)),
            "used": overview.used_rows(config, gate, now),
            "entries": [_row(entry) for entry in entries],
        }
        click.echo(json.dumps(known, ensure_ascii=False, indent=1))
        return
    shown = [entry for entry in entries if everything or entry.state is not State.SKIPPED]
    words.table(shown, zone=config.zone)
    if skipped := len(entries) - len(shown):
        click.echo(f"{skipped} unggahan dilewati (`siar status --all` memperlihatkannya).")
    standing = pauses.standing(ledger, now)
    for line in chain(
        overview.standing(entries),
        words.held_back(standing, zone=config.zone),
        overview.used(config, gate, now),
        words.channels_not_set_up(config),
        [overview.last_run(runs.last(ledger), zone=config.zone)],
    ):
        click.echo(line)


def _row(entry: Entry) -> dict[str, object]:
    return {
        "entry": entry.id,
        "article": entry.article_id,
        "lang": entry.lang,
        "title": entry.title,
        "channel": entry.channel,
        "revision": entry.revision,
        "category": entry.category,
        "priority": entry.priority,
        "payload_sha256": entry.goes.sha256 if entry.goes else None,
        "state": entry.state.value,
        "reason": entry.reason,
        "cause": entry.cause,
        "due_at": entry.due_at.isoformat(),
        "attempts": entry.attempts,
        "page": entry.url,
        "post": entry.receipt.url if entry.receipt else None,
        "delivered_at": entry.receipt.at.isoformat() if entry.receipt else None,
    }


@click.command(short_help="Ceritakan perjalanan satu unggahan.")
@click.argument("entry", type=int)
@click.pass_obj
def explain(settings: Settings, entry: int) -> None:
    """Ceritakan perjalanan satu unggahan (ENTRY: nomornya di `siar status`)."""
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    gate = Gate(ledger, config.office)
    (found,) = overview.with_reasons([queries.entry(ledger, entry)], gate)
    for line in words.story(found, queries.story(ledger, entry), zone=config.zone):
        click.echo(line)


@click.command(short_help="Putuskan unggahan yang meragukan.")
@click.argument("entry", type=int)
@click.option("--delivered", metavar="URL", help="Unggahan ternyata tayang, di alamat ini.")
@click.option("--not-sent", is_flag=True, help="Unggahan ternyata tidak tayang; kirim lagi.")
@click.option("--why", default="", help="Alasan atau cara Anda memeriksanya.")
@click.pass_obj
def resolve(
    settings: Settings, entry: int, delivered: str | None, why: str, *, not_sent: bool
) -> None:
    """Putuskan unggahan yang meragukan, sesudah Anda melihat sendiri salurannya."""
    if bool(delivered) == not_sent:
        raise click.UsageError("Pilih salah satu: --delivered URL atau --not-sent.")
    config = settings.load()
    ledger = open_ledger(config.ledger_url)
    stamp = Stamp(clock.now(), actor())
    if delivered:
        number = byhand.located(config, ledger, queries.entry(ledger, entry), delivered)
        people.resolve_delivered(ledger, entry, url=delivered, why=why, stamp=stamp, post_id=number)
    else:
        people.resolve_not_sent(ledger, entry, why=why, stamp=stamp)
    click.echo(f"Unggahan {entry}: {words.STATES[queries.entry(ledger, entry).state]}.")


COMMANDS = (init, status, explain, resolve)
