"""The folder of the writers: what lies in it, and how one file is replaced whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from syndication.content.document import Source
from syndication.model import Problem, Severity

ENDINGS = frozenset({".md", ".markdown", ".mkd", ".mdown"})
"""What Pelican takes for Markdown, in lower case only (`MarkdownReader`, 4.12.0)."""

_MEANT = ENDINGS | {".txt"}
_MOVE = "Pindahkan ke folder artikel."
_RENAME = "Ganti nama berkasnya, misalnya lelang.md."

ARTICLES, PAGES = ("",), ("pages",)
"""Pelican's ARTICLE_PATHS and PAGE_PATHS as shipped (4.12.0)."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in the writers' folder, by names relative to the project root, with slashes.

    `articles` and `pages` are Markdown that Pelican reads, `overlooked` what it would never read
    and nobody would notice; `media` is everything else.
    """

    root: Path
    articles: frozenset[str]
    pages: frozenset[str]
    overlooked: frozenset[str]
    media: frozenset[str]

    def sources(self) -> Iterator[Source]:
        """Read one file after the other; one that cannot be read tells why."""
        for name in sorted(self.articles | self.pages):
            page = name in self.pages
            try:
                yield Source(name, (self.root / name).read_bytes(), page)
            except OSError as error:
                yield Source(name, b"", page, os.strerror(error.errno or 0))

    def problems(self) -> Iterator[Problem]:
        """Warn of each file that Pelican would never read, without a word."""
        for name in sorted(self.overlooked):
            if PurePosixPath(name).suffix in ENDINGS:
                message, remedy = "Berkas ini tidak terbit: letaknya di luar folder artikel.", _MOVE
            else:
                message, remedy = "Berkas ini tidak terbit: akhiran namanya bukan .md.", _RENAME
            yield Problem(name, 0, message, remedy, Severity.WARNING)


def look(
    root: Path,
    content: Path,
    *,
    articles: Iterable[str] = ARTICLES,
    pages: Iterable[str] = PAGES,
) -> Folder:
    """List all files under `content`; its sub-folders `articles` and `pages` hold Markdown."""
    base = content.relative_to(root)
    names = frozenset(path.relative_to(root).as_posix() for path in _files(content))
    meant = frozenset(name for name in names if PurePosixPath(name).suffix.lower() in _MEANT)
    markdown = frozenset(name for name in meant if PurePosixPath(name).suffix in ENDINGS)
    fixed = _below(markdown, base, pages)
    written = _below(markdown - fixed, base, articles)
    return Folder(root, written, fixed, meant - fixed - written, names - meant)


def _below(names: Iterable[str], base: Path, folders: Iterable[str]) -> frozenset[str]:
    openings = tuple(f"{(base / folder).as_posix()}/" for folder in folders)
    return frozenset(name for name in names if name.startswith(openings))


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
