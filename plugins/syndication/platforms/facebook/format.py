"""A post on a Facebook Page: the parameters of `POST /{page-id}/feed`."""

from __future__ import annotations

from syndication.compose.post import Unfit
from syndication.model import Channel, Media, Payload, Post

JPEG = "image/jpeg"

PICTURES = ("yes", "no")
"""What a channel's `picture` may say: whether a post is a photo.

Our own choice is "no": the card of a link post shows the picture of the page, and a touch anywhere
on it opens the article. A photo opens only itself, so its link stands in the text.
"""


def with_picture(channel: Channel) -> str:
    """Read whether the channel posts photos."""
    return channel.options.get("picture") or "no"


class FacebookFormat:
    """Writes posts for one Page: links with a card, or photos."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; the Page stands in the address, not in the request."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send text and link apart, for Facebook shows the link as a card below the text.

        A photo has its link in the text as well; where the photo cannot be had, the card is there.

        Raises:
            Unfit: the picture has no words for those who cannot see it.
        """
        text, media = post.text, _photo(post) if with_picture(self.channel) == "yes" else ()
        if media:
            text = f"{post.text}\n\n{post.link}"
        body = {"message": text, "link": post.link}
        return Payload("facebook", text, post.link, body, media)


def _photo(post: Post) -> tuple[Media, ...]:
    if post.picture is None:
        return ()
    if not post.picture.alt.strip():
        raise Unfit("Gambar artikel ini belum punya kata-kata. Isi Gambar_alt.")
    return (Media(post.picture.url, post.picture.alt, JPEG, post.picture.digest),)
