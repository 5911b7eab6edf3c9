"""What each listener was told already, in a file that may be lost: then it is told once more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

Told = dict[str, Mapping[str, str]]
"""Listener → address → what it was like when the listener was told."""


def read(file: Path) -> Told:
    """Read the file; one that is missing or damaged remembers nothing."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(name): {str(address): str(state) for address, state in states.items()}
            for name, states in data.items()
        }
    except (FileNotFoundError, ValueError, AttributeError):
        return {}


def write(file: Path, told: Told) -> None:
    """Write the file; it appears whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(file)
