"""Makes the index that the search page reads, with Pagefind, once the whole site is written."""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pagefind.service import get_executable
from pelican.log import console

if TYPE_CHECKING:
    from pelican import Pelican

FOLDER = "pagefind"
"""Where the index is, below the site's root; `js/search.js` finds it there."""

SOURCE = "source.sha256"
# What Pagefind brings for those who use its looks or its worker (1.5.2, looked at 2026-11-24).
UNUSED = ("pagefind-*.js", "*.css", "wasm.unknown.pagefind")


def digest(pages: Iterable[Path], root: Path) -> str:
    """Return one digest of all pages: their addresses and what is in them."""
    total = hashlib.sha256()
    for page in sorted(pages):
        total.update(f"{page.relative_to(root)}\0".encode())
        total.update(hashlib.sha256(page.read_bytes()).digest())
    return total.hexdigest()


def index(root: Path) -> str:
    """Index the pages below `root` into `FOLDER`, whole or not at all; return what to tell.

    Only what a template marks with `data-pagefind-body` is found later.

    Raises:
        RuntimeError: Pagefind is missing or failed; what was there before is left.
    """
    folder, fresh = root / FOLDER, root / f".{FOLDER}"
    source = digest(root.rglob("*.html"), root)
    stamp = folder / SOURCE
    if stamp.is_file() and stamp.read_text() == source:
        return "Pencarian: tidak ada halaman yang berubah, indeks lama dipakai."
    shutil.rmtree(fresh, ignore_errors=True)
    _run_pagefind(root, fresh)
    for pattern in UNUSED:
        for file in fresh.glob(pattern):
            file.unlink()
    (fresh / SOURCE).write_text(source)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    return f"Pencarian: {len(list(folder.glob('fragment/*')))} halaman masuk indeks."


def _run_pagefind(root: Path, into: Path) -> None:
    program = get_executable()
    if program is None:
        raise RuntimeError(
            "Pencarian: program Pagefind tidak ada. Jalankan `make setup`, lalu ulangi."
        )
    done = subprocess.run(  # noqa: S603 -- the program of our own requirements
        [program, "--site", root, "--output-path", into],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Pencarian: Pagefind gagal. Katanya:\n{done.stdout}{done.stderr}")


def write_index(pelican: Pelican) -> None:
    """Index a site that knows its own address; a development build is for the writer's eyes."""
    if pelican.settings["SITEURL"] and pelican.settings.get("SEARCH_IN_BUILD", True):
        console.print(index(Path(pelican.output_path)))


def main() -> None:
    """Index a site that was built with `SEARCH_IN_BUILD = False`."""
    parser = argparse.ArgumentParser(prog="kantor.search", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="folder situs yang sudah dibangun")
    console.print(index(parser.parse_args().folder.absolute()))


if __name__ == "__main__":
    main()
