"""A post on X: the body of `POST /2/tweets`."""

from __future__ import annotations

from syndication.model import Channel, Payload, Post


class XFormat:
    """Writes posts for one X account."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; X needs nothing of it in the request."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send the text alone: X makes the card from the link that stands in it."""
        return Payload(platform="x", text=post.text, link=post.link, body={"text": post.text})
