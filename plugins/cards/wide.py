"""The card of a page that is shared: 1200 × 630, what Facebook, X and others show for `og:image`.

Facebook asks for 1200 × 630 and JPEG or PNG below 8 MB, X for 2:1 below 5 MB (their guides to
sharing images and to summary cards with a large image, looked up 2026-11-24).
"""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from cards import identity
from cards.typesetting import Box, set_title

WIDTH, HEIGHT = 1200, 630
RECIPE = "1"
"""Change it when cards come out otherwise than before: all are then drawn anew."""

# Pixels.
_EDGE = 72
_GROUND = HEIGHT - identity.BAND_PX
_HEAD = (48, 64)  # the mark's top and its side
_TITLE_TOP = 144
_NOTE = (_GROUND - 66, 27)  # its top and its size
_TITLE_SIZES = {"largest": 84, "smallest": 36}
_PICTURE_LEFT = 720
_LINE = 2
_JPEG = {"quality": 82, "subsampling": "4:2:0", "optimize": True}


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
    canvas = Image.new("RGB", (WIDTH, HEIGHT), identity.DEEP)
    pen = ImageDraw.Draw(canvas)
    right = WIDTH
    if card.picture:
        right = _PICTURE_LEFT
        canvas.paste(_picture(Path(card.picture)), (right, 0))
    _head(canvas, pen, card.office, font)
    _title(pen, identity.drawable(card.title, font), right, font)
    note = identity.drawable(card.note, font)
    top, size = _NOTE
    regular = identity.font(font, size, identity.REGULAR)
    pen.text((_EDGE, top), note, identity.ON_DEEP_QUIET, regular, anchor="lt")
    pen.rectangle((0, _GROUND, WIDTH, _GROUND + _LINE - 1), identity.ON_DEEP_ACCENT)
    canvas.paste(identity.ON_DEEP_ACCENT, (0, _GROUND), identity.band(WIDTH))
    file = BytesIO()
    canvas.save(file, "JPEG", **_JPEG)
    return file.getvalue()


def _head(canvas: Image.Image, pen: ImageDraw.ImageDraw, office: str, font: Path) -> None:
    top, side = _HEAD
    mark = identity.mark(side)
    canvas.paste(mark, (_EDGE, top), mark)
    bold = identity.font(font, 30, identity.BOLD)
    name = identity.drawable(office, font)
    pen.text((_EDGE + side + 20, top + side // 2), name, identity.ON_DEEP, bold, anchor="lm")


def _title(pen: ImageDraw.ImageDraw, title: str, right: int, font: Path) -> None:
    height = _NOTE[0] - 24 - _TITLE_TOP
    box = Box(width=right - 2 * _EDGE + 16, height=height, **_TITLE_SIZES)
    setting = set_title(title, box, identity.measure(font, identity.BOLD))
    bold = identity.font(font, int(setting.size), identity.BOLD)
    leading = int(setting.size) * box.leading
    top = _TITLE_TOP + (height - leading * len(setting.lines)) / 2
    for number, line in enumerate(setting.lines):
        middle = top + leading * (number + 0.5)
        pen.text((_EDGE, middle), line, identity.ON_DEEP, bold, anchor="lm")


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
