"""Brings the copies into the site: Pelican's signals in, files out."""

from __future__ import annotations

import logging
import re
import shutil
import warnings
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import Generator, StaticGenerator

from kantor.pictures import copies
from kantor.pictures.markup import FOLDER, with_copies
from kantor.pictures.original import Album, Original, Unreadable
from kantor.published import tell

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Content
    from pelican.writers import Writer

log = logging.getLogger(__name__)

WORKERS = 4
"""A photo of 12 megapixels takes some 30 MB while it is worked on."""

_KEY = re.compile(r"[0-9a-f]{12}-\w+")


def open_album(pelican: Pelican) -> None:
    """Start this build's album; the copies of earlier builds are in `PICTURES_CACHE`."""
    content = Path(pelican.settings["PATH"])
    cache = content.parent / pelican.settings["PICTURES_CACHE"]
    pelican.settings["ALBUM"] = Album(content, cache)


def album_of(settings: dict[str, Any]) -> Album:
    """Return this build's album."""
    album: Album = settings["ALBUM"]
    return album


def fit_body(content: Content) -> None:
    """Give the pictures in a body their sizes and copies, as soon as it is read."""
    if getattr(content, "_content", None):
        settings = content.settings
        content._content = with_copies(  # noqa: SLF001 -- Pelican offers no other way in
            content._content,  # noqa: SLF001
            album_of(settings),
            settings["SITEURL"],
        )


def keep_originals_back(generator: StaticGenerator) -> None:
    """Take over from Pelican the pictures that a clean copy will stand in for."""
    album, others = album_of(generator.settings), []
    for static in generator.staticfiles:
        file = Path(generator.path, static.source_path)
        original = album.find(file)
        if original:
            album.published[static.save_as] = original
        elif file not in album.unreadable:
            others.append(static)
    generator.staticfiles[:] = others


def make_copies(generators: list[Generator]) -> None:
    """Make what is missing, before a page is written; name all pictures that cannot be read."""
    album = album_of(generators[0].settings)
    wanted: dict[Original, tuple[str, ...]] = {}
    for original in album.published.values():
        wanted[original] = (copies.clean_name(original),)
    for original in album.shown.values():
        wanted[original] = (*wanted.get(original, ()), *copies.sized_names(original))
    # Pillow warns of what a camera wrote wrongly into a photo: no copy will hold it.
    with warnings.catch_warnings(action="ignore"), ThreadPoolExecutor(WORKERS) as pool:
        faults = pool.map(lambda item: _fault(album, *item), wanted.items())
        album.unreadable.update(file for file in faults if file)
    album.ready = {
        original.key
        for original in album.published.values()
        if original.file not in album.unreadable
    }
    album.remember()
    if album.unreadable:
        names = sorted(file.relative_to(album.content.parent) for file in album.unreadable)
        log.error("%s", "\n".join(f"{name}: {UNREADABLE}" for name in names))


UNREADABLE = (
    "gambar ini rusak, terlalu besar, atau berformat yang tidak dikenal peramban (seperti HEIC). "
    "Buka di program gambar, simpan ulang sebagai JPEG atau PNG, lalu ganti berkasnya."
)


def _fault(album: Album, original: Original, names: Iterable[str]) -> Path | None:
    try:
        copies.make(original, names, album.cache / original.key)
    except Unreadable:
        return original.file
    return None


class PicturesGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Copies them into the output; what is there already is left alone."""

    def generate_output(self, writer: Writer) -> None:
        """Write the clean copies to the originals' addresses, and the sized ones to `FOLDER`."""
        del writer
        album, output = album_of(self.settings), Path(self.output_path)
        for path, original in album.published.items():
            name = copies.clean_name(original)
            renew(album.cache / original.key / name, output / path)
        for original in album.shown.values():
            for name in copies.sized_names(original):
                place = output / FOLDER / original.key / name
                renew(album.cache / original.key / name, place)
        _forget(output / FOLDER, album.shown)


def renew(made: Path, place: Path) -> None:
    """Copy a file that was made into the output, unless it is there already."""
    if not made.exists():
        return
    tell(place)
    here, there = made.stat(), place.stat() if place.exists() else None
    if there and (there.st_size, there.st_mtime_ns) == (here.st_size, here.st_mtime_ns):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(made, place)


def _forget(folder: Path, keys: Iterable[str]) -> None:
    """Take copies away that no page shows any more: a picture that was withdrawn is gone."""
    kept = set(keys)
    for each in folder.iterdir() if folder.is_dir() else ():
        if each.name not in kept and _KEY.fullmatch(each.name):
            shutil.rmtree(each)


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return PicturesGenerator
