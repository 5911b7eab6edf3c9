"""A post on Threads: the parameters of `POST /{user}/threads`, which lays down a container."""

from __future__ import annotations

from syndication.model import Channel, Payload, Post


class ThreadsFormat:
    """Writes posts for one profile."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; the profile stands in the address, not in the request."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send the text with its link as a card, whose picture Threads takes from the page.

        A picture of its own would take the card's place, and a card can be tapped. Of the text's
        hashtags Threads makes the first its topic.
        """
        return Payload(
            platform="threads",
            text=post.text,
            link=post.link,
            body={"media_type": "TEXT", "text": post.text, "link_attachment": post.link},
        )
