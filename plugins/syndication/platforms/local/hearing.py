"""Responses and figures, as the timeline server writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from syndication.model import JSON, Figures, Response
from syndication.platforms.answers import Answer, objects


def rows(answer: Answer) -> list[Mapping[str, JSON]] | None:
    """Read a page of responses; None where the answer is none."""
    try:
        data = json.loads(answer.text)
    except (ValueError, RecursionError):
        return None
    return objects(data) if answer.ok and isinstance(data, list) else None


def heard(row: Mapping[str, JSON], host: str) -> Response:
    """Read one response."""
    said = {name: str(row.get(name, "")) for name in ("id", "post_id", "author", "text", "parent")}
    return Response(
        **said,
        url=f"{host}/posts/{said['post_id']}#tanggapan-{said['id']}",
        at=datetime.fromisoformat(str(row.get("at"))),
        ours=row.get("official") is True,
    )


def measured(data: Mapping[str, JSON]) -> Mapping[str, Figures]:
    """Read the figures of posts, by number."""
    return {
        post_id: Figures(
            views=_count(each, "views"),
            likes=_count(each, "likes"),
            replies=_count(each, "replies"),
        )
        for post_id, each in data.items()
        if isinstance(each, dict)
    }


def _count(counts: Mapping[str, JSON], name: str) -> int | None:
    value = counts.get(name)
    return value if isinstance(value, int) else None
