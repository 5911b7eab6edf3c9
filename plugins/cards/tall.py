"""The card of a post that must have a picture and has none: 1080 × 1350, as Instagram shows it.

Instagram's feed shows 4:5 in full and no upright picture larger (its guide to content publishing,
looked up 2026-11-24).
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from cards import identity
from cards.typesetting import Box, set_title

WIDTH, HEIGHT = 1080, 1350
RECIPE = "1"
"""Change it when cards come out otherwise than before: all are then drawn anew."""

# Pixels.
_EDGE = 84
_GROUND = HEIGHT - identity.BAND_PX
_MARK = (96, 88)  # its top and its side
_OFFICE_PX = 40
_TITLE = (264, 1010)  # from here to there
_TITLE_SIZES = {"largest": 128, "smallest": 52}
_NOTES = (1076, 1134)  # the middles of the two lines at the foot
_NOTE_PX = 36
_LINE = 2
_JPEG = {"quality": 82, "subsampling": "4:2:0"}


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
    canvas = Image.new("RGB", (WIDTH, HEIGHT), identity.DEEP)
    pen = ImageDraw.Draw(canvas)
    _head(canvas, pen, identity.drawable(card.office, font), font)
    _title(pen, identity.drawable(card.title, font), font)
    regular = identity.font(font, _NOTE_PX, identity.REGULAR)
    colours = (identity.ON_DEEP_QUIET, identity.ON_DEEP_ACCENT)
    for text, middle, colour in zip((card.day, card.host), _NOTES, colours, strict=True):
        pen.text((_EDGE, middle), identity.drawable(text, font), colour, regular, anchor="lm")
    pen.rectangle((0, _GROUND, WIDTH, _GROUND + _LINE - 1), identity.ON_DEEP_ACCENT)
    canvas.paste(identity.ON_DEEP_ACCENT, (0, _GROUND), identity.band(WIDTH))
    file = BytesIO()
    canvas.save(file, "JPEG", **_JPEG)
    return file.getvalue()


def _head(canvas: Image.Image, pen: ImageDraw.ImageDraw, office: str, font: Path) -> None:
    top, side = _MARK
    mark = identity.mark(side)
    canvas.paste(mark, (_EDGE, top), mark)
    bold = identity.font(font, _OFFICE_PX, identity.BOLD)
    place = (_EDGE + side + 24, top + side // 2)
    pen.text(place, office, identity.ON_DEEP, bold, anchor="lm")


def _title(pen: ImageDraw.ImageDraw, title: str, font: Path) -> None:
    top, bottom = _TITLE
    box = Box(width=WIDTH - 2 * _EDGE, height=bottom - top, **_TITLE_SIZES)
    setting = set_title(title, box, identity.measure(font, identity.BOLD))
    bold = identity.font(font, int(setting.size), identity.BOLD)
    leading = int(setting.size) * box.leading
    first = top + (box.height - leading * len(setting.lines)) / 2
    for number, line in enumerate(setting.lines):
        middle = first + leading * (number + 0.5)
        pen.text((_EDGE, middle), line, identity.ON_DEEP, bold, anchor="lm")
