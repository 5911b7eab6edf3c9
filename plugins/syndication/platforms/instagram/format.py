"""A post on Instagram: the parameters of `POST /{ig-user}/media`, which lays down a container."""

from __future__ import annotations

from collections.abc import Mapping

from syndication.compose.post import Unfit
from syndication.compose.rules import packaged
from syndication.model import JSON, Channel, Media, Payload, Picture, Post
from syndication.pictures.places import card, fitted

FORM = "instagram"
PAGE = "carousel"
"""The forms of a picture that stands alone, and of one to be leafed through."""

CAROUSEL = "carousel"
"""The channel's option, "yes" or "no" (the default): show an article's further pictures too."""

CARD_SAYS = {"id": "Kartu bertuliskan: {title}", "en": "A card that reads: {title}"}
"""The words for those who cannot see a card: what stands on it."""


class InstagramFormat:
    """Writes posts for one professional account."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel; the account stands in the address, not in the request."""
        self.channel = channel

    def render(self, post: Post) -> Payload:
        """Send the article's picture, else a card with its title; Meta fetches it from the site.

        Where the channel wants a carousel and there are several pictures, `children` are the
        parameters of its pages, whose containers are laid down before its own.

        Raises:
            Unfit: a picture has no words for those who cannot see it.
        """
        pictures = self._pictures(post)
        if len(pictures) > 1:
            media = tuple(_shown(each, PAGE) for each in pictures)
            pages = [{**_asked(each), "is_carousel_item": "true"} for each in media]
            body: dict[str, JSON] = {"media_type": "CAROUSEL", "children": pages}
        else:
            media = (_shown(pictures[0], FORM) if pictures else _card(post),)
            body = dict(_asked(media[0]))
        return Payload("instagram", post.text, post.link, body | {"caption": post.text}, media)

    def _pictures(self, post: Post) -> tuple[Picture, ...]:
        further = post.pictures if self.channel.options.get(CAROUSEL) == "yes" else ()
        pictures = (*((post.picture,) if post.picture else ()), *further)
        return pictures[: packaged("instagram").picture_cap]


def _shown(picture: Picture, form: str) -> Media:
    if not picture.alt.strip():
        name = picture.url.rpartition("/")[2]
        raise Unfit(
            f"Gambar {name} belum punya kata-kata. Isi Gambar_alt, atau teks di antara kurung "
            "siku ![…], pada naskahnya."
        )
    return fitted(picture, form)


def _card(post: Post) -> Media:
    says = CARD_SAYS.get(post.lang.partition("-")[0], CARD_SAYS["id"])
    return card(post, says.format(title=post.title))


def _asked(media: Media) -> Mapping[str, str]:
    return {"image_url": media.url, "alt_text": media.alt[: packaged("instagram").alt_limit]}
