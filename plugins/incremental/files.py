"""What is in a file, without reading it again while nothing touched it.

A file is believed to be as it was if its size, times and inode are: the time of its last change
of state (`st_ctime`) cannot be set back by hand. What changed less than a second before it was
looked at is not believed, for a further change might bear the same time.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from incremental.canonical import DIGEST_BYTES, seal

Sign = tuple[int, int, int, int]
"""Size in bytes, modification and state change in nanoseconds, inode."""

NOBODY: Sign = (-1, 0, 0, 0)
"""The sign of a file that must be read again."""

_YOUNG_NS = 1_000_000_000


def digest_of(data: bytes) -> bytes:
    """Digest bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).digest()


def sign_of(state: os.stat_result) -> Sign:
    """Take what tells whether a file was touched."""
    return (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


def lasting(sign: Sign) -> Sign:
    """Return a sign to keep, or `NOBODY` where the file changed only just now."""
    return sign if time.time_ns() - max(sign[1], sign[2]) > _YOUNG_NS else NOBODY


class Files:
    """Digests of files; `known` is kept from one build to the next, by absolute path."""

    def __init__(self, known: dict[str, tuple[Sign, bytes]]) -> None:
        """Take what the last build knew."""
        self._known = known
        self.asked: dict[str, tuple[Sign, bytes, Sign]] = {}

    def digest(self, path: str) -> bytes | None:
        """Return the digest of what is in a file; None where there is none.

        A file has one digest in one build, that of the moment at which it was asked first.
        """
        if path in self.asked:
            return self.asked[path][1]
        try:
            sign = sign_of(os.stat(path))  # noqa: PTH116 -- ten thousand times a build
        except OSError:
            return None
        known = self._known.get(path)
        if known is None or known[0] != sign:
            try:
                known = (lasting(sign), digest_of(Path(path).read_bytes()))
            except OSError:
                return None
        self.asked[path] = (*known, sign)
        return known[1]

    def kept(self) -> dict[str, tuple[Sign, bytes]]:
        """Return what to keep for the next build."""
        return {path: (sign, digest) for path, (sign, digest, _) in self.asked.items()}

    def untouched(self, path: str) -> bool:
        """Tell whether a file is still as it was when its digest was asked."""
        try:
            sign = sign_of(os.stat(path))  # noqa: PTH116 -- the same
        except OSError:
            return False
        return self.asked[path][2] == sign

    def tree(self, root: str, without: frozenset[str] = frozenset()) -> bytes:
        """Digest a folder: the names and contents of all files in it but those in `without`.

        `without` are names of folders that stand at once below the root.
        """
        return seal(tuple((name, self.digest(name)) for name in sorted(_below(root, without))))


def _below(root: str, without: frozenset[str]) -> Iterator[str]:
    for folder, folders, names in os.walk(root, followlinks=True):
        if folder == root:
            folders[:] = [name for name in folders if name not in without]
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (os.path.join(folder, name) for name in names)  # noqa: PTH118 -- the same
