"""A post on X: the body of `POST /2/tweets`, and the picture that goes with it."""

from __future__ import annotations

from syndication.compose.post import Unfit
from syndication.model import Channel, Media, Payload, Post

JPEG = "image/jpeg"

PICTURES = ("yes", "no")
"""What a channel's `picture` may say: whether a post carries the article's picture.

Our own choice is "yes": without it readers see what X itself read of the page, whenever it did, and
nobody who cannot see is told what that shows. A picture takes the place of the link's card; the
link stays in the text.
"""


def with_picture(channel: Channel) -> str:
    """Read whether the channel's posts carry the article's picture."""
    return channel.options.get("picture") or "yes"


class XFormat:
    """Writes posts for one X account."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel, with or without pictures."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send the text with its link, and the article's picture; X issues a number for it.

        Without a picture X makes a card of the link.

        Raises:
            Unfit: the picture has no words for those who cannot see it.
        """
        media: tuple[Media, ...] = ()
        if post.picture and with_picture(self.channel) == "yes":
            if not post.picture.alt.strip():
                raise Unfit("Gambar artikel ini belum punya kata-kata. Isi Gambar_alt.")
            media = (Media(post.picture.url, post.picture.alt, JPEG, post.picture.digest),)
        return Payload("x", post.text, post.link, {"text": post.text}, media)
