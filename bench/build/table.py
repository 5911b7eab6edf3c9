"""The measured numbers in words: a table a size, and the ratios that were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.build.kept import Kept
from bench.build.peer import CHANGES
from bench.build.peers import PEERS
from bench.build.rounds import FIRST, LIVE, Figures

COLUMNS = (*CHANGES, LIVE)
HEAD = (
    "generator",
    "cold",
    "nothing changed",
    "one new",
    "one changed",
    "one deleted",
    "one new, until deployed",
    "pages",
    "written for one new",
    "memory",
)
MIB = 1024 * 1024
NONE = "–"


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure by another, and what it may be at most; `of` and `to` are (generator, change)."""

    what: str
    of: tuple[str, str]
    to: tuple[str, str]
    at_most: float
    memory: bool = False


RATIOS = (
    Ratio(
        "cold, by the same with the plugin off", ("office", "cold"), ("office-off", "cold"), 0.45
    ),
    Ratio(
        "memory, by the same with the plugin off",
        ("office", "cold"),
        ("office-off", "cold"),
        1.5,
        memory=True,
    ),
    Ratio(
        "plain theme: one new, by Hugo's full rebuild",
        ("incremental", "new"),
        ("hugo", "new"),
        1 / 7,
    ),
    Ratio("plain theme: one new, by stock Pelican", ("incremental", "new"), ("pelican", "new"), 1),
    Ratio(
        "plain theme: one new, by Pelican's cache",
        ("incremental", "new"),
        ("pelican-cache", "new"),
        1,
    ),
)
"""Issue 7 asks for the first three; the others are told besides."""


def document(kept: Kept) -> str:
    """Write all that is known, as Markdown."""
    return "\n".join(_lines(kept)) + "\n"


def _lines(kept: Kept) -> Iterator[str]:
    for articles in sorted(kept.sizes):
        figures = kept.sizes[articles]
        yield f"### {articles:,} articles ({kept.measured[articles]})"
        yield ""
        yield from rows(figures)
        yield ""
        yield from drawn(figures)
        yield from ratios(figures)
    if kept.imports:
        told = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in kept.imports.items())
        yield f"Imports, each on top of those before it: {told}."
        yield ""
    for articles, seconds in sorted(kept.saving.items()):
        yield f"`invoke devserver`, {articles:,} articles, saved to reloaded: {seconds:.2f} s."


def rows(figures: Figures) -> Iterator[str]:
    """Make the table: seconds are medians of whole processes."""
    yield f"| {' | '.join(HEAD)} |"
    yield "|---" * len(HEAD) + "|"
    for peer in PEERS:
        changes = figures.get(peer.name)
        if not changes:
            continue
        times = [f"{changes[each].seconds:.2f} s" if each in changes else NONE for each in COLUMNS]
        pages = str(changes["cold"].pages) if "cold" in changes else NONE
        written = str(changes["new"].rewritten) if "new" in changes else NONE
        usual = {name: each for name, each in changes.items() if name != FIRST} or changes
        memory = max(figure.peak_bytes for figure in usual.values()) // MIB
        yield f"| {' | '.join((peer.label, *times, pages, written, f'{memory} MiB'))} |"


def drawn(figures: Figures) -> Iterator[str]:
    """Tell what cards and pictures cost that nobody drew before."""
    for peer in PEERS:
        changes = figures.get(peer.name, {})
        if FIRST in changes:
            seconds = f"{changes[FIRST].seconds:.1f} s"
            yield f"{peer.label}, a cold build that draws all cards and pictures, too: {seconds}."
            yield ""


def ratios(figures: Figures) -> Iterator[str]:
    """Tell the ratios whose two sides were measured, and whether they are as asked."""
    found = [line for ratio in RATIOS if (line := told(ratio, figures))]
    if found:
        yield from ("| ratio | measured | asked for |", "|---|---|---|", *found, "")


def told(ratio: Ratio, figures: Figures) -> str:
    """Write a ratio's row; empty where a side is missing."""
    sides = [figures.get(name, {}).get(change) for name, change in (ratio.of, ratio.to)]
    if None in sides:
        return ""
    top, bottom = (
        side.peak_bytes if ratio.memory else side.seconds for side in sides if side is not None
    )
    share = top / bottom
    return f"| {ratio.what} | {share:.3f} (1/{1 / share:.1f}) | ≤ {ratio.at_most:.3f} |"
