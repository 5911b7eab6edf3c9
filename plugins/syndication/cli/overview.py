"""What `siar status` adds to the table: who must approve, what is used up, when a run last was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from syndication.cli.words import WHEN
from syndication.config import Config
from syndication.deliver.gate import Gate
from syndication.ledger.decide import LEAVING, UNREMOVED, WAITING
from syndication.ledger.runs import Run
from syndication.model import JSON, Entry, State
from syndication.office import dollars

NEVER = "`siar relay` belum pernah berjalan."


def with_reasons(entries: Iterable[Entry], gate: Gate) -> list[Entry]:
    """Say beside what waits for an approval that it does, before any relay has noted it."""
    return [
        replace(each, reason=gate.unapproved(each) or each.reason)
        if each.state in WAITING
        else each
        for each in entries
    ]


def used(config: Config, gate: Gate, now: datetime) -> Iterator[str]:
    """Say how much of its ceiling and budget each channel has used."""
    for name in config.channels:
        terms = config.office.terms(name)
        if not terms.daily and terms.budget is None:
            continue
        posts, spent = gate.used(name, now)
        if terms.daily:
            yield f"{name}: {posts} dari {terms.daily} unggahan hari ini."
        if terms.budget is not None:
            left = dollars(max(terms.budget - spent, Decimal(0)))
            told = f"{name}: {dollars(spent)} dari {dollars(terms.budget)} bulan ini, sisa {left}"
            read = gate.read(name, now)
            yield f"{told} (membaca: {dollars(read)})." if read else f"{told}."


def used_rows(config: Config, gate: Gate, now: datetime) -> JSON:
    """Write for other programs what each channel has used; US dollars are text, to the cent."""
    terms = {name: config.office.terms(name) for name in config.channels}
    limited = [name for name, each in terms.items() if each.daily or each.budget is not None]
    rows: list[JSON] = []
    for name in limited:
        posts, spent = gate.used(name, now)
        budget = terms[name].budget
        row: dict[str, JSON] = {
            "channel": name,
            "posts_today": posts,
            "daily": terms[name].daily or None,
            "spent_usd": str(spent),
            "of_it_reading_usd": str(gate.read(name, now)),
            "budget_usd": None if budget is None else str(budget),
        }
        rows.append(row)
    return rows


def standing(entries: Iterable[Entry]) -> Iterator[str]:
    """Name the posts that should be gone and still stand, with what is to be done about each."""
    for each in entries:
        gone = each.state is State.DELIVERED and each.cause in LEAVING | UNREMOVED
        if gone and each.receipt:
            yield f"PERHATIAN: {each.id}, {each.channel}: {each.receipt.url} {each.reason}"


def last_run(run: Run | None, *, zone: ZoneInfo) -> str:
    """Say when the relay last ran, and how that ended."""
    if run is None:
        return NEVER
    began = f"{run.began_at.astimezone(zone):{WHEN}} (oleh {run.actor})"
    if run.ended_at is None:
        return f"Pengiriman terakhir dimulai {began}: masih berjalan, atau terputus."
    return f"Pengiriman terakhir {began}: {run.said}"


def run_row(run: Run | None) -> JSON:
    """Write the last run for other programs; its times are in UTC."""
    if run is None:
        return None
    return {
        "began_at": run.began_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "actor": run.actor,
        "said": run.said,
    }
