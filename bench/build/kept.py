"""The measured numbers as they are kept beside the documents: table and curve are made of them."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.build.rounds import Figure, Figures


@dataclass(slots=True)
class Kept:
    """Figures by the number of articles; seconds of imports, and of the development server."""

    sizes: dict[int, Figures] = field(default_factory=dict)
    measured: dict[int, str] = field(default_factory=dict)
    imports: dict[str, float] = field(default_factory=dict)
    saving: dict[int, float] = field(default_factory=dict)

    def add(self, articles: int, figures: Figures, when: str) -> None:
        """Put new figures in place of the old ones of the same generators and changes."""
        known = self.sizes.setdefault(articles, {})
        for name, changes in figures.items():
            known[name] = known.get(name, {}) | changes
        self.measured[articles] = when


def read(file: Path) -> Kept:
    """Read what was kept; nothing if there is no file."""
    if not file.is_file():
        return Kept()
    said: dict[str, Any] = json.loads(file.read_text("utf-8"))
    sizes = {
        int(articles): {
            name: {change: Figure(**figure) for change, figure in changes.items()}
            for name, changes in figures.items()
        }
        for articles, figures in said["sizes"].items()
    }
    return Kept(
        sizes,
        {int(articles): when for articles, when in said["measured"].items()},
        said["imports"],
        {int(articles): seconds for articles, seconds in said["saving"].items()},
    )


def write(kept: Kept, file: Path) -> None:
    """Write it, sorted, so that a change shows as one."""
    file.write_text(json.dumps(dataclasses.asdict(kept), indent=1, sort_keys=True) + "\n", "utf-8")
