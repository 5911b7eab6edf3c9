"""Make a picture fit what a platform takes: size, sides, bytes; upright and without metadata."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from types import MappingProxyType
from typing import Any

from PIL import Image, ImageOps

from syndication.platforms.pictures import QUALITIES, Frame, fitted

GROUND = "#f6f1e7"
"""The border of a picture that is too wide or too narrow: the theme's colour for such places."""

RECIPE = "1"
"""Change it when pictures come out otherwise than before: all are then made anew."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a platform takes. `narrowest` and `widest` are width by height; sides are pixels.

    `size` is width and height where all pictures are to be of one (0 × 0: they need not be).
    """

    narrowest: float
    widest: float
    longest_side: int
    most_bytes: int
    size: tuple[int, int] = (0, 0)


@cache
def forms() -> Mapping[str, Form]:
    """Read the forms that there are, by name."""
    text = (resources.files("syndication") / "pictures" / "forms.toml").read_text("utf-8")
    tables = {name: table for name, table in tomllib.loads(text).items() if name != "looked_up"}
    return MappingProxyType({name: _form(table) for name, table in tables.items()})


def made_to_fit(data: bytes, form: Form) -> bytes:
    """Write a picture as a JPEG of that form.

    Raises:
        NoPicture: the bytes are no picture, or one that is too large to open.
    """
    clean = fitted(data, Frame(most_bytes=form.most_bytes, longest_side=form.longest_side))
    with Image.open(BytesIO(clean)) as picture:
        size = form.size if any(form.size) else _framed(picture.size, form)
        if size == picture.size:
            return clean
        bordered = ImageOps.pad(picture, size, color=GROUND)
    file = BytesIO()
    bordered.save(file, "JPEG", quality=QUALITIES[0], optimize=True)
    return fitted(file.getvalue(), Frame(most_bytes=form.most_bytes))


def _framed(size: tuple[int, int], form: Form) -> tuple[int, int]:
    """Grow the side that is too short: no pixel is lost, and none invented."""
    width, height = size
    if width / height < form.narrowest:
        return -(-height * int(form.narrowest * 100) // 100), height
    if width / height > form.widest:
        return width, -(-width * 100 // int(form.widest * 100))
    return size


def _form(table: Mapping[str, Any]) -> Form:
    known = {name: value for name, value in table.items() if name != "source"}
    return Form(**known | {"size": tuple(table.get("size", (0, 0)))})
