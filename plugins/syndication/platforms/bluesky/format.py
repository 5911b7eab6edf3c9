"""A post on Bluesky: the record of `com.atproto.repo.putRecord`, its key included."""

from __future__ import annotations

from datetime import UTC, datetime

from syndication.model import JSON, Channel, Payload, Post
from syndication.platforms.bluesky.facets import facets
from syndication.platforms.bluesky.tid import tid


class BlueskyFormat:
    """Writes posts for one Bluesky account."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; the account stands in the address, not in the record."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send text and card apart; key and date come from the article, so they stay the same.

        `tags` are hashtags that the text does not show. `picture` is the card's, by its address;
        its bytes are made to fit when it is sent, and a card takes no words for it. Nobody is sent
        its digest: it is there for those who approve.
        """
        if post.not_before is None:
            raise ValueError(f"the post of {post.link} has no date to make its key of")
        body: dict[str, JSON] = {
            "rkey": tid(post.not_before, post.origin),
            "createdAt": written(post.not_before),
            "text": post.text,
            "langs": [post.lang],
            "facets": facets(post.text),
            "tags": [name for name in post.hashtags if f"#{name}" not in post.text],
            "link": post.link,
            "title": post.title,
            "description": post.description,
            "picture": post.picture.url if post.picture else "",
            "picture_sha256": post.picture.digest if post.picture else "",
        }
        return Payload("bluesky", post.text, post.link, body)


def written(moment: datetime) -> str:
    """Write a moment as records have it: UTC, to the millisecond, with Z.

    Source: https://atproto.com/specs/lexicon#datetime (2026-11-24).
    """
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"
