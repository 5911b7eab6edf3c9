"""What is kept between builds: written whole or not at all, and believed only if it is unharmed."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import marshal
import os
import sys
from pathlib import Path
from typing import Any

from incremental.canonical import DIGEST_BYTES, MARSHAL

log = logging.getLogger(f"pelican.{__name__}")

FORMAT = 2
"""Raise it whenever what is kept is written or understood in another way."""

_MAGIC = f"pelican-incremental {FORMAT} {sys.implementation.cache_tag}\n".encode()


class Unusable(Exception):  # noqa: N818 -- it is the file that is unusable
    """A kept file that is damaged, or that another version wrote."""


def write_sealed(file: Path, value: Any) -> None:  # noqa: ANN401 -- whatever marshal takes
    """Put a value in place at once.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    payload = marshal.dumps(value, MARSHAL)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with fresh.open("wb") as out:
            out.write(_MAGIC + hashlib.blake2b(payload, digest_size=DIGEST_BYTES).digest())
            out.write(payload)
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def read_sealed(file: Path) -> Any:  # noqa: ANN401 -- whatever was written
    """Read a value.

    Raises:
        Unusable: it is damaged, or another version wrote it.
        OSError: it is not there or cannot be read.
    """
    data = file.read_bytes()
    start = len(_MAGIC) + DIGEST_BYTES
    if data[: len(_MAGIC)] != _MAGIC:
        raise Unusable(f"{file}: written by another version")
    payload = memoryview(data)[start:]
    if hashlib.blake2b(payload, digest_size=DIGEST_BYTES).digest() != data[len(_MAGIC) : start]:
        raise Unusable(f"{file}: damaged")
    return marshal.loads(payload)  # noqa: S302 -- its digest says that it is what we wrote


class Folder:
    """The folder of one output: its state, its lock, and the journal of files that were begun."""

    def __init__(self, path: Path) -> None:
        """Take the folder, which need not exist."""
        self.path = path
        self._lock: int | None = None
        self._journal: int | None = None

    def acquire(self) -> bool:
        """Wait until no other build uses the folder; tell whether it can be used at all."""
        self.release()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            log.warning("Incremental: %s cannot be used (%s).", self.path, error.strerror)
            return False
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.warning("Incremental: another build of this site is running; waiting for it.")
            fcntl.flock(self._lock, fcntl.LOCK_EX)
        return True

    def release(self) -> None:
        """Let other builds begin."""
        for descriptor in (self._lock, self._journal):
            if descriptor is not None:
                os.close(descriptor)
        self._lock = self._journal = None

    def load(self) -> dict[str, Any]:
        """Return the state that the last whole build left; nothing where there is none."""
        try:
            state: dict[str, Any] = read_sealed(self.path / "state")
        except FileNotFoundError:
            return {}
        except (Unusable, OSError) as error:
            log.warning("Incremental: everything is built anew, because of %s.", error)
            return {}
        return state

    def save(self, state: dict[str, Any]) -> None:
        """Keep the state, last of all; the journal is then done with."""
        try:
            write_sealed(self.path / "state", state)
            if self._journal is not None:
                os.ftruncate(self._journal, 0)
        except OSError as error:
            log.warning(
                "Incremental: the site is complete, but nothing can be kept for the next build"
                " (%s: %s).",
                self.path,
                error.strerror,
            )

    def begun(self) -> set[str]:
        """Name the files that builds began since the last one that ended."""
        try:
            text = (self.path / "journal").read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return set()
        return {name for name in text.split("\n") if name}

    def begin(self, name: str) -> None:
        """Note that a file that no earlier build wrote is about to be."""
        try:
            if self._journal is None:
                flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
                self._journal = os.open(self.path / "journal", flags, 0o644)
            os.write(self._journal, f"{name}\n".encode("utf-8", "surrogateescape"))
        except OSError as error:
            log.debug("Incremental: no journal (%s)", error)
