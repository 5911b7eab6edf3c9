"""A post on YouTube: what a person copies, for there is no API."""

from __future__ import annotations

from syndication.model import Channel, Payload, Post
from syndication.pictures.places import as_it_is


class YouTubeFormat:
    """Writes posts that a person makes."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; a person knows where it is."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Lay out the text to copy and the picture to attach."""
        return Payload(
            platform="youtube",
            text=post.text,
            link=post.link,
            body={"text": post.text},
            media=(as_it_is(post.picture),) if post.picture else (),
        )
