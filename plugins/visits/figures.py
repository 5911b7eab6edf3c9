"""How often each article was read: a data file, made from the server's own logs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Views:
    """Counts by article ID since a day; `demo` says that they are made up.

    `until` is the last day that is in them, where that is known.
    """

    counts: Mapping[str, int]
    since: date
    demo: bool
    until: date | None = None

    def of(self, article_id: str) -> int | None:
        """Return an article's count, or None where there is no figure."""
        return self.counts.get(article_id)


def read_views(path: Path) -> Views | None:
    """Read the data file; a site without one shows no figures.

    Raises:
        ValueError: the file is not what `{"since": "2022-01-01", "counts": {"ID": 12}}` shows.
    """
    if not path.exists():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        counts = {str(key): int(value) for key, value in data["counts"].items()}
        until = date.fromisoformat(data["until"]) if "until" in data else None
        since, demo = date.fromisoformat(data["since"]), bool(data.get("demo"))
        return Views(counts, since, demo=demo, until=until)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{path}: bukan berkas kunjungan ({error}). "
            'Tulis seperti {"since": "2022-01-01", "counts": {"ID": 12}}.'
        ) from error


def write_views(path: Path, views: Views) -> None:
    """Write the data file; it appears whole or not at all."""
    data: dict[str, object] = {"since": views.since.isoformat()}
    if views.until:
        data["until"] = views.until.isoformat()
    data["counts"] = dict(sorted(views.counts.items()))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    fresh.replace(path)
