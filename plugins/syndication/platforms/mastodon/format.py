"""A post on Mastodon: the parameters of `POST /api/v1/statuses`."""

from __future__ import annotations

from syndication.model import Channel, Media, Payload, Post

VISIBILITIES = ("public", "unlisted", "private")
"""Who sees a post; "direct" is no way to tell the public something.

Source: https://docs.joinmastodon.org/entities/Status/#visibility (2026-11-24).
"""

PUBLIC = "public"
JPEG = "image/jpeg"


def visibility(channel: Channel) -> str:
    """Read who sees the channel's posts: everyone, unless its `visibility` says otherwise."""
    return channel.options.get("visibility") or PUBLIC


class MastodonFormat:
    """Writes posts for one Mastodon account."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel, with its visibility."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send the text, its language and the article's picture; the link stands in the text."""
        body = {
            "status": post.text,
            "language": post.lang,
            "visibility": visibility(self.channel),
        }
        return Payload("mastodon", post.text, post.link, body, _pictures(post))


def _pictures(post: Post) -> tuple[Media, ...]:
    """Name the picture by its address; its bytes are made to fit the instance when it is asked."""
    if not post.picture:
        return ()
    return (Media(post.picture.url, post.picture.alt, JPEG, post.picture.digest),)
