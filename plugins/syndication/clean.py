"""Which texts the accuracy gate has passed already, by their digests: a memory that may be lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

DIGEST_BYTES = 16
"""Of BLAKE2b: that two of a site's texts have one in common is beyond all chance."""


@dataclass(slots=True)
class Clean:
    """Digests of texts that were found without a doubt, under terms that are named in each.

    A file that is missing, damaged or cannot be written makes the gate slower and nothing else.
    """

    file: Path
    terms: bytes
    known: set[bytes] = field(default_factory=set)
    seen: set[bytes] = field(default_factory=set)

    @classmethod
    def open(cls, file: Path, *terms: str) -> Clean:
        """Read the file; `terms` are what the gate's answer depends on beside text and code."""
        named = hashlib.blake2b(_code())
        for each in terms:
            named.update(b"\0" + each.encode())
        try:
            data = file.read_bytes()
        except OSError:
            data = b""
        starts = range(0, len(data) - DIGEST_BYTES + 1, DIGEST_BYTES)
        known = {data[start : start + DIGEST_BYTES] for start in starts}
        return cls(file, named.digest(), known)

    def digest(self, data: bytes) -> bytes:
        """Name a text under these terms."""
        return hashlib.blake2b(data, digest_size=DIGEST_BYTES, key=self.terms).digest()

    def has(self, digest: bytes) -> bool:
        """Tell whether the text passed, and keep it in mind."""
        if digest in self.known:
            self.seen.add(digest)
        return digest in self.known

    def add(self, digest: bytes) -> None:
        """Keep in mind that the text passed."""
        self.seen.add(digest)

    def save(self) -> None:
        """Write down what was seen in this look, if that is another set than before."""
        if self.seen == self.known:
            return
        fresh = self.file.with_suffix(".new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(b"".join(sorted(self.seen)))
            fresh.replace(self.file)
        except OSError:
            return


@cache
def _code() -> bytes:
    """Digest the code and data of the gate: another gate may have other doubts."""
    whole = hashlib.blake2b()
    package = resources.files("syndication")
    rooms = (package / "compose", package / "content")
    for each in (package / "accuracy.py", *_files(rooms)):
        whole.update(each.name.encode() + b"\0" + each.read_bytes())
    return whole.digest()


def _files(rooms: Iterable[Traversable]) -> Iterable[Traversable]:
    for room in rooms:
        for each in sorted(room.iterdir(), key=lambda found: found.name):
            if each.name.endswith((".py", ".toml", ".txt")):
                yield each
