"""What a measured generator of sites must tell about itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Protocol

from bench.build.corpus import Essay

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
VAR = ROOT / "var" / "bench"
THEMES = Path(__file__).parent / "themes"
PICTURES_CACHE = "gambar"
"""Beside the sites that draw cards and copies of pictures, and theirs together."""
CHANGES = ("cold", "nothing", "new", "changed", "deleted")
"""In the order in which they are made: the article that is new is the one that is deleted."""

ALWAYS_WHOLE = ("cold", "new")
"""Of a generator that remembers nothing: its other builds cost the same."""


class Peer(Protocol):
    """A generator in a folder of its own, which holds settings, theme, content and `output/`."""

    @property
    def name(self) -> str:
        """Name it in commands and in kept numbers."""

    @property
    def label(self) -> str:
        """Name it in the table."""

    @property
    def plain(self) -> bool:
        """Tell whether it writes the plain theme's pages, which are equal for all."""

    @property
    def changes(self) -> tuple[str, ...]:
        """List what is measured: all changes only where a build uses anything of the last one."""

    def install(self) -> None:
        """Install it below var/, if it is not there."""

    def lay(self, root: Path) -> None:
        """Put settings and theme into its folder."""

    def file(self, root: Path, essay: Essay) -> Path:
        """Tell where it reads an article from."""

    def text(self, essay: Essay) -> str:
        """Write an article in its way."""

    def pictures(self, root: Path) -> Path:
        """Tell which folder of its own becomes the site's root folder of `images/`."""

    def command(self, root: Path) -> list[str]:
        """Return the command that builds the site when it is run in the folder."""

    def forget(self, root: Path) -> None:
        """Remove what earlier builds left, but not drawn cards and copies of pictures."""
