"""A post on the local timeline: the body of `POST /api/posts`."""

from __future__ import annotations

from syndication.model import JSON, Channel, Payload, Post


class LocalFormat:
    """Writes posts for one account of the timeline server on this machine."""

    def __init__(self, channel: Channel) -> None:
        """Write in the name of this channel's account."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send text, language and the card below the text."""
        body: dict[str, JSON] = {
            "account": self.channel.account or self.channel.name,
            "lang": post.lang,
            "text": post.text,
            "link": post.link,
            "card": {
                "title": post.title,
                "description": post.description,
                "image": post.picture.url if post.picture else "",
                "alt": post.picture.alt if post.picture else "",
            },
        }
        return Payload(platform="local", text=post.text, link=post.link, body=body)
