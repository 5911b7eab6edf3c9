"""A picture for a post: fetched from its public address, made to fit, its metadata left behind."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from io import BytesIO
from secrets import token_hex

import httpx
from PIL import Image, ImageOps

from syndication.platforms.hosts import on_loopback

MOST_BYTES = 32 << 20
"""More than a camera's picture has; a body without end must not fill the memory."""

QUALITIES = (85, 75, 65)
"""JPEG qualities, tried in this order; below the last one the picture is made smaller instead."""

SMALLER = 0.8
"""What is left of each side when no quality is small enough."""

MIME = "image/jpeg"
"""What every picture becomes: all platforms take it."""


class NoPicture(Exception):  # noqa: N818 -- says what there is
    """The picture cannot be had or shown; a post goes without it rather than not at all."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a platform takes: bytes of the file, and pixels in all and on a side (0: any)."""

    most_bytes: int
    most_pixels: int = 0
    longest_side: int = 0


def fetch(url: str, *, seconds: float) -> bytes:
    """Read a picture from its public address, past caches: they may hold the one before it.

    Raises:
        NoPicture: it is not there, or is no file of a usual size.
    """
    data = bytearray()
    try:
        fresh = httpx.URL(url).copy_merge_params({"siar": token_hex(8)})
        with httpx.stream("GET", fresh, timeout=seconds, trust_env=not on_loopback(url)) as answer:
            if answer.status_code != httpx.codes.OK:
                raise NoPicture(f"gambar {url} tidak dapat diambil (HTTP {answer.status_code})")
            for chunk in answer.iter_bytes():
                data += chunk
                if len(data) > MOST_BYTES:
                    raise NoPicture(f"gambar {url} terlalu besar")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise NoPicture(f"gambar {url} tidak dapat diambil ({type(error).__name__})") from None
    return bytes(data)


def fitted(data: bytes, frame: Frame) -> bytes:
    """Write a picture as a JPEG within the frame: upright, on white, its first image only.

    The pixels alone are kept: no place, camera, time or name goes along.

    Raises:
        NoPicture: the bytes are no picture, or one that is too large to open.
    """
    picture = _within(_opened(data), frame)
    for quality in QUALITIES:
        written = BytesIO()
        picture.save(written, "JPEG", quality=quality, optimize=True)
        if written.tell() <= frame.most_bytes:
            return written.getvalue()
    if min(picture.size) <= 1:
        raise NoPicture("gambar tidak dapat dibuat cukup kecil")
    longest = max(1, int(max(picture.size) * SMALLER))
    return fitted(written.getvalue(), Frame(frame.most_bytes, longest_side=longest))


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as opened:
                opened.load()
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NoPicture(f"gambar tidak dapat dibuka ({type(error).__name__})") from None
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright)
    return flat


def _within(picture: Image.Image, frame: Frame) -> Image.Image:
    width, height = picture.size
    ratio = 1.0
    if frame.longest_side:
        ratio = min(ratio, frame.longest_side / max(width, height))
    if frame.most_pixels:
        ratio = min(ratio, math.sqrt(frame.most_pixels / (width * height)))
    if ratio == 1.0:
        return picture
    size = (max(1, int(width * ratio)), max(1, int(height * ratio)))
    return picture.resize(size, Image.Resampling.LANCZOS)
