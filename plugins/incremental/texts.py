"""Keeps what readers made of files, by what is in them; Pelican makes its objects of it anew.

Texts stand one after another in a file that only grows, until half of it is waste.
"""

from __future__ import annotations

import logging
import marshal
import mmap
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from incremental import parsers
from incremental.canonical import MARSHAL, name_of, seal
from incremental.encoding import Unkept, decode, encode
from incremental.files import Files, digest_of
from incremental.observing import Seen, observing

log = logging.getLogger(f"pelican.{__name__}")

Read = Callable[[str], tuple[Any, dict[str, Any]]]
Record = tuple[int, int, bytes, str | None, tuple[tuple[str, bytes | None], ...]]
"""Offset and length in the file, digest; the day that it is of; other files with their digests."""

_WASTED = 2
"""A file so many times as long as what is used of it is written anew."""


class Texts:
    """The kept texts of one output."""

    def __init__(self, file: Path, records: dict[bytes, Record], files: Files) -> None:
        """Take the file and where in it each text is."""
        self._file, self._records, self._files = file, records, files
        self.used: dict[bytes, Record] = {}
        self._data = _mapped(file)
        self._end = len(self._data)
        self._fresh: dict[bytes, bytes] = {}

    def reading(self, read: Read, reader: object, settings: Mapping[str, Any]) -> Read:
        """Return a way to read that reads only what is not known."""
        kind, root = name_of(type(reader)), str(settings["PATH"])

        def known_or_read(path: str) -> tuple[Any, dict[str, Any]]:
            digest = self._files.digest(path)
            key = seal((kind, os.path.relpath(path, root), digest))
            record = self._records.get(key)
            if record is not None and self._holds(record):
                plain = self._taken(record)
                if plain is not None:
                    self.used[key] = record
                    return plain[0], decode(plain[1], settings)
            with observing(path) as seen, parsers.reading():
                content, metadata = read(path)
            self._keep(key, seen, content, metadata)
            return content, metadata

        return known_or_read

    def _holds(self, record: Record) -> bool:
        *_, day, others = record
        today = date.today().isoformat() if day else None  # noqa: DTZ011, TID251 -- as Pelican
        return day == today and all(self._files.digest(name) == was for name, was in others)

    def _taken(self, record: Record) -> Any:  # noqa: ANN401 -- what was kept
        start, length, digest, *_ = record
        data = self._data[start : start + length]
        if digest_of(data) != digest:
            return None
        return marshal.loads(data)  # noqa: S302 -- its digest says that it is what we wrote

    def _keep(self, key: bytes, seen: Seen, content: object, metadata: dict[str, Any]) -> None:
        if not seen.lasting or not self._files.untouched(seen.path):
            return
        try:
            data = marshal.dumps((encode(content), encode(metadata)), MARSHAL)
        except Unkept as reason:
            log.debug("Incremental: %s is read in every build (%s)", seen.path, reason)
            return
        others = tuple((name, self._files.digest(name)) for name in sorted(seen.files))
        self.used[key] = (self._end, len(data), digest_of(data), seen.today, others)
        self._fresh[key] = data
        self._end += len(data)

    def save(self) -> dict[bytes, Record]:
        """Write what is new; return where each text that was used is.

        Raises:
            OSError: the disk is full or cannot be written.
        """
        live = sum(record[1] for record in self.used.values())
        if self._end > live * _WASTED:
            return self._rewrite()
        if self._fresh:
            with self._file.open("r+b" if self._file.exists() else "wb") as out:
                out.seek(len(self._data))
                out.truncate()
                out.writelines(self._fresh.values())
        return self.used

    def _rewrite(self) -> dict[bytes, Record]:
        moved: dict[bytes, Record] = {}
        place = 0
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with fresh.open("wb") as out:
            for key, (start, length, *rest) in self.used.items():
                out.write(self._fresh.get(key) or self._data[start : start + length])
                moved[key] = (place, length, *rest)  # type: ignore[assignment]
                place += length
        fresh.replace(self._file)
        return moved


def _mapped(file: Path) -> Any:  # noqa: ANN401 -- bytes, or as good as these
    """Return what is in a file; nothing where there is none."""
    try:
        with file.open("rb") as data:
            return mmap.mmap(data.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return b""
