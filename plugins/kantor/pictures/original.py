"""The pictures that writers put into the content folder: which, how large, and what they hold.

Nothing is decoded here. What was learnt of a file is remembered between builds, under its size
and its time, so that looking at it again costs next to nothing.
"""

from __future__ import annotations

import hashlib
import json
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from PIL import ExifTags, Image, UnidentifiedImageError

# Copies are this wide, in pixels. A phone's screen of 412 points asks for 800 (Lighthouse's phone
# has 1.75 pixels to the point); a text column of 40 rem on a dense screen asks for 1200.
WIDTHS = (480, 800, 1200, 1600)
# Change it when copies come out otherwise than before: all are then made anew.
RECIPE = "2"
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif"})
# Cameras write these and browsers do not show them; a copy as it is would tell where it was taken.
NOT_FOR_BROWSERS = frozenset({".heic", ".heif", ".tif", ".tiff", ".dng"})
# A phone adds further frames to a JPEG (depth, brightness); Pillow then calls it MPO.
STILL = frozenset({"JPEG", "MPO"})
# From here on the camera lay on its side (Exif 2.32, tag Orientation).
_LYING = 5
_FORGOTTEN_ABOVE = 1.15  # a copy hardly smaller than the next one is not worth making


class Unreadable(Exception):  # noqa: N818 -- it is the picture that is unreadable
    """A file that is called a picture and is none."""


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Original:
    """`digest` is the SHA-256 of the file; `size` is as a reader sees it, upright.

    `turned` tells that the file holds it otherwise: mirrored, or as a camera on its side saw it.
    """

    file: Path
    digest: str
    size: Size
    turned: bool = False

    @property
    def key(self) -> str:
        """Name its copies: other bytes, or another way to make copies, give another key."""
        return f"{self.digest[:12]}-{RECIPE}"

    @property
    def widths(self) -> tuple[int, ...]:
        """Tell how wide its copies are, smallest first; none is larger than the original."""
        largest = min(self.size.width, WIDTHS[-1])
        return (*(w for w in WIDTHS if w * _FORGOTTEN_ABOVE < largest), largest)

    def at(self, width: int) -> Size:
        """Return the size of the copy that is so wide."""
        return Size(width, max(1, round(self.size.height * width / self.size.width)))


def content_path(reference: str) -> str:
    """Take what a writer typed (`images/a.jpg`, `/images/a.jpg`, `{static}images/a.jpg`)."""
    return reference.removeprefix("{static}").removeprefix("{filename}").lstrip("/")


def _look_into(file: Path) -> tuple[Size, bool] | None:
    """Read a picture's upright size from its header, and whether it must be turned for that.

    None for one that moves: that is left as it is.

    Raises:
        Unreadable: it is no picture, or larger than a picture may be.
    """
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(file) as image:
            if getattr(image, "is_animated", False) and image.format not in STILL:
                return None
            width, height = image.size
            held = _orientation(image)
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise Unreadable(file) from error
    size = Size(height, width) if held >= _LYING else Size(width, height)
    return size, held != 1


def _orientation(image: Image.Image) -> int:
    """Read how the camera was held: 1 is upright, and so is what Exif does not tell."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, SyntaxError, TypeError, ValueError, struct.error):
        return 1


class Album:
    """The originals of one build.

    `shown` are those on pages, `published` those that go out, by path; `ready` are the keys of
    the published whose clean copy is made.
    """

    def __init__(self, content: Path, cache: Path) -> None:
        """Take the content folder, and the folder where copies are kept between builds."""
        self.content, self.cache = content, cache
        self.shown: dict[str, Original] = {}
        self.published: dict[str, Original] = {}
        self.ready: set[str] = set()
        self.unreadable: set[Path] = set()
        self._index = cache / "index.json"
        self._known = _read_index(self._index)
        self._looked_at: dict[Path, Original | None] = {}

    def show(self, reference: str) -> Original | None:
        """Find the original that a writer named and note that readers will see it."""
        path = content_path(reference)
        found = self.find(self.content / path) or self.find(self.content / unquote(path))
        if found:
            self.shown[found.key] = found
        return found

    def find(self, file: Path) -> Original | None:
        """Return a picture that copies can be made of; None for all else."""
        if file not in self._looked_at:
            self._looked_at[file] = self._look(file)
        return self._looked_at[file]

    def _look(self, file: Path) -> Original | None:
        suffix = file.suffix.lower()
        if suffix in NOT_FOR_BROWSERS and file.is_file():
            self.unreadable.add(file)
        if suffix not in SUFFIXES or not file.is_file():
            return None
        name, state = file.relative_to(self.content).as_posix(), file.stat()
        known = self._known.get(name)
        if not known or known[:2] != [state.st_size, state.st_mtime_ns]:
            try:
                seen = _look_into(file)
            except Unreadable:
                self.unreadable.add(file)
                return None
            if seen is None:
                return None
            size, turned = seen
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            known = [state.st_size, state.st_mtime_ns, digest, size.width, size.height, turned]
            self._known[name] = known
        return Original(file, str(known[2]), Size(int(known[3]), int(known[4])), bool(known[5]))

    def remember(self) -> None:
        """Keep what was learnt for the next build."""
        self.cache.mkdir(parents=True, exist_ok=True)
        fresh = self._index.with_suffix(".new")
        fresh.write_text(json.dumps(self._known), encoding="utf-8")
        fresh.replace(self._index)


def _read_index(file: Path) -> dict[str, list[int | str]]:
    try:
        known: dict[str, list[int | str]] = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return known
