"""Builds the site once for each line that it is sent, in a copy of itself that has all loaded.

Nothing of a build lasts but what it wrote, so a build here is one like `pelican`'s; only the
modules that it had to import are there already when the next one begins.
"""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

FAILED = "Situs gagal dibangun, jadi halaman ini masih yang lama."
MORE = "Rinciannya ada di terminal yang menjalankan server ini."
TAIL = 15
"""Lines of a failed build's words that the page shows."""

TRACEBACK = "Traceback (most recent call last)"
FORK = multiprocessing.get_context("fork")


def main(settings: str, overrides: str) -> None:
    """Build for each line of standard input; answer each with JSON: why it failed, or nothing."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    for _ in sys.stdin:
        answers.write(json.dumps({"failure": once(settings, json.loads(overrides))}) + "\n")
        answers.flush()


def once(settings: str, overrides: Mapping[str, Any]) -> str:
    """Build in a copy of this process; tell the terminal what it said, and return why it failed."""
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as learned:
        build = FORK.Process(target=pelican, args=(settings, overrides, said, learned))
        build.start()
        build.join()
        text, names = _read(said), _read(learned)
    sys.stderr.write(text)
    sys.stderr.flush()
    learn(names.split())
    return failure(text) if build.exitcode else ""


def pelican(settings: str, overrides: Mapping[str, Any], said: IO[str], learned: IO[str]) -> None:
    """Run Pelican as its command does with `--fatal errors`; every word goes to `said`."""
    for stream in (1, 2):
        os.dup2(said.fileno(), stream)
    before = set(sys.modules)
    from pelican import Pelican, init_logging  # noqa: PLC0415 -- its failure is the build's
    from pelican.settings import read_settings  # noqa: PLC0415

    init_logging(fatal="errors", handler=None)
    Pelican(read_settings(settings, dict(overrides))).run()
    learned.write("\n".join(name for name in sys.modules if name not in before))
    learned.flush()


def learn(names: list[str]) -> None:
    """Import what a build imported, for the next one; what is in no package, it finds itself."""
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()


def failure(text: str) -> str:
    """Say why a build failed to somebody who writes articles."""
    lines = text.rstrip().splitlines()
    if TRACEBACK in text:
        return "\n".join((FAILED, *lines[-1:], MORE))
    return "\n".join((FAILED, *lines[-TAIL:]))


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main(*sys.argv[1:])
