"""A post on Instagram: the parameters of `POST /{ig-user}/media`, which lays down a container."""

from __future__ import annotations

from syndication.compose.post import Unfit
from syndication.compose.rules import packaged
from syndication.model import Channel, Media, Payload, Post
from syndication.pictures.places import card, fitted

FORM = "instagram"

CARD_SAYS = {"id": "Kartu bertuliskan: {title}", "en": "A card that reads: {title}"}
"""The words for those who cannot see a card: what stands on it."""


class InstagramFormat:
    """Writes posts for one professional account."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; the account stands in the address, not in the request."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send the article's picture, else a card with its title; Meta fetches it from the site.

        Raises:
            Unfit: the picture has no words for those who cannot see it.
        """
        picture = _picture(post)
        words = picture.alt[: packaged("instagram").alt_limit]
        return Payload(
            platform="instagram",
            text=post.text,
            link=post.link,
            body={"image_url": picture.url, "caption": post.text, "alt_text": words},
            media=(picture,),
        )


def _picture(post: Post) -> Media:
    if post.picture is None:
        says = CARD_SAYS.get(post.lang.partition("-")[0], CARD_SAYS["id"])
        return card(post, says.format(title=post.title))
    if not post.picture.alt.strip():
        raise Unfit("Gambar artikel ini belum punya kata-kata. Isi Gambar_alt pada naskahnya.")
    return fitted(post.picture, FORM)
