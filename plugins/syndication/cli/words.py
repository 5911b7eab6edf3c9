"""What the commands say: states, tables and stories in plain Indonesian."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

import click

from syndication.checking import Checked
from syndication.config import Config
from syndication.deliver.steps import Standing, Step, Summary, Waiting
from syndication.environment import secrets
from syndication.ledger.events import Event
from syndication.ledger.pauses import EVERYTHING, Pause
from syndication.model import Channel, Entry, State
from syndication.platforms import registry

STATES = {
    State.SKIPPED: "dilewati",
    State.QUEUED: "antre",
    State.BY_HAND: "menunggu orang",
    State.SENDING: "sedang dikirim",
    State.DELIVERED: "terkirim",
    State.IN_DOUBT: "meragukan",
    State.REFUSED: "ditolak",
    State.GIVEN_UP: "dihentikan",
    State.CANCELLED: "dibatalkan",
    State.WITHDRAWN: "ditarik",
}

WHEN = "%d-%m-%Y %H.%M"
WITHOUT_PICTURE = "Tanpa gambar: gambarnya tidak dapat dikirim."


def say_problems(checked: Checked) -> None:
    """Write every problem of the content, and how many there are."""
    for line in checked.lines:
        click.echo(line, err=True)


def table(entries: Sequence[Entry], *, zone: ZoneInfo) -> None:
    """Write entries as a table; on a narrow terminal its cells wrap."""
    if not entries:
        click.echo("Belum ada unggahan.")
        return
    from rich.console import Console  # noqa: PLC0415 -- 60 ms, for tables only
    from rich.table import Column, Table  # noqa: PLC0415

    link = Column("Tautan atau alasan", overflow="fold")
    grid = Table("No.", "Artikel", "Saluran", "Keadaan", link)
    for entry in entries:
        grid.add_row(
            str(entry.id), entry.title, entry.channel, STATES[entry.state], _last(entry, zone)
        )
    Console(soft_wrap=False, highlight=False).print(grid)


def _last(entry: Entry, zone: ZoneInfo) -> str:
    if entry.receipt:
        said = f"{entry.receipt.url}\n{entry.receipt.at.astimezone(zone):{WHEN}}"
        return f"{said}\n{entry.reason}" if entry.cause else said
    if entry.reason:
        return entry.reason
    return f"jatuh tempo {entry.due_at.astimezone(zone):{WHEN}}"


def story(entry: Entry, events: Iterable[Event], *, zone: ZoneInfo) -> Iterator[str]:
    """Tell all that happened to an entry, in order, one line an event."""
    yield f"Unggahan {entry.id}: {entry.title}"
    yield f"Saluran {entry.channel}, revisi {entry.revision}, artikel {entry.article_id}"
    yield f"Halaman {entry.url}"
    for event in events:
        when = event.at.astimezone(zone)
        reason = str(event.data.get("reason") or event.data.get("why") or "")
        what = EVENTS.get(event.kind, event.kind)
        yield f"{when:{WHEN}}  {what}{f': {reason}' if reason else ''} (oleh {event.actor})"
    yield f"Sekarang: {STATES[entry.state]}{f' ({entry.reason})' if entry.reason else ''}"
    if entry.receipt:
        yield f"Tayang di {entry.receipt.url}"
    if entry.goes:
        yield f"Sidik kiriman (SHA-256): {entry.goes.sha256}"
        if entry.plain:
            yield WITHOUT_PICTURE
        yield ""
        yield entry.goes.text


EVENTS = {
    "queued": "diantrekan",
    "queued_again": "diantrekan lagi",
    "replaced": "kiriman diganti",
    "refreshed": "halaman berubah",
    "skipped": "dilewati",
    "cancelled": "dibatalkan",
    "sending": "mulai dikirim",
    "delivered": "terkirim",
    "deferred": "ditunda",
    "in_doubt": "meragukan",
    "refused": "ditolak platform",
    "given_up": "dihentikan",
    "approved": "disetujui",
    "rejected": "tidak disetujui",
    "retried": "dicoba lagi atas permintaan",
    "resolved_delivered": "dinyatakan sudah tayang",
    "resolved_not_sent": "dinyatakan tidak tayang; antre lagi",
    "moved": "alamat halaman berubah",
    "correction_queued": "ralat diantrekan",
    "correction_noted": "ralat yang ada dicatat, tanpa unggahan",
    "take_back": "akan diambil kembali",
    "kept": "tidak jadi diambil kembali",
    "withdrawing": "mulai diambil kembali",
    "not_withdrawn": "belum dapat diambil kembali",
    "maybe_withdrawn": "mungkin sudah diambil kembali; dicoba lagi",
    "still_standing": "tidak dapat diambil kembali dan masih tampil",
    "withdrawn": "diambil kembali",
    "removed": "dinyatakan sudah dihapus",
    "amending": "mulai disunting menurut ralat",
    "amended": "disunting menurut ralat",
    "not_amended": "belum dapat disunting menurut ralat",
    "left_as_it_was": "tetap menampilkan teks lama",
    "repost": "diminta diulang",
    "recovered": "dipulihkan sesudah buku besar hilang",
    "recovered_in_doubt": "dipulihkan sebagai meragukan",
    "seen": "tanggapan ditandai selesai",
    "replying": "tanggapan mulai dijawab",
    "replied": "tanggapan dijawab",
    "reply_in_doubt": "jawaban atas tanggapan meragukan",
    "reply_refused": "jawaban atas tanggapan tidak terkirim",
    "reply_resolved": "jawaban yang meragukan diputuskan",
}
"""Each kind of event that the ledger records of an entry, in words."""


def step(done: Step) -> str:
    """Say what became of one entry, or why a channel was left alone."""
    if isinstance(done, Waiting):
        return f"{done.channel}: {done.entries} unggahan menunggu: {done.reason}"
    if isinstance(done, Standing):
        return f"PERHATIAN: {done.channel}: {done.title}: {done.url} {done.reason}"
    what = f"{done.channel}: {done.title}: {STATES[done.state]}"
    return f"{what} {done.url}".rstrip() + (f" ({done.reason})" if done.reason else "")


def outcome(summary: Summary) -> str:
    """Say in one line what a run of the relay did."""
    if not summary.steps:
        return "Tidak ada yang baru untuk dikirim."
    counts = Counter(result.state for result in summary.results)
    parts = [f"{number} {STATES[state]}" for state, number in counts.items()]
    waiting = sum(each.entries for each in summary.waiting)
    parts += [f"{waiting} menunggu"] if waiting else []
    stand = len(summary.standing)
    parts += [f"{stand} masih tampil padahal harus ditarik"] if stand else []
    return ", ".join(parts) + "."


def held_back(standing: Mapping[str, Pause], *, zone: ZoneInfo) -> Iterator[str]:
    """Say what is held or rests, since when, why, and how it goes on."""
    for channel, pause in standing.items():
        since = f"{pause.since.astimezone(zone):{WHEN}}"
        if channel == EVERYTHING:
            yield f"SEMUA DITAHAN sejak {since}: {pause.reason}. Lanjutkan: `siar resume`."
        else:
            until = f" sampai {pause.until.astimezone(zone):{WHEN}}" if pause.until else ""
            yield f"{channel} beristirahat{until}: {pause.reason}. Segera: `siar resume {channel}`."


def channels_not_set_up(config: Config) -> Iterator[str]:
    """Name the channels that lack a secret, and the platforms that have no channel."""
    for channel in config.channels.values():
        if missing := missing_secrets(channel):
            yield f"Saluran {channel.name} belum disiapkan: {', '.join(missing)} belum ada."
    used = {channel.platform for channel in config.channels.values()}
    if unused := sorted(set(registry.formats()) - used):
        yield f"Platform tanpa saluran: {', '.join(unused)}."


def missing_secrets(channel: Channel) -> tuple[str, ...]:
    """Name the environment variables that a channel still needs."""
    return secrets(channel)[1]
