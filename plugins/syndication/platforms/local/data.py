"""A post as data: how the timeline server reads one from a request, and writes one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from syndication.platforms.local.store import Card, Content, LocalPost


class BadPost(ValueError):  # noqa: N818 -- says what the post is
    """A post that the server does not take, with the reason."""


def read(body: bytes) -> Content:
    """Read a post's content from a request.

    Raises:
        BadPost: it is no JSON object, or a field is missing or of the wrong kind.
    """
    try:
        data = json.loads(body)
        content = Content(**{**data, "card": Card(**data.get("card", {}))})
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadPost("a post is an object of account, lang, text, link and card") from error
    fields = {**asdict(content), **asdict(content.card)}
    fields.pop("card")
    for name, value in fields.items():
        if not isinstance(value, str):
            raise BadPost(f"{name} must be text")
    if not content.text.strip() or not content.account.strip():
        raise BadPost("account and text must say something")
    for address in (content.link, content.card.image):
        if address and not address.startswith(("https://", "http://")):
            raise BadPost("an address must begin with https:// or http://")
    return content


def shown(post: LocalPost) -> Mapping[str, object]:
    """Write a post as data."""
    return {
        **asdict(post.content),
        "id": post.id,
        "at": post.at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
        "withdrawn_at": post.withdrawn_at.isoformat() if post.withdrawn_at else None,
    }
