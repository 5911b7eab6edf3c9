"""What makes a card the office's: its colours, its mark, its motif and its letters.

The colours are the theme's (`theme/README.md`), the drawings are made by `theme/art/draw.py`.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFont

from cards.typesetting import Measure

DEEP = "#17304f"
ON_DEEP = "#ffffff"
ON_DEEP_QUIET = "#c9d5e4"
ON_DEEP_ACCENT = "#eac48f"
RAISED = "#f6f1e7"

REGULAR, BOLD = 400, 700
BAND_PX = 96
"""How high the motif's two rows are."""

_REFERENCE_PX = 1000
_NEVER_A_CHARACTER = "\uffff"


@cache
def _drawing(name: str) -> Image.Image:
    file = resources.files("cards") / "art" / f"{name}.png"
    return Image.open(BytesIO(file.read_bytes())).convert("RGBA")


@cache
def mark(side: int) -> Image.Image:
    """Return the office's mark, `side` pixels high and wide, on nothing."""
    return _drawing("mark").resize((side, side), Image.Resampling.LANCZOS)


@cache
def band(width: int, height: int = BAND_PX) -> Image.Image:
    """Return the motif as a mask, at most 1200 wide; it is cut, never squeezed."""
    return _drawing("band").getchannel("A").crop((0, 0, width, height))


@cache
def font(file: Path, px: float, weight: int) -> ImageFont.FreeTypeFont:
    """Open the theme's variable font at a size and a weight."""
    opened = ImageFont.truetype(str(file), px)
    opened.set_variation_by_axes([weight])
    return opened


def measure(file: Path, weight: int) -> Measure:
    """Return a ruler for texts in that weight."""
    reference = font(file, _REFERENCE_PX, weight)
    return lambda text: reference.getlength(text) / _REFERENCE_PX


def drawable(text: str, file: Path) -> str:
    """Leave out what the font has no shape for; a letter with an accent becomes the bare one."""
    return "".join(_shape(character, file) for character in unicodedata.normalize("NFC", text))


@cache
def _shape(character: str, file: Path) -> str:
    if character.isspace() or _has(character, file):
        return " " if character.isspace() else character
    parts = unicodedata.normalize("NFKD", character)
    return "".join(part for part in parts if not unicodedata.combining(part) and _has(part, file))


@cache
def _has(character: str, file: Path) -> bool:
    regular = font(file, 32, REGULAR)
    return _pixels(regular, character) != _pixels(regular, _NEVER_A_CHARACTER)


def _pixels(regular: ImageFont.FreeTypeFont, character: str) -> bytes:
    return bytes(regular.getmask(character))
