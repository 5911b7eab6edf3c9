"""Makes the copies of an original: upright, in sRGB, and without what the camera wrote into it.

A photo from a phone holds where it was taken and with which device; no copy does.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from kantor.pictures.original import WIDTHS, Original, Unreadable

Options = dict[str, Any]

# AVIF's speed 8 takes a tenth of the time of 6 for files within 5 % of its size (12 megapixels,
# Pillow 13.0, measured 2026-11-24).
FORMATS: dict[str, Options] = {"avif": {"speed": 8}, "webp": {"method": 4}}
# Tried in this order until the copy is light enough: a page with a photo is to stay below 70 KiB,
# and the copy 800 pixels wide is what a phone loads.
QUALITIES = {"avif": (50, 40, 30), "webp": (72, 60, 45)}
MOST_BYTES_AT_800 = 40 << 10
# What stands at the original's own address, for feeds, for old browsers and for people.
CLEAN: dict[str, tuple[str, Options]] = {
    ".jpg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
    ".jpeg": ("JPEG", {"quality": 82, "progressive": True, "optimize": True}),
    ".png": ("PNG", {"optimize": True}),
    ".webp": ("WEBP", {"quality": 80}),
    ".avif": ("AVIF", {"quality": 60, "speed": 8}),
}


def clean_name(original: Original) -> str:
    """Name the copy that takes the original's place."""
    return f"clean{original.file.suffix.lower()}"


def sized_names(original: Original) -> tuple[str, ...]:
    """Name the copies for pages."""
    return tuple(f"{width}.{kind}" for kind in FORMATS for width in original.widths)


def make(original: Original, names: Iterable[str], folder: Path) -> None:
    """Write the named copies that are not there yet; each appears whole or not at all.

    Raises:
        Unreadable: the picture's file ends too early or holds nonsense.
    """
    missing = [name for name in names if not (folder / name).exists()]
    if not missing:
        return
    try:
        image = _developed(original)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable(original.file) from error
    folder.mkdir(parents=True, exist_ok=True)
    for name in missing:
        fresh = folder / f".{os.getpid()}-{name}"
        fresh.write_bytes(_encoded(image, name, original))
        fresh.replace(folder / name)


def _developed(original: Original) -> Image.Image:
    """Open a picture as a reader should see it, hardly larger than the largest copy."""
    with Image.open(original.file) as opened:
        width, height = opened.size
        scale = min(1, WIDTHS[-1] / original.size.width)
        opened.draft(None, (round(width * scale), round(height * scale)))
        upright = _in_srgb(ImageOps.exif_transpose(opened) if original.turned else opened)
    upright.info = {k: v for k, v in upright.info.items() if k == "transparency"}
    return upright


def _in_srgb(image: Image.Image) -> Image.Image:
    """Bring the wider colours of a phone's camera to those that every screen shows alike."""
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            return ImageCms.profileToProfile(image, source, target, outputMode=mode) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.copy()  # a profile that is broken, or made for another kind of picture
    return image.copy()


def _plain(image: Image.Image) -> Image.Image:
    """Return it in a mode that every format takes and that can be resized smoothly."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return image if image.mode == mode else image.convert(mode)


def _encoded(image: Image.Image, name: str, original: Original) -> bytes:
    stem, _, kind = name.rpartition(".")
    if stem == "clean":
        kind, options = CLEAN[f".{kind}"]
        if kind != "PNG" or image.width > WIDTHS[-1]:
            image = _resized(image, original, original.widths[-1])
        return _saved(image.convert("RGB") if kind == "JPEG" else image, kind, options)
    image, most = _resized(image, original, int(stem)), _most_bytes(int(stem))
    for quality in QUALITIES[kind]:
        data = _saved(image, kind, FORMATS[kind] | {"quality": quality})
        if len(data) <= most:
            break
    return data


def _most_bytes(width: int) -> float:
    """Return how heavy a copy may be: as its area, but a small one is not starved."""
    return MOST_BYTES_AT_800 * (max(width, 400) / 800) ** 2


def _resized(image: Image.Image, original: Original, width: int) -> Image.Image:
    size, plain = original.at(width), _plain(image)
    if plain.size == (size.width, size.height):
        return plain
    wanted = (size.width, size.height)
    return plain.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _saved(image: Image.Image, kind: str, options: Options) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
