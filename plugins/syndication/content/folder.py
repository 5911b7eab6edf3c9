"""The folder of the writers: what lies in it, and how one file is replaced whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from syndication.content.document import Source
from syndication.model import Problem

ENDINGS = frozenset({".md", ".markdown", ".mkd", ".mdown"})
"""What Pelican takes for Markdown (`MarkdownReader.file_extensions`, 4.12.0)."""

PAGES = ("pages",)
"""Pelican's PAGE_PATHS as shipped."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in the writers' folder. `media` are the other files; `problems` the unreadable.

    All names are relative to the project root, with slashes.
    """

    sources: tuple[Source, ...]
    media: frozenset[str]
    problems: tuple[Problem, ...]


def read(root: Path, content: Path, *, pages: tuple[str, ...] = PAGES) -> Folder:
    """Read all files under `content`; `pages` are its sub-folders that hold fixed pages."""
    fixed = tuple(f"{content.relative_to(root).as_posix()}/{name}/" for name in pages)
    sources: list[Source] = []
    media: set[str] = set()
    problems: list[Problem] = []
    for path in _files(content):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() not in ENDINGS:
            media.add(name)
            continue
        try:
            sources.append(Source(name, path.read_bytes(), page=name.startswith(fixed)))
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            problems.append(Problem(name, 0, f"Berkas tidak dapat dibaca: {reason}.", _REMEDY))
    return Folder(tuple(sources), frozenset(media), tuple(problems))


_REMEDY = "Periksa hak akses berkas, atau hapus tautan yang putus."


def _files(content: Path) -> Iterator[Path]:
    """Walk as Pelican does: through links, past what begins with a dot."""
    for folder, folders, names in os.walk(content, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def write(path: Path, data: bytes) -> None:
    """Replace a file whole: readers see the old bytes or the new ones, and its mode stays.

    Raises:
        OSError: the disk is full or read-only; the old file is untouched.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o644)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
