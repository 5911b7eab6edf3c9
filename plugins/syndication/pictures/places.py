"""Where the pictures of posts are published: addresses alone, for formats and for the build."""

from __future__ import annotations

import hashlib
import mimetypes
from urllib.parse import urljoin

from syndication.model import Media, Picture, Post

JPEG = "image/jpeg"
UNKNOWN = "application/octet-stream"
CARD = "kartu-"


def as_it_is(picture: Picture) -> Media:
    """Name the article's picture itself, for a person who attaches it."""
    mime = mimetypes.guess_type(picture.url)[0] or UNKNOWN
    return Media(url=picture.url, alt=picture.alt, mime=mime, digest=picture.digest)


def fitted(picture: Picture, form: str) -> Media:
    """Name the copy of an article's picture that is made to fit `form` (see `forms.toml`).

    It stands beside the original, under a name from which the original can be read off.
    """
    return Media(f"{picture.url}{_suffix(form)}", picture.alt, JPEG, picture.digest)


def original(url: str, form: str) -> str:
    """Read the original's address off the copy's; "" if `url` is no copy of that form."""
    suffix = _suffix(form)
    return url.removesuffix(suffix) if url.endswith(suffix) else ""


def card(post: Post, alt: str) -> Media:
    """Name the card that is drawn for an article without a picture; it stands beside the page.

    The name changes with the title, so that nobody is shown a card from a cache; and so does the
    payload, without a digest of a picture that is not drawn yet.
    """
    shown = hashlib.sha256(f"{post.link}\0{post.title}".encode()).hexdigest()[:16]
    return Media(url=urljoin(post.link, f"{CARD}{shown}.jpg"), alt=alt, mime=JPEG, digest="")


def is_card(url: str) -> bool:
    """Tell whether an address is that of a card."""
    return url.rpartition("/")[2].startswith(CARD)


def _suffix(form: str) -> str:
    return f".{form}.jpg"
