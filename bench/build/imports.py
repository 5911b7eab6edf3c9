"""How long a build waits for imports before it reads the first article."""

from __future__ import annotations

import re
import subprocess
import sys
from statistics import median

ROUNDS = 5
LIBRARIES = ("pelican", "sqlalchemy", "alembic")
"""In the order of a build that opens the ledger; each adds to those before it."""

_LINE = re.compile(r"import time:\s+\d+ \|\s+(?P<cumulative>\d+) \| (?P<name>\w+)$", re.MULTILINE)


def seconds() -> dict[str, float]:
    """Return what each library takes when those before it are there already, medians."""
    rounds = [once() for _ in range(ROUNDS)]
    return {name: round(median(each[name] for each in rounds), 3) for name in LIBRARIES}


def once() -> dict[str, float]:
    """Import them in one fresh process, and read what Python says of it (`-X importtime`)."""
    command = [sys.executable, "-X", "importtime", "-c", f"import {', '.join(LIBRARIES)}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr  # noqa: S603
    micros = {match["name"]: int(match["cumulative"]) for match in _LINE.finditer(said)}
    return {name: micros[name] / 1e6 for name in LIBRARIES}
