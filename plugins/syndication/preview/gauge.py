"""How much of its platform's limit a text uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from syndication.compose.counting import bound_by, count_by
from syndication.model import Post, Rules

UNITS = {
    "weighted": "karakter menurut hitungan X",
    "graphemes": "karakter",
    "code_points": "karakter",
    "utf16": "satuan UTF-16",
    "emoji_bytes": "karakter, emoji dihitung bitanya",
}
"""What a unit is called before people who are no programmers."""


class Fill(StrEnum):
    """How full: fitting, longer than reads well, or more than the platform takes."""

    FITS = "fits"
    LONG = "long"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Gauge:
    """A text's length against the limit, both in `unit`.

    `count` is what the platform shows; `bound` is what the text was made to fit by. `room` is
    how much a good post uses (0: all of the limit).
    """

    count: int
    bound: int
    limit: int
    room: int
    unit: str

    @property
    def full(self) -> int:
        """Say where the bar ends: at what reads well, or else at the limit."""
        return self.room or self.limit

    @property
    def fill(self) -> Fill:
        """Judge the length."""
        if self.bound > self.limit:
            return Fill.OVER
        return Fill.LONG if self.bound > self.full else Fill.FITS


def gauge(post: Post, rules: Rules) -> Gauge:
    """Measure a post; a text below a picture has the caption's limit where there is one."""
    limit = rules.caption_limit if rules.caption_limit and post.picture else rules.limit
    return Gauge(
        count=count_by(post.text, rules),
        bound=bound_by(post.text, rules),
        limit=limit,
        room=rules.room if rules.room < limit else 0,
        unit=UNITS.get(rules.unit, "karakter"),
    )
