"""The curve of one new article over the size of a site, as a picture that needs no program."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from bench.build.kept import Kept
from bench.build.peers import PEERS

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 270, 44, 52
CHANGE = "new"
# Told apart by color-blind readers too (Okabe and Ito, 2002; looked up 2026-11-24).
COLORS = ("#000000", "#e69f00", "#56b4e9", "#009e73", "#0072b2", "#cc79a7", "#d55e00")
TITLE = "One new article: seconds until the site is built"

Line = Mapping[int, float]
"""Seconds by the number of articles."""


def lines_of(kept: Kept) -> dict[str, Line]:
    """Return each generator's line, by its label."""
    return {
        peer.label.replace("`", ""): points
        for peer in PEERS
        if (
            points := {
                articles: figures[peer.name][CHANGE].seconds
                for articles, figures in sorted(kept.sizes.items())
                if CHANGE in figures.get(peer.name, {})
            }
        )
    }


def in_words(lines: Mapping[str, Line]) -> str:
    """Say what the picture shows, for those who don't see it."""
    told = (
        f"{label}: " + ", ".join(f"{seconds:.1f} s at {n:,}" for n, seconds in points.items())
        for label, points in lines.items()
    )
    return "; ".join(told) + "."


def draw(lines: Mapping[str, Line]) -> str:
    """Draw it with both axes logarithmic, words included."""
    sizes = sorted({n for points in lines.values() for n in points})
    seconds = [each for points in lines.values() for each in points.values()]
    low, high = _decades(min(seconds), max(seconds))
    across = _Scale(sizes[0], max(sizes[-1], sizes[0] * 10), LEFT, WIDTH - RIGHT)
    up = _Scale(low, high, HEIGHT - BOTTOM, TOP)
    parts = [*_axes(sizes, low, high, across, up), *_plots(lines, across, up)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title desc" font-family="sans-serif" font-size="13">\n'
        f'<title id="title">{escape(TITLE)}</title>\n'
        f'<desc id="desc">{escape(in_words(lines))}</desc>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n'
        f'<text x="{LEFT}" y="24" font-size="16" font-weight="bold">{escape(TITLE)}</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


class _Scale:
    """Places a number on a logarithmic axis, in units of the picture."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.span = math.log(low), math.log(high / low)
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        part = (math.log(value) - self.low) / self.span
        return round(self.start + part * (self.end - self.start), 1)


def _decades(low: float, high: float) -> tuple[float, float]:
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    return 10.0**first, 10.0 ** max(last, first + 1)


def _axes(sizes: list[int], low: float, high: float, across: _Scale, up: _Scale) -> Iterator[str]:
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        y = up(10.0**power)
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#ccc"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>'
    for size in sizes:
        x = across(size)
        yield f'<path d="M{x} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">articles</text>'


def _plots(lines: Mapping[str, Line], across: _Scale, up: _Scale) -> Iterator[str]:
    """Draw each line, and its name at its end where there is room for it."""
    ends = sorted(lines, key=lambda label: up(list(lines[label].values())[-1]))
    taken = 0.0
    for label in ends:
        color = COLORS[list(lines).index(label) % len(COLORS)]
        points = [(across(n), up(seconds)) for n, seconds in lines[label].items()]
        path = "L".join(f"{x} {y}" for x, y in points)
        yield f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2.5"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="4" fill="{color}"/>' for x, y in points)
        taken = max(taken + 17, points[-1][1] + 4)
        x = WIDTH - RIGHT + 18
        yield f'<path d="M{x - 4} {taken - 4}h14" stroke="{color}" stroke-width="4"/>'
        yield f'<text x="{x + 16}" y="{taken}">{escape(label)}</text>'
