"""Builds all sites in turn, round after round, and keeps what each build took."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bench.build.peer import CHANGES
from bench.build.site import Built, Site

LIVE, FIRST = "live", "first"
"""A new article until it is deployed; a cold build that has to draw all cards and pictures, too."""


class Unequal(Exception):  # noqa: N818 -- says what they are
    """Generators with the plain theme wrote different numbers of pages."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The medians of a change: seconds, peak memory, pages there were and pages written."""

    seconds: float
    peak_bytes: int
    pages: int
    rewritten: int
    rounds: int


Figures = dict[str, dict[str, Figure]]
"""By generator and change."""


def measure(
    sites: Sequence[Site], rounds: int, within_s: float, tell: Callable[[str], None]
) -> Figures:
    """Measure so many rounds, or as many whole ones as are expected to fit; at least one.

    Raises:
        Unequal: before anything but the cold builds is measured.
    """
    seen: dict[tuple[str, str], list[Built]] = defaultdict(list)
    began = time.monotonic()
    for turn in range(rounds):
        started = time.monotonic()
        for change, site in order(sites):
            for name, built in made(site, change, turn):
                seen[site.peer.name, name].append(built)
                tell(f"{turn + 1}/{rounds} {site.peer.name:14}{name:9}{built.run.seconds:8.2f} s")
            if change == "cold":
                refuse_unequal(sites, seen)
        took = time.monotonic() - started
        if time.monotonic() - began + took > within_s:
            break
    return figures(seen)


def order(sites: Sequence[Site]) -> Iterator[tuple[str, Site]]:
    """List a round's builds: each change on all sites before the next, so that they interleave.

    Whoever draws cards and pictures begins with a first build instead of a cold one, if nobody
    drew those of these articles before.
    """
    for change in CHANGES:
        for site in sites:
            if change in site.peer.changes:
                first = change == "cold" and not (site.peer.plain or site.drawn.exists())
                yield FIRST if first else change, site


def made(site: Site, change: str, turn: int) -> Iterator[tuple[str, Built]]:
    """Make a change and build; a new article is deployed too, beside a release without it."""
    if change == "new":
        site.deploy()
    site.edit(change, turn)
    built = site.build()
    yield change, built
    if change == FIRST:
        site.drawn.touch()
    if change == "new":
        yield LIVE, built.longer(site.deploy())
        if "deleted" not in site.peer.changes:
            site.edit("deleted", turn)


def refuse_unequal(sites: Sequence[Site], seen: dict[tuple[str, str], list[Built]]) -> None:
    """Stop where the plain sites that were built from nothing have not the same number of pages."""
    plain = [site.peer.name for site in sites if site.peer.plain]
    counts = {name: seen[name, "cold"][0].pages for name in plain if (name, "cold") in seen}
    if len(set(counts.values())) > 1:
        raise Unequal(f"The plain sites differ in their pages: {counts}")


def figures(seen: dict[tuple[str, str], list[Built]]) -> Figures:
    """Take the medians."""
    found: Figures = defaultdict(dict)
    for (name, change), builds in seen.items():
        found[name][change] = Figure(
            seconds=round(median(built.run.seconds for built in builds), 3),
            peak_bytes=int(median(built.run.peak_bytes for built in builds)),
            pages=builds[0].pages,
            rewritten=int(median(built.rewritten for built in builds)),
            rounds=len(builds),
        )
    return dict(found)
