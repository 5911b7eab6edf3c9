"""A folder of written files that remembers which of them are its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

MANIFEST = "manifest.json"


class ForeignFolder(Exception):  # noqa: N818 -- says what the folder is
    """The folder holds files of someone else; the reason is plain Indonesian."""


class Folder:
    """Writes what changed, keeps what did not, and at the end removes what was not written again.

    Only files that its manifest names are ever removed.
    """

    def __init__(self, path: Path) -> None:
        """Open `path`, which is made if it is missing.

        Raises:
            ForeignFolder: it has files but no manifest of ours, or a damaged one.
        """
        self.path = path
        self.names: set[str] = set()
        self.path.mkdir(parents=True, exist_ok=True)
        self.before = self._remembered()

    def put(self, name: str, content: bytes) -> bool:
        """Make the file `name` (with forward slashes) hold `content`; tell whether it changed."""
        self.names.add(name)
        file = self.path / name
        if file.is_file() and file.read_bytes() == content:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_bytes(content)
        fresh.replace(file)
        return True

    def close(self) -> None:
        """Remove what earlier runs wrote and this one did not, and remember this one's files."""
        for name in self.before - self.names:
            self._remove(name)
        self._remember(self.names)

    def _remembered(self) -> set[str]:
        manifest = self.path / MANIFEST
        if not manifest.exists():
            if any(self.path.iterdir()):
                raise ForeignFolder(
                    f"{self.path} berisi berkas lain, bukan pratinjau. "
                    "Pilih folder kosong untuk SYNDICATION_PREVIEW."
                )
            self._remember(set())
        try:
            return set(json.loads(manifest.read_text("utf-8"))["files"])
        except (ValueError, KeyError, TypeError) as error:
            raise ForeignFolder(
                f"{manifest} rusak. Hapus folder {self.path}, lalu ulangi."
            ) from error

    def _remember(self, names: set[str]) -> None:
        text = json.dumps({"files": sorted(names)}, ensure_ascii=False, indent=1)
        fresh = self.path / f".{MANIFEST}.new"
        fresh.write_text(text, "utf-8")
        fresh.replace(self.path / MANIFEST)

    def _remove(self, name: str) -> None:
        file = Path(os.path.normpath(self.path / name))
        if not file.is_relative_to(self.path) or file == self.path:
            return
        file.unlink(missing_ok=True)
        for parent in file.relative_to(self.path).parents:
            folder = self.path / parent
            if folder == self.path or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()
