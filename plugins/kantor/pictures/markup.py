"""Writes a picture so that each browser loads the smallest file that looks well on its screen."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from kantor.pictures.copies import FORMATS
from kantor.pictures.original import Album, Original

FOLDER = "gambar"
"""Where the copies are, below the site's root."""

# How wide a picture stands on the page (`--measure`, `--edge` and `.lead` in site.css).
WIDTH_IN = {
    "column": "(min-width: 44rem) 40rem, 92vw",
    "lead": "(min-width: 72rem) 31rem, (min-width: 48rem) 45vw, 92vw",
}
_IMAGE = re.compile(
    r"""<picture\b.*?</picture>|<img(?P<attributes>(?:\s+[^\s=>/]+(?:=(?:"[^"]*"|'[^']*'))?)*)\s*/?>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=>/]+)(?:=(?:"([^"]*)"|'([^']*)'))?""")


@dataclass(frozen=True, slots=True)
class Picture:
    """An article's picture: `path` is below the site's root, ready for an address.

    `original` is None for a file that no copies are made of, such as a drawing in SVG.
    """

    path: str
    alt: str
    caption: str
    original: Original | None


def _attributes(said: Mapping[str, str]) -> str:
    return "".join(f' {name}="{html.escape(value)}"' for name, value in said.items())


def element(
    said: Mapping[str, str], original: Original | None, *, place: str, siteurl: str
) -> Markup:
    """Write an `<img>` with these attributes, in a `<picture>` where there are copies to choose."""
    if original is None:
        return Markup(f"<img{_attributes(said)}>")  # noqa: S704 -- every value is escaped
    size = original.at(original.widths[-1])
    measured = {**said, "width": str(size.width), "height": str(size.height)}
    folder = f"{siteurl}/{FOLDER}/{original.key}"
    sources = "".join(
        f'<source type="image/{kind}" sizes="{WIDTH_IN[place]}"'
        f' srcset="{_choice(original, kind, folder)}">'
        for kind in FORMATS
    )
    text = f"<picture>{sources}<img{_attributes(measured)}></picture>"
    return Markup(text)  # noqa: S704 -- every value is escaped


def _choice(original: Original, kind: str, folder: str) -> str:
    return ", ".join(f"{folder}/{width}.{kind} {width}w" for width in original.widths)


@pass_context
def picture(context: Context, shown: Picture, place: str, **more: str) -> Markup:
    """Write an article's picture in a template, at once and first: it stands at the top."""
    said = {"src": f"{context['SITEURL']}/{shown.path}", "fetchpriority": "high"} | more
    return element(said, shown.original, place=place, siteurl=context["SITEURL"])


def with_copies(body: str, album: Album, siteurl: str) -> str:
    """Let every picture in an article's HTML know its size, load late and offer its copies."""

    def written(match: re.Match[str]) -> str:
        if match["attributes"] is None:  # a writer's own `<picture>`
            return match[0]
        said = {
            name: html.unescape(double or single)
            for name, double, single in _ATTRIBUTE.findall(match["attributes"])
        }
        late = {"loading": "lazy", "decoding": "async"}
        original = album.show(html.unescape(said.get("src", "")))
        return element(said | late, original, place="column", siteurl=siteurl)

    return _IMAGE.sub(written, body)
