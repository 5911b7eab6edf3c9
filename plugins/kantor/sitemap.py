"""The maps for search engines: every page with its languages, and the news of the last two days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from pelican.generators import Generator

from syndication import clock

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article, Content
    from pelican.writers import Writer

    from kantor.sides import Side

# "Only include articles published in the last two days" and "at most 1,000" (Google's guide to
# news sitemaps, looked up 2026-11-24).
NEWS_AGE = timedelta(days=2)
# A sitemap must not be empty: without news, the newest articles stand in it as plain pages.
NEWS_LEAST = 5
NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
    "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
}


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _url(urlset: Element, location: str, changed: datetime | None) -> Element:
    url = SubElement(urlset, "url")
    _text(url, "loc", location)
    if changed:
        _text(url, "lastmod", changed.isoformat())
    return url


def changed(content: Content) -> datetime | None:
    """Return when the content changed last, where that is known."""
    when: datetime | None = getattr(content, "modified", getattr(content, "date", None))
    return when


class SitemapGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes `sitemap.xml` and `sitemap-berita.xml` for a site that knows its own address."""

    def generate_output(self, writer: Writer) -> None:
        """Write both."""
        del writer
        if self.settings["SITEURL"]:
            self._save("sitemap.xml", self._pages())
            self._save("sitemap-berita.xml", self._news(clock.now()))

    def _save(self, name: str, urlset: Element) -> None:
        text = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(urlset, encoding="unicode")
        Path(self.output_path, name).write_text(text + "\n", encoding="utf-8")

    def _absolute(self, path: str) -> str:
        return f"{self.settings['SITEURL']}/{path}"

    def _sides(self) -> Iterator[Side]:
        yield from (side for side in self.context["SIDES"].values() if side.exists)

    def _pages(self) -> Element:
        urlset = Element("urlset", NAMESPACES)
        for side in self._sides():
            for path, articles in side.lists.items():
                versions = {s.lang: s.prefix + path for s in self._sides() if path in s.lists}
                newest = max(filter(None, map(changed, articles)), default=None)
                self._page(urlset, side.prefix + path, newest, versions)
            for content in [*side.pages, *side.articles]:
                versions = {each.lang: each.url for each in (content, *content.translations)}
                url = self._page(urlset, content.url, changed(content), versions)
                if content.picture:
                    image = SubElement(url, "image:image")
                    _text(image, "image:loc", self._absolute(content.picture.path))
        return urlset

    def _page(
        self, urlset: Element, path: str, when: datetime | None, versions: dict[str, str]
    ) -> Element:
        url = _url(urlset, self._absolute(path), when)
        if len(versions) > 1:
            for lang, other in versions.items():
                link = {"rel": "alternate", "hreflang": lang, "href": self._absolute(other)}
                SubElement(url, "xhtml:link", link)
        return url

    def _news(self, now: datetime) -> Element:
        urlset = Element("urlset", NAMESPACES)
        articles = [article for side in self._sides() for article in side.current]
        articles.sort(key=lambda article: article.date, reverse=True)
        fresh = [article for article in articles if now - article.date <= NEWS_AGE]
        for article in fresh or articles[:NEWS_LEAST]:
            url = _url(urlset, self._absolute(article.url), changed(article))
            if article in fresh:
                self._as_news(url, article)
        return urlset

    def _as_news(self, url: Element, article: Article) -> None:
        news = SubElement(url, "news:news")
        publication = SubElement(news, "news:publication")
        _text(publication, "news:name", self.settings["SITENAME"])
        _text(publication, "news:language", article.lang)
        _text(news, "news:publication_date", article.date.isoformat())
        _text(news, "news:title", str(article.title))


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return SitemapGenerator
