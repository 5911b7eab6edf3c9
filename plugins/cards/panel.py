"""What both cards draw alike, each at its own places: head, title, foot and the file.

Places and sizes are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from cards import identity
from cards.typesetting import Box, set_title

_LINE = 2
_JPEG = {"quality": 82, "subsampling": "4:2:0", "optimize": True}


@dataclass(frozen=True, slots=True)
class Head:
    """Where the mark stands, how large it is, and the office's name beside it."""

    left: int
    top: int
    side: int
    gap: int
    name: int


class Panel:
    """A card under the pen, in the office's identity; `font` is the theme's."""

    def __init__(self, width: int, height: int, font: Path) -> None:
        """Lay the ground."""
        self.canvas = Image.new("RGB", (width, height), identity.DEEP)
        self._pen = ImageDraw.Draw(self.canvas)
        self._font = font

    def head(self, office: str, at: Head) -> None:
        """Draw the mark with the office's name beside it."""
        mark = identity.mark(at.side)
        self.canvas.paste(mark, (at.left, at.top), mark)
        place = (at.left + at.side + at.gap, at.top + at.side // 2)
        self._write(office, place, identity.ON_DEEP, at.name, identity.BOLD)

    def title(self, title: str, corner: tuple[int, int], box: Box) -> None:
        """Set the title as large as its box allows, in the middle of the box's height."""
        left, top = corner
        measure = identity.measure(self._font, identity.BOLD)
        setting = set_title(identity.drawable(title, self._font), box, measure)
        leading = int(setting.size) * box.leading
        first = top + (box.height - leading * len(setting.lines)) / 2
        for number, line in enumerate(setting.lines):
            place = (left, first + leading * (number + 0.5))
            self._write(line, place, identity.ON_DEEP, int(setting.size), identity.BOLD)

    def note(self, text: str, place: tuple[int, int], colour: str, px: int) -> None:
        """Write a line; `place` is its left end, in the middle of its height."""
        self._write(text, place, colour, px, identity.REGULAR)

    def jpeg(self) -> bytes:
        """Close the card with the motif at its foot, and return it as a JPEG file."""
        width, height = self.canvas.size
        ground = height - identity.BAND_PX
        self._pen.rectangle((0, ground, width, ground + _LINE - 1), identity.ON_DEEP_ACCENT)
        self.canvas.paste(identity.ON_DEEP_ACCENT, (0, ground), identity.band(width))
        file = BytesIO()
        self.canvas.save(file, "JPEG", **_JPEG)
        return file.getvalue()

    def _write(
        self, text: str, place: tuple[float, float], colour: str, px: int, weight: int
    ) -> None:
        font = identity.font(self._font, px, weight)
        self._pen.text(place, identity.drawable(text, self._font), colour, font, anchor="lm")
