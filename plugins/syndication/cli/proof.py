"""What `verify` and `doctor` say: in plain Indonesian, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import click

from syndication.cli.words import STATES, WHEN
from syndication.compose.rules import packaged
from syndication.config import Config
from syndication.deliver.doctor import Line
from syndication.deliver.judging import Verdict
from syndication.deliver.verify import Report
from syndication.model import JSON
from syndication.platforms.protocol import Sign

VERDICTS = {
    Verdict.PRESENT: "ada",
    Verdict.MISSING: "hilang",
    Verdict.ALTERED: "berubah",
    Verdict.DUPLICATED: "ganda",
    Verdict.STILL_SHOWN: "masih tampil",
    Verdict.NOT_CHECKABLE: "tidak dapat diperiksa",
}
SIGNS = {
    Sign.GOOD: "baik",
    Sign.BAD: "RUSAK",
    Sign.UNKNOWN: "tidak diketahui",
    Sign.UNSET: "belum disiapkan",
}


def verified(report: Report, config: Config) -> Mapping[str, JSON]:
    """Write a report as data."""
    return {
        "ok": report.ok,
        "checked": [
            {
                "entry": each.entry.id,
                "article": each.entry.article_id,
                "channel": each.entry.channel,
                "revision": each.entry.revision,
                "post": each.receipt.url,
                "verdict": each.verdict.value,
                "reason": each.says,
            }
            for each in report.checked
        ],
        "late": [
            {
                "entry": each.id,
                "article": each.article_id,
                "channel": each.channel,
                "state": each.state.value,
                "due_at": each.due_at.isoformat(),
                "reason": each.reason,
            }
            for each in report.late
        ],
        "stray": [
            {"entry": each.entry.id, "channel": each.entry.channel, "post": each.seen.url}
            for each in report.stray
        ],
        "unread": dict(report.unread),
        "read": dict(report.read),
        "cost_usd": cost(report.read, config),
    }


def show_verified(report: Report, config: Config) -> None:
    """Write a report for a person: a table, what is late, and what the reading cost."""
    rows = [
        (
            str(each.entry.id),
            each.entry.title,
            each.entry.channel,
            VERDICTS[each.verdict],
            f"{each.receipt.url}\n{each.says}".rstrip(),
        )
        for each in report.checked
    ]
    _table(("No.", "Artikel", "Saluran", "Hasil", "Unggahan"), rows)
    for late in report.late:
        due = late.due_at.astimezone(config.zone)
        what = f"Seharusnya sudah terkirim: {late.id}, {late.title} di {late.channel}"
        reason = f": {late.reason}" if late.reason else ""
        click.echo(f"{what} ({STATES[late.state]}, jatuh tempo {due:{WHEN}}){reason}")
    for stray in report.stray:
        entry = stray.entry
        click.echo(
            f"Tampil di {stray.seen.url}, padahal {entry.id} ({entry.title}) masih "
            f"{STATES[entry.state]}: `siar resolve {entry.id} --delivered {stray.seen.url}`"
        )
    say_unread(report.unread)
    counts = Counter(VERDICTS[each.verdict] for each in report.checked)
    click.echo(", ".join(f"{number} {word}" for word, number in counts.items()) or "Belum ada.")
    if paid := cost(report.read, config):
        click.echo(f"Biaya membaca: paling banyak {paid:.3f} dolar AS.")


def say_unread(unread: Mapping[str, str]) -> None:
    """Name the channels whose timeline could not be read."""
    for channel, reason in unread.items():
        click.echo(f"{channel}: linimasa tidak terbaca: {reason}", err=True)


def cost(read: Mapping[str, int], config: Config) -> float:
    """Reckon what reading back cost, in US dollars."""
    prices = {
        name: packaged(config.channels[name].platform).price_read
        for name in read
        if name in config.channels
    }
    return sum(read[name] * price for name, price in prices.items())


def examined(lines: Iterable[Line]) -> list[JSON]:
    """Write what was looked at as data."""
    return [
        {
            "subject": line.subject,
            "about": line.about,
            "sign": line.finding.sign.value,
            "says": line.finding.says,
        }
        for line in lines
    ]


def show_examined(lines: Iterable[Line]) -> None:
    """Write what was looked at as a table."""
    rows = [
        (line.subject, line.about, SIGNS[line.finding.sign], line.finding.says) for line in lines
    ]
    _table(("Yang diperiksa", "Hal", "Keadaan", "Keterangan"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415 -- 60 ms, for tables only
    from rich.table import Column, Table  # noqa: PLC0415

    *firsts, last = heads
    grid = Table(*firsts, Column(last, overflow="fold"))
    for row in rows:
        grid.add_row(*row)
    Console(soft_wrap=False, highlight=False, markup=False).print(grid)
