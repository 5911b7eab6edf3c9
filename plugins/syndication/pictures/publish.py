"""Write the pictures that platforms fetch into the site, beside the pages that they belong to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from babel.dates import format_date

from cards import tall
from syndication.drafts import Draft
from syndication.model import Media, Payload
from syndication.pictures.forms import RECIPE, forms, made_to_fit
from syndication.pictures.places import is_card, original
from syndication.platforms.pictures import NoPicture

DAY = "EEEE, d MMMM y"


class Post(Protocol):
    """What is read of something to be posted: a candidate for the queue has it all."""

    @property
    def title(self) -> str:
        """The article's title."""

    @property
    def lang(self) -> str:
        """Its language."""

    @property
    def date(self) -> datetime:
        """Its date; aware."""

    @property
    def payload(self) -> Payload | None:
        """What will be sent, with its media."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A draft as a post: for the preview, which shows what is not queued yet, too."""

    title: str
    lang: str
    date: datetime
    payload: Payload | None

    @classmethod
    def of(cls, draft: Draft) -> Planned:
        """Take what is read of a draft."""
        article = draft.article
        return cls(article.title, article.lang, article.date, draft.payload)


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pictures go. `cache` keeps them between builds; `font` is the theme's."""

    url: str
    output: Path
    cache: Path
    office: str
    font: Path

    def file(self, address: str) -> Path | None:
        """Say which file of the built site an address is; None where it is not of this site."""
        base = self.url.rstrip("/") + "/"
        if not address.startswith(base):
            return None
        path = unquote(urlsplit(address.removeprefix(base)).path)
        file = (self.output / path).resolve()
        return file if file.is_relative_to(self.output.resolve()) else None


def publish(posts: Iterable[Post], site: Site) -> tuple[str, ...]:
    """Write what the posts' platforms will fetch; what is kept from an earlier build is copied.

    A picture that cannot be opened is replaced by a card, for no post is lost for a picture;
    what is returned says so to the writer.
    """
    return tuple(filter(None, (_published(post, media, site) for post, media in _media(posts))))


def publishing(drafts: Iterable[Draft], site: Site) -> Iterator[Draft]:
    """Pass drafts on, each once its pictures are written: for the preview, which shows them."""
    for draft in drafts:
        publish([Planned.of(draft)], site)
        yield draft


def _media(posts: Iterable[Post]) -> Iterator[tuple[Post, Media]]:
    for post in posts:
        for media in post.payload.media if post.payload else ():
            yield post, media


def _published(post: Post, media: Media, site: Site) -> str:
    form = next((name for name in forms() if original(media.url, name)), "")
    file = site.file(media.url)
    if file is None or not (form or is_card(media.url)):
        return ""
    fitted = _fitted(site.file(original(media.url, form)), form, site) if form else None
    file.parent.mkdir(parents=True, exist_ok=True)
    _put(fitted or _card(post, site), file)
    if fitted or not form:
        return ""
    return f"{post.title}: gambarnya tidak dapat dibuka; unggahannya memakai kartu berisi judul."


def _fitted(source: Path | None, name: str, site: Site) -> Path | None:
    if source is None or not source.is_file():
        return None
    form = forms()[name]
    data = source.read_bytes()
    key = hashlib.sha256(f"{form}{RECIPE}".encode() + data).hexdigest()[:16]
    try:
        return _kept(site, key) or _keep(site, key, made_to_fit(data, form))
    except NoPicture:
        return None


def _card(post: Post, site: Site) -> Path:
    day = format_date(post.date, DAY, locale=post.lang.replace("-", "_"))
    card = tall.Card(post.title, site.office, day, urlsplit(site.url).netloc)
    return _kept(site, card.key) or _keep(site, card.key, tall.draw(card, site.font))


def _kept(site: Site, key: str) -> Path | None:
    file = site.cache / f"{key}.jpg"
    return file if file.is_file() else None


def _keep(site: Site, key: str, jpeg: bytes) -> Path:
    site.cache.mkdir(parents=True, exist_ok=True)
    file = site.cache / f"{key}.jpg"
    fresh = _beside(file)
    fresh.write_bytes(jpeg)
    return fresh.replace(file)


def _put(kept: Path, file: Path) -> None:
    """Copy a picture into the site under a new inode: a release may hold a link to the old one."""
    fresh = _beside(file)
    shutil.copyfile(kept, fresh)
    fresh.replace(file)


def _beside(file: Path) -> Path:
    return file.with_name(f".{os.getpid()}-{file.name}")
