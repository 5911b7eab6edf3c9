"""From Pelican's article to ours: what a reader of the page gets, and its digest."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, replace
from datetime import datetime
from itertools import chain
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Protocol
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from syndication.content import moments
from syndication.content.kinds import names
from syndication.model import JSON, Article, Picture, as_text

OWN_POST = "pos_"

PHOTOGRAPHS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif"})
"""Pictures that can be made to fit a platform; a drawing in SVG cannot."""

IMAGES = SoupStrainer("img")

DigestOf = Callable[[str], str]
"""Tells what a picture of the site holds: the SHA-256 of its file, "" where it is not ours."""


class Content(Protocol):
    """What we read of Pelican's `Article`. Names in `metadata` are lower case."""

    title: str
    lang: str
    date: datetime
    url: str
    metadata: Mapping[str, object]

    @property
    def content(self) -> str:
        """The rendered body, its internal links resolved."""


def read(
    content: Content, *, siteurl: str, source: str, zone: ZoneInfo, digest_of: DigestOf
) -> Article:
    """Return an article as the rest of the house knows it. `source` is its file, for messages."""
    said = content.metadata
    lead = _lead(said, siteurl, digest_of)
    article = Article(
        id=_text(said, "id"),
        lang=content.lang,
        title=_nfc(content.title),
        url=f"{siteurl}/{content.url}",
        date=content.date.astimezone(zone),
        html=_nfc(content.content),
        digest="",
        source=source,
        category=_text(said, "category"),
        tags=_items(said, "tags"),
        summary=_plain(_text(said, "summary")),
        picture=lead,
        channels=tuple(chain.from_iterable(map(names, _items(said, "saluran")))),
        own_posts=_own_posts(said),
        not_before=_moment(_text(said, "tayang"), zone),
        correction=_text(said, "ralat"),
        withdrawn=_text(said, "ditarik"),
        priority=_text(said, "prioritas").lower() == "true",
        pictures=tuple(_further(content.content, lead, siteurl, digest_of)),
    )
    return replace(article, digest=_digest(article, said))


def _digest(article: Article, said: Mapping[str, object]) -> str:
    """Hash what the writer put on the page, but nothing that the site adds (counts, receipts)."""
    shown: dict[str, JSON] = {
        name: _text(said, name)
        for name in ("author", "modified", "penyusun", "sumber", "keterangan", "disclaimer")
    }
    shown |= {
        "article": [article.id, article.lang, article.title, article.date.isoformat()],
        "html": article.html,
        "taxonomy": [article.category, *article.tags],
        "summary": article.summary,
        "picture": list(astuple(article.picture)) if article.picture else None,
        "notes": [article.correction, article.withdrawn],
    }
    if article.pictures:
        shown["pictures"] = [each.digest for each in article.pictures]
    return hashlib.sha256(as_text(shown).encode()).hexdigest()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _items(said: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = said.get(name)
    values = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_nfc(str(each)).strip() for each in values)


def _text(said: Mapping[str, object], name: str) -> str:
    return " ".join(_items(said, name)).strip()


def _plain(html: str) -> str:
    """Return the words of a short HTML text: Pelican renders `Summary` as Markdown."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def _lead(said: Mapping[str, object], siteurl: str, digest_of: DigestOf) -> Picture | None:
    path = _text(said, "gambar")
    if not path:
        return None
    url = path if "://" in path else f"{siteurl}/{path.removeprefix('{static}').lstrip('/')}"
    return Picture(url, _text(said, "gambar_alt"), digest_of(url))


def _further(
    html: str, lead: Picture | None, siteurl: str, digest_of: DigestOf
) -> Iterator[Picture]:
    """Read the photographs of the site that stand in a body, each once."""
    if "<img" not in html:
        return
    seen = {unquote(lead.url)} if lead else set()
    for image in BeautifulSoup(html, "html.parser", parse_only=IMAGES).find_all("img"):
        url = str(image.get("src", ""))
        photograph = PurePosixPath(urlsplit(url).path).suffix.lower() in PHOTOGRAPHS
        if photograph and url.startswith(f"{siteurl}/") and unquote(url) not in seen:
            seen.add(unquote(url))
            yield Picture(url, _nfc(str(image.get("alt", ""))).strip(), digest_of(url))


def _own_posts(said: Mapping[str, object]) -> Mapping[str, str]:
    found = {
        name.removeprefix(OWN_POST): "\n".join(_items(said, name))
        for name in said
        if name.startswith(OWN_POST)
    }
    return MappingProxyType(found)


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    return moments.parse(text, zone).astimezone(zone) if text else None
