"""The folder of the writers: what lies in it, and how one file is replaced whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from syndication.content.document import Source

ENDINGS = frozenset({".md", ".markdown", ".mkd", ".mdown"})
"""What Pelican takes for Markdown (`MarkdownReader.file_extensions`, 4.12.0)."""

PAGES = ("pages",)
"""Pelican's PAGE_PATHS as shipped."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in the writers' folder, by names relative to the project root, with slashes.

    `articles` and `pages` are Markdown; `media` is everything else.
    """

    root: Path
    articles: frozenset[str]
    pages: frozenset[str]
    media: frozenset[str]

    def sources(self) -> Iterator[Source]:
        """Read one file after the other; one that cannot be read tells why."""
        for name in sorted(self.articles | self.pages):
            page = name in self.pages
            try:
                yield Source(name, (self.root / name).read_bytes(), page)
            except OSError as error:
                yield Source(name, b"", page, os.strerror(error.errno or 0))


def look(root: Path, content: Path, *, pages: Iterable[str] = PAGES) -> Folder:
    """List all files under `content`; `pages` are its sub-folders that hold fixed pages."""
    fixed = tuple(f"{(content / name).relative_to(root).as_posix()}/" for name in pages)
    names = [path.relative_to(root).as_posix() for path in _files(content)]
    markdown = {name for name in names if PurePosixPath(name).suffix.lower() in ENDINGS}
    page_names = {name for name in markdown if name.startswith(fixed)}
    return Folder(
        root=root,
        articles=frozenset(markdown - page_names),
        pages=frozenset(page_names),
        media=frozenset(names) - markdown,
    )


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
