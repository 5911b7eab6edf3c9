"""A notice on the board: the body of `POST /notices`."""

from __future__ import annotations

from syndication.model import Channel, Payload, Post


class PapanFormat:
    """Writes notices for one board."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send text and title."""
        body = {"title": post.title, "text": post.text}
        return Payload(platform="papan", text=post.text, link=post.link, body=body)
