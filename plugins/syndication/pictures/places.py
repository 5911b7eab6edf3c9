"""Where a picture made for a platform is published: text alone, for formats and the build."""

from __future__ import annotations

import mimetypes

from syndication.model import Media, Picture

JPEG = "image/jpeg"


def as_it_is(picture: Picture) -> Media:
    """Name the article's picture itself, for a person who attaches it."""
    mime = mimetypes.guess_type(picture.url)[0] or "application/octet-stream"
    return Media(url=picture.url, alt=picture.alt, mime=mime, digest="")


def fitted(picture: Picture, form: str) -> Media:
    """Name the copy of an article's picture that is made to fit `form` (see `forms.toml`).

    It stands beside the original, under a name from which the original can be read off.
    """
    return Media(url=f"{picture.url}{_suffix(form)}", alt=picture.alt, mime=JPEG, digest="")


def original(url: str, form: str) -> str:
    """Read the original's address off the copy's; "" if `url` is no copy of that form."""
    suffix = _suffix(form)
    return url.removesuffix(suffix) if url.endswith(suffix) else ""


def _suffix(form: str) -> str:
    return f".{form}.jpg"
