"""The card of a page that is shared: 1200 × 630, what Facebook, X and others show for `og:image`.

Facebook asks for 1200 × 630 and JPEG or PNG below 8 MB, X for 2:1 below 5 MB (their guides to
sharing images and to summary cards with a large image, looked up 2026-11-24).
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from pathlib import Path

from PIL import Image, ImageOps

from cards import identity
from cards.panel import Head, Panel
from cards.typesetting import Box

WIDTH, HEIGHT = 1200, 630
RECIPE = "2"
"""Change it when cards come out otherwise than before: all are then drawn anew."""

# Pixels.
_EDGE = 72
_GROUND = HEIGHT - identity.BAND_PX
_HEAD = Head(left=_EDGE, top=48, side=64, gap=20, name=30)
_TITLE_TOP = 144
_TITLE_HEIGHT = 300
_TITLE_SIZES = {"largest": 84, "smallest": 36}
_NOTE = (_GROUND - 54, 27)  # its middle and its size
_PICTURE_LEFT = 720


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows.

    `note` is one line. `picture` is a file ("" for none), `picture_key` names what it holds.
    """

    title: str
    office: str
    note: str
    picture: str = ""
    picture_key: str = ""

    @property
    def key(self) -> str:
        """Name all that it shows."""
        shown = (*astuple(self)[:3], self.picture_key, RECIPE)
        return hashlib.sha256("\0".join(shown).encode()).hexdigest()[:16]


def draw(card: Card, font: Path) -> bytes:
    """Return the card as a JPEG file."""
    panel = Panel(WIDTH, HEIGHT, font)
    right = WIDTH
    if card.picture:
        right = _PICTURE_LEFT
        panel.canvas.paste(_picture(Path(card.picture)), (right, 0))
    panel.head(card.office, _HEAD)
    box = Box(width=right - 2 * _EDGE + 16, height=_TITLE_HEIGHT, **_TITLE_SIZES)
    panel.title(card.title, (_EDGE, _TITLE_TOP), box)
    middle, px = _NOTE
    panel.note(card.note, (_EDGE, middle), identity.ON_DEEP_QUIET, px)
    return panel.jpeg()


def _picture(file: Path) -> Image.Image:
    """Fill the card's right side: a photograph is cut to fit, a drawing (PNG) is shown whole."""
    size = (WIDTH - _PICTURE_LEFT, _GROUND)
    with Image.open(file) as opened:
        opened.draft("RGB", size)
        image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        if opened.format != "PNG":
            return ImageOps.fit(image.convert("RGB"), size, Image.Resampling.BICUBIC)
    whole = image.copy()
    whole.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    ground = Image.new("RGB", size, _ground_of(image))
    place = ((size[0] - whole.width) // 2, (size[1] - whole.height) // 2)
    ground.paste(whole, place, whole if whole.mode == "RGBA" else None)
    return ground


def _ground_of(image: Image.Image) -> str | tuple[int, ...]:
    """Return the colour at a drawing's corner, so that its edge is not seen."""
    corner = image.getpixel((0, 0))
    opaque = image.mode == "RGB" and isinstance(corner, tuple)
    return corner if opaque and isinstance(corner, tuple) else identity.RAISED
