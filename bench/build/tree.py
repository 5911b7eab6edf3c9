"""What a build wrote: told from the files, not from what a generator says of itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

Marks = Mapping[str, tuple[int, int, int]]
"""Of each page, by path: inode, time of the last change in ns, size in bytes."""


def pages(output: Path) -> dict[str, tuple[int, int, int]]:
    """Mark every HTML page below a folder."""
    found = {}
    waiting = [str(output)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name.endswith(".html"):
                    stat = entry.stat(follow_symlinks=False)
                    found[entry.path] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


def rewritten(before: Marks, after: Marks) -> int:
    """Count the pages that were written: new ones, and those whose file is not as it was."""
    return sum(before.get(path) != mark for path, mark in after.items())
