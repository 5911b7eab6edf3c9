"""The record of a post as it is put into the account's repository, and as it is found there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from syndication.model import JSON, Payload

COLLECTION = "app.bsky.feed.post"
CARD = "app.bsky.embed.external"


def record(payload: Payload, *, created_at: str = "", thumb: JSON = None) -> dict[str, JSON]:
    """Write the record of a payload, with the moment and the blob that belong to one attempt.

    Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
    (2026-11-24).
    """
    body = payload.body
    external: dict[str, JSON] = {
        "uri": body["link"],
        "title": body["title"],
        "description": body["description"],
    }
    if thumb:
        external["thumb"] = thumb
    lists = {name: body[name] for name in ("langs", "facets", "tags") if body[name]}
    return {
        "$type": COLLECTION,
        "text": body["text"],
        "createdAt": created_at or body["createdAt"],
        "embed": {"$type": CARD, "external": external},
        **lists,
    }


def card(value: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """Read the link card of a record; empty where it has none."""
    embed = value.get("embed")
    external = embed.get("external") if isinstance(embed, Mapping) else None
    return external if isinstance(external, Mapping) else {}


def created(value: Mapping[str, JSON]) -> datetime | None:
    """Read when a record says that it was made."""
    return moment(value.get("createdAt"))


def moment(stated: JSON) -> datetime | None:
    """Read a moment as records write it; None where it is none."""
    try:
        at = datetime.fromisoformat(str(stated))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
