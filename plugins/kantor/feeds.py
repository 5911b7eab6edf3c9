"""A feed beside every list that people follow: each side's home page and each category.

Only a site that knows its own address has feeds, since everything in them is absolute. They are
ours and not Pelican's because a feed must say its language, and an entry must keep its identity
when its address changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pelican.generators import Generator

from kantor import feed_formats
from kantor.phrases import load
from kantor.published import tell

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article
    from pelican.writers import Writer

    from kantor.sides import Side

FORMATS = {
    "atom.xml": feed_formats.atom,
    "rss.xml": feed_formats.rss,
    "feed.json": feed_formats.json_feed,
}
_WITHIN_PAGE = re.compile(r'(?<= href=")(?=#)')
_WITHIN_SITE = re.compile(r'(?P<attribute> (?:href|src)=")/(?!/)')


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as feeds show it; `html` has absolute addresses only."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    updated: datetime
    image: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A list that can be followed. `page` is its web page, and its feeds stand beside that."""

    page: str
    title: str
    description: str
    lang: str
    icon: str
    hubs: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """Return when anything in it changed last."""
        return max(entry.updated for entry in self.entries)


class FeedsGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes them in all formats."""

    def generate_output(self, writer: Writer) -> None:
        """Write the feeds of every side."""
        del writer
        if not self.settings["SITEURL"]:
            return
        for side in self.context["SIDES"].values():
            for path, feed in self._feeds(side):
                folder = Path(self.output_path, path)
                folder.mkdir(parents=True, exist_ok=True)
                for name, write in FORMATS.items():
                    (folder / name).write_text(write(feed), encoding="utf-8")
                    tell(folder / name)

    def _feeds(self, side: Side) -> Iterator[tuple[str, Feed]]:
        if side.articles:
            name = self.settings["SITENAME"]
            yield side.prefix, self._feed(side, side.prefix, name, side.articles)
            for label, shelf in side.categories:
                path = side.prefix + label.url
                yield path, self._feed(side, path, f"{name}: {label}", shelf)

    def _feed(self, side: Side, path: str, title: str, articles: Sequence[Article]) -> Feed:
        words = load(self.settings["THEME"]).of(side.lang)
        newest = articles[: self.settings["FEED_MAX_ITEMS"]]
        return Feed(
            page=f"{self.settings['SITEURL']}/{path}",
            title=title,
            description=words.gettext("Articles of %(office)s, newest first.")
            % {"office": self.settings["OFFICE"]["full_name"][side.lang]},
            lang=side.lang,
            icon=f"{self.settings['SITEURL']}/{self.settings['THEME_STATIC_DIR']}/img/logo.png",
            hubs=tuple(self.settings.get("WEBSUB_HUBS", ())),
            entries=tuple(_entry(article, self.settings, words) for article in newest),
        )


def _identity(article: Article, siteurl: str) -> str:
    """Name an entry for ever (RFC 4151), by the article's ID where it has one."""
    name = getattr(article, "id", "") or article.slug
    day = article.date.date().isoformat()
    return f"tag:{urlsplit(siteurl).hostname},{day}:{article.lang}/{name}"


def _entry(article: Article, settings: dict[str, Any], words: NullTranslations) -> Entry:
    url = f"{settings['SITEURL']}/{article.url}"
    body = _WITHIN_PAGE.sub(url, article.get_content(settings["SITEURL"]))
    body = _WITHIN_SITE.sub(rf"\g<attribute>{settings['SITEURL']}/", body)
    title = str(article.title)
    if article.withdrawn:
        title = words.gettext("Withdrawn: %(title)s") % {"title": title}
        said = words.gettext("This article has been withdrawn.")
        body = feed_formats.notice(said, article.withdrawn) + body
    return Entry(
        id=_identity(article, settings["SITEURL"]),
        url=url,
        title=title,
        summary=article.description,
        html=body,
        authors=tuple(str(author) for author in getattr(article, "authors", [])),
        tags=tuple(str(tag) for tag in getattr(article, "tags", [])),
        published=article.date,
        updated=max(article.date, getattr(article, "modified", article.date)),
        image=f"{settings['SITEURL']}/{article.picture.path}" if article.picture else "",
    )


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return FeedsGenerator
