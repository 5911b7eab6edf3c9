"""Sets a title in a box: few lines, large letters, and no word alone on a line.

Pure: widths come in as a function, sizes and boxes are in one unit (pixels, where one draws).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

CLOSE_ENOUGH = 0.85
"""Fewer lines are worth letters that are up to 15 % smaller."""

TOGETHER = 0.6
"""No word alone on a line is worth letters that are up to 40 % smaller."""

BOTH = 2

Measure = Callable[[str], float]
"""Return the width of a text set at size 1."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where the title goes. `leading` is the height of a line at size 1."""

    width: float
    height: float
    largest: float
    smallest: float
    leading: float = 1.15


@dataclass(frozen=True, slots=True)
class Setting:
    """A title in lines, and the size at which they fit."""

    lines: tuple[str, ...]
    size: float


def set_title(title: str, box: Box, measure: Measure) -> Setting:
    """Choose lines and size; what is too long even at the smallest size ends with "…"."""
    words = _at_most(title.split() or [""], box, measure)
    setting = _best(words, box, measure)
    while setting.size < box.smallest and len(words) > 1:
        words = _shorter(words)
        setting = _best(words, box, measure)
    return setting


def _shorter(words: Sequence[str]) -> list[str]:
    return [*words[:-2], words[-2].rstrip(",;:–—…") + "…"]


def _at_most(words: list[str], box: Box, measure: Measure) -> list[str]:
    """Leave out what cannot fit even if no line had a gap at its end."""
    room = _most_lines(box) * box.width / box.smallest
    while len(words) > 1 and measure(" ".join(words)) > room:
        words = _shorter(words)
    return words


def _most_lines(box: Box) -> int:
    return max(1, int(box.height / (box.smallest * box.leading)))


def _best(words: Sequence[str], box: Box, measure: Measure) -> Setting:
    most = min(len(words), _most_lines(box))
    settings = [_in_lines(words, number, box, measure) for number in range(1, most + 1)]
    largest = max(setting.size for setting in settings)
    least = max(TOGETHER * largest, min(box.smallest, largest))
    together = [each for each in settings if each.size >= least and not _has_a_lone_word(each)]
    good = together or settings
    enough = CLOSE_ENOUGH * max(setting.size for setting in good)
    return next(setting for setting in good if setting.size >= enough)


def _has_a_lone_word(setting: Setting) -> bool:
    """Tell whether a word stands alone on a line; of two words each may."""
    alone = [" " not in line for line in setting.lines]
    return any(alone) and len(setting.lines) > 1 and not (all(alone) and len(alone) == BOTH)


def _in_lines(words: Sequence[str], number: int, box: Box, measure: Measure) -> Setting:
    lines = _broken(words, number, measure)
    widest = max(measure(line) for line in lines) or 1
    size = min(box.width / widest, box.height / (number * box.leading), box.largest)
    return Setting(lines, size)


def _broken(words: Sequence[str], number: int, measure: Measure) -> tuple[str, ...]:
    """Break into exactly so many lines, as even as can be.

    Squares of widths are summed: their sum is least where the lines are most alike.
    """
    space = measure(" ")
    ends = [0.0, *accumulate(measure(word) + space for word in words)]

    @cache
    def from_word(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        if lines == 1:
            return cost(start, len(words)), (len(words),)
        return min(
            (cost(start, end) + rest[0], (end, *rest[1]))
            for end in range(start + 1, len(words) - lines + 2)
            for rest in (from_word(end, lines - 1),)
        )

    def cost(start: int, end: int) -> float:
        alone = end - start == 1 and number > 1
        return (ends[end] - ends[start] - space) ** 2 + (ends[-1] ** 2 if alone else 0)

    stops = from_word(0, number)[1]
    starts = (0, *stops[:-1])
    return tuple(" ".join(words[a:b]) for a, b in zip(starts, stops, strict=True))
