"""A post on a Facebook Page: the parameters of `POST /{page-id}/feed`."""

from __future__ import annotations

from syndication.model import Channel, Payload, Post


class FacebookFormat:
    """Writes link posts for one Page."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; the Page stands in the address, not in the request."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send text and link apart: Facebook shows the link as a card below the text."""
        return Payload(
            platform="facebook",
            text=post.text,
            link=post.link,
            body={"message": post.text, "link": post.link},
        )
