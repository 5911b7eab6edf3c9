"""What servers said of their own limits, kept from the last time somebody asked them.

A build uses no network, so `siar limits` asks beforehand; what an instance says wins over what its
platform says in general.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FILE = Path("var", "limits.json")
"""Below the project root."""

Limits = Mapping[str, Mapping[str, int]]
"""Channel → field of `Rules` → number."""


def read(root: Path) -> Limits:
    """Return what is kept; nothing where nobody asked yet.

    Raises:
        ValueError: the file is not what `write` wrote.
    """
    file = root / FILE
    if not file.is_file():
        return {}
    try:
        kept = json.loads(file.read_text("utf-8"))
        return {
            str(channel): {str(name): int(number) for name, number in limits.items()}
            for channel, limits in kept.items()
        }
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{FILE}: {error}") from error


def write(root: Path, limits: Limits) -> None:
    """Keep limits for the builds to come; the file is replaced whole."""
    file = root / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(limits, indent=1, sort_keys=True) + "\n", "utf-8")
    fresh.replace(file)
