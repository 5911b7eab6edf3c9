"""An article's picture: where it is, how large, and the words for those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, UnidentifiedImageError


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """`path` is below the site's root; `size` is None for a file that cannot be measured."""

    path: str
    alt: str
    caption: str
    size: Size | None


def content_path(reference: str) -> str:
    """Take what a writer typed (`images/a.jpg`, `/images/a.jpg`, `{static}/images/a.jpg`)."""
    return reference.removeprefix("{static}").removeprefix("{filename}").lstrip("/")


@cache
def measure(path: Path) -> Size | None:
    """Read a picture's size from its header, or None where there is no such picture."""
    try:
        with Image.open(path) as image:
            return Size(*image.size)
    except (FileNotFoundError, IsADirectoryError, UnidentifiedImageError):
        return None
