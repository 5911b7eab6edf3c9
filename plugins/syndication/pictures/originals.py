"""The pictures that writers put into the content folder, known by what they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote


class Originals:
    """Finds the file of a picture by its public address; each file is read once a build.

    What stands at the address is made of it (upright, lighter, without what the camera wrote), so
    it is the original that tells whether a picture is still the one that people approved.
    """

    def __init__(self, siteurl: str, content: Path) -> None:
        """Look in the content folder, whose files have the same paths on the site."""
        self._base = f"{siteurl.rstrip('/')}/"
        self._content = content.resolve()
        self._digests: dict[str, str] = {}

    def digest(self, url: str) -> str:
        """Return the SHA-256 of the file (hexadecimal); "" where it is not one of ours."""
        if url not in self._digests:
            self._digests[url] = self._digest(url)
        return self._digests[url]

    def _digest(self, url: str) -> str:
        if not url.startswith(self._base):
            return ""
        path = url.removeprefix(self._base)
        for each in (path, unquote(path)):
            file = (self._content / each).resolve()
            if file.is_relative_to(self._content) and file.is_file():
                return hashlib.sha256(file.read_bytes()).hexdigest()
        return ""
