"""The card of a post that must have a picture and has none: 1080 × 1350, as Instagram shows it.

Instagram's feed shows 4:5 in full and no upright picture larger (its guide to content publishing,
looked up 2026-11-24).
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path

from cards import identity
from cards.panel import Head, Panel
from cards.typesetting import Box

WIDTH, HEIGHT = 1080, 1350
RECIPE = "2"
"""Change it when cards come out otherwise than before: all are then drawn anew."""

# Pixels.
_EDGE = 84
_HEAD = Head(left=_EDGE, top=96, side=88, gap=24, name=40)
_TITLE_TOP = 264
_TITLE = Box(width=WIDTH - 2 * _EDGE, height=746, largest=128, smallest=52)
_NOTES = (1076, 1134)  # the middles of the two lines at the foot
_NOTE_PX = 36


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: `day` and `host` stand below each other at its foot."""

    title: str
    office: str
    day: str
    host: str

    @property
    def key(self) -> str:
        """Name all that it shows."""
        return hashlib.sha256("\0".join((*astuple(self), RECIPE)).encode()).hexdigest()[:16]


def draw(card: Card, font: Path) -> bytes:
    """Return the card as a JPEG file."""
    panel = Panel(WIDTH, HEIGHT, font)
    panel.head(card.office, _HEAD)
    panel.title(card.title, (_EDGE, _TITLE_TOP), _TITLE)
    colours = (identity.ON_DEEP_QUIET, identity.ON_DEEP_ACCENT)
    for text, middle, colour in zip((card.day, card.host), _NOTES, colours, strict=True):
        panel.note(text, (_EDGE, middle), colour, _NOTE_PX)
    return panel.jpeg()
