"""Bring the pictures of posts into the preview, so that it shows them without a network."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from syndication.preview.folder import Folder

KINDS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".svg"})


@dataclass(frozen=True, slots=True)
class Site:
    """The site as just built: its address (SITEURL) and the folder of its files."""

    url: str
    output: Path

    def file(self, address: str) -> Path | None:
        """Find the built file behind an address of this site; None if it has none."""
        rest = address.removeprefix(self.url.rstrip("/"))
        if urlsplit(rest).scheme or rest.startswith("//"):
            return None
        file = (self.output / unquote(urlsplit(rest).path).lstrip("/")).resolve()
        return file if file.is_relative_to(self.output.resolve()) and file.is_file() else None


class Pictures:
    """Copies each picture once into the folder and knows it by its public address."""

    def __init__(self, site: Site | None, folder: Folder) -> None:
        """Take pictures from `site`; without one the preview only names them."""
        self.site = site
        self.folder = folder
        self.names: dict[str, str] = {}

    def local(self, address: str) -> str:
        """Return the copy's name in the folder, "" where the built site has no such picture."""
        if address not in self.names:
            self.names[address] = self._copied(address)
        return self.names[address]

    def _copied(self, address: str) -> str:
        file = self.site.file(address) if self.site else None
        if file is None or file.suffix.lower() not in KINDS:
            return ""
        key = hashlib.sha256(address.encode()).hexdigest()[:16]
        name = str(PurePosixPath("pictures") / f"{key}{file.suffix.lower()}")
        self.folder.put(name, file.read_bytes())
        return name
