"""The site in one language: a side. Pelican writes the default side; this writes the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from kantor import reading
from kantor.pictures.publish import album_of
from visits.figures import read_views

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article, Content, Page
    from pelican.urlwrappers import URLWrapper
    from pelican.writers import Writer

Shelves = list[tuple["URLWrapper", list["Article"]]]


@dataclass(frozen=True, slots=True)
class Side:
    """What exists in one language, articles newest first.

    `prefix` stands before every path of the side: "" or "en/". `lists` are the pages that list
    articles, and those articles, by path without the prefix.
    """

    lang: str
    prefix: str
    articles: list[Article]
    pages: list[Page]
    categories: Shelves
    tags: Shelves
    authors: Shelves
    lists: Mapping[str, list[Article]]

    @property
    def exists(self) -> bool:
        """Tell whether there is anything to read in this language."""
        return bool(self.articles or self.pages)

    @property
    def current(self) -> list[Article]:
        """Return the articles that still hold."""
        return [article for article in self.articles if not article.withdrawn]

    def page(self, slug: str) -> Page | None:
        """Find a page of this side."""
        return next((page for page in self.pages if page.slug == slug), None)


def _shelve(articles: Iterable[Article], attribute: str) -> Shelves:
    shelves: dict[URLWrapper, list[Article]] = {}
    for article in articles:
        labels = getattr(article, attribute, [])
        for label in labels if isinstance(labels, list) else [labels]:
            shelves.setdefault(label, []).append(article)
    return sorted(shelves.items(), key=lambda shelf: str(shelf[0]).casefold())


def _side(lang: str, articles: list[Article], pages: list[Page], settings: dict[str, Any]) -> Side:
    own = sorted((a for a in articles if a.lang == lang), key=attrgetter("date"), reverse=True)
    shelves = [_shelve(own, attribute) for attribute in ("category", "tags", "authors")]
    direct = {_url(settings, name): own for name in settings["DIRECT_TEMPLATES"] if name != "404"}
    return Side(
        lang=lang,
        prefix="" if lang == settings["DEFAULT_LANG"] else f"{lang}/",
        articles=own,
        pages=sorted((p for p in pages if p.lang == lang), key=attrgetter("title")),
        categories=shelves[0],
        tags=shelves[1],
        authors=shelves[2],
        lists=direct | {label.url: listed for shelf in shelves for label, listed in shelf},
    )


def _url(settings: dict[str, Any], template: str) -> str:
    url: str = settings.get(f"{template.upper()}_URL", f"{template}.html")
    return url


def part_languages(generator: ArticlesGenerator) -> None:
    """Keep articles that exist only in another language out of the default side's lists."""
    foreign = [article for article in generator.articles if not article.in_default_lang]
    generator.articles = [article for article in generator.articles if article.in_default_lang]
    generator.translations += foreign


def unlisted(generator: Generator) -> list[Content]:
    """Return what has a page but stands in no list: hidden content and drafts."""
    names = (
        ("hidden_articles", "hidden_translations", "drafts", "drafts_translations")
        if isinstance(generator, ArticlesGenerator)
        else ("hidden_pages", "hidden_translations", "draft_pages", "draft_translations")
    )
    return [content for name in names for content in getattr(generator, name)]


def collect(generators: list[Generator]) -> None:
    """Describe all that was read, and hand templates the sides of the site as `SIDES`."""
    articles_of = next(g for g in generators if isinstance(g, ArticlesGenerator))
    pages_of = next(g for g in generators if isinstance(g, PagesGenerator))
    settings, root = articles_of.settings, Path(articles_of.path)
    articles = articles_of.articles + articles_of.translations
    pages = pages_of.pages + pages_of.translations
    views = read_views(root / settings["VIEWS_FILE"])
    for content in articles + pages + unlisted(articles_of) + unlisted(pages_of):
        reading.describe(content, album_of(settings), views)
    sides = {lang: _side(lang, articles, pages, settings) for lang in settings["LANGUAGES"]}
    for side in sides.values():
        reading.neighbour(side.articles)
        reading.relate(side.articles)
    articles_of.context.update(SIDES=sides, VIEWS=views)


class SidesGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Writes the lists of every language but the default one."""

    def generate_output(self, writer: Writer) -> None:
        """Write each side that has an article or a page."""
        for side in self.context["SIDES"].values():
            if side.prefix and side.exists:
                self._write_direct(writer, side)
                self._write_shelves(writer, side, "category", side.categories)
                self._write_shelves(writer, side, "tag", side.tags)
                self._write_shelves(writer, side, "author", side.authors)

    def _write_direct(self, writer: Writer, side: Side) -> None:
        for name in self.settings["DIRECT_TEMPLATES"]:
            save_as = self.settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
            url = _url(self.settings, name)
            if name != "404":
                self._write(writer, side, name, save_as, url, articles=side.articles)

    def _write_shelves(self, writer: Writer, side: Side, name: str, shelves: Shelves) -> None:
        for label, articles in shelves:
            more = {"articles": articles, name: label}
            self._write(writer, side, name, label.save_as, label.url, **more)

    def _write(
        self, writer: Writer, side: Side, name: str, save_as: str, url: str, **more: object
    ) -> None:
        writer.write_file(
            side.prefix + save_as,
            self.get_template(name),
            self.context,
            relative_urls=self.settings["RELATIVE_URLS"],
            template_name=name,
            url=side.prefix + url,
            lang=side.lang,
            **more,
        )


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return SidesGenerator
