"""Tells whoever keeps the output clean which files are part of the site."""

from __future__ import annotations

from pathlib import Path

from blinker import signal

SITE_FILE = signal("site_file")
"""Sent with a file's path, for each that this build wrote or found to be there already."""


def tell(file: Path) -> None:
    """Say that a file is part of the site now: one that was, and is not any more, may go."""
    SITE_FILE.send(str(file))
