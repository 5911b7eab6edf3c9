"""How a month's account reads: tables in Markdown, numbers as Indonesians write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal

from syndication.cli.words import WHEN
from syndication.listen.accounting import Account, ChannelMonth
from syndication.listen.words import on_one_line
from syndication.model import JSON
from syndication.office import dollars

UNSAID = "–"
TOP = 10
"""How many articles the report names (our choice): what fits beside the tables on one page."""

MARKDOWN = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|"})


def written(drawn: Account, now: datetime) -> Iterator[str]:
    """Write the account; `now` is in the site's zone."""
    rows = [*drawn.channels, drawn.total]
    yield f"# Saluran resmi, {format_date(drawn.period.start, 'MMMM y', locale='id')}"
    yield ""
    yield f"Dari buku besar, {now:{WHEN}}. {UNSAID} berarti tidak ada atau tidak disebut platform."
    yield from _section(
        "Unggahan",
        ("Saluran", "Terkirim", "Ralat", "Ditarik", "Ditolak"),
        ((_name(row), row.posts, row.corrected, row.withdrawn, row.refused) for row in rows),
    )
    yield from _section(
        "Tanggapan warga",
        ("Saluran", "Masuk", "Dijawab", "Cukup dibaca", "Menunggu", "Waktu jawab (median)"),
        ((_name(row), *_talk(row)) for row in rows),
    )
    yield from _section(
        "Tambahan selama bulan ini",
        ("Saluran", "Dilihat", "Disukai", "Dibalas", "Dibagikan", "Diklik"),
        ((_name(row), *asdict(row.gained).values()) for row in rows),
    )
    yield from _section(
        "Biaya (dolar AS, taksiran)",
        ("Saluran", "Unggahan", "Bacaan", "Jumlah"),
        ((_name(row), *_costs(row)) for row in rows),
    )
    yield from _section(
        "Artikel teratas",
        ("Artikel", "Dilihat", "Disukai", "Dibalas", "Dibagikan", "Diklik"),
        (
            (f"[{_escaped(each.title)}]({each.url})", *asdict(each.gained).values())
            for each in drawn.articles[:TOP]
        ),
    )


def account_row(drawn: Account) -> JSON:
    """Write the account for other programs: amounts as text, times as seconds."""
    return {
        "month": f"{drawn.period.start:%Y-%m}",
        "channels": [_row(each) for each in drawn.channels],
        "total": _row(drawn.total),
        "articles": [asdict(each) for each in drawn.articles],
    }


def _row(each: ChannelMonth) -> JSON:
    wait = each.talk.until_answered
    return {
        "channel": each.channel,
        "posts": each.posts,
        "corrected": each.corrected,
        "withdrawn": each.withdrawn,
        "refused": each.refused,
        "responses": {
            "heard": each.talk.heard,
            "answered": each.talk.answered,
            "seen": each.talk.seen,
            "waiting": each.talk.waiting,
            "median_seconds_until_answered": wait.total_seconds() if wait else None,
        },
        "gained": asdict(each.gained),
        "reads": each.reads,
        "cost_of_posts": str(each.cost_of_posts),
        "cost_of_reads": str(each.cost_of_reads),
    }


def _section(
    heading: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> Iterator[str]:
    yield from ("", f"## {heading}", "")
    body = [_line(map(_cell, row)) for row in rows]
    if not body:
        yield "Belum ada."
        return
    yield _line(columns)
    yield _line(["---", *(["--:"] * (len(columns) - 1))])
    yield from body


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: object) -> str:
    if value is None:
        return UNSAID
    return format_decimal(value, locale="id") if isinstance(value, int) else str(value)


def _name(row: ChannelMonth) -> str:
    return row.channel or "**Semua**"


def _talk(row: ChannelMonth) -> tuple[object, ...]:
    talk = row.talk
    wait = None if talk.until_answered is None else _span(talk.until_answered)
    return talk.heard, talk.answered, talk.seen, talk.waiting, wait


def _costs(row: ChannelMonth) -> tuple[object, ...]:
    known = (row.cost_of_posts, row.cost_of_reads, row.cost_of_posts + row.cost_of_reads)
    return tuple(dollars(each) if each else None for each in known)


def _span(time: timedelta) -> str:
    """Write a time in its two largest units: 2 hari 3 jam."""
    minutes = round(time.total_seconds() / 60)
    days, hours = divmod(minutes // 60, 24)
    parts = ((days, "hari"), (hours, "jam"), (minutes % 60, "menit"))
    said = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(said[:2]) or "kurang dari semenit"


def _escaped(title: str) -> str:
    return on_one_line(title).translate(MARKDOWN)
