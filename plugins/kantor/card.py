"""The picture that stands for an article where it is shared: drawn, kept, and put into the site."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from pelican.generators import ArticlesGenerator, Generator

from cards import wide
from kantor.phrases import load
from kantor.pictures.copies import clean_name
from kantor.pictures.original import Album, Original
from kantor.pictures.publish import album_of, renew
from kantor.sides import unlisted
from kantor.wording import shorten

if TYPE_CHECKING:
    from pelican import Pelican
    from pelican.contents import Article
    from pelican.writers import Writer

FOLDER = "kartu"
# X shows at most this much of `og:image:alt` ("Summary card with large image", looked up
# 2026-11-24).
ALT_CHARS = 420


@dataclass(frozen=True, slots=True)
class Card:
    """Where an article's card is, below the site's root, and the words for those who can't see it.

    The address changes with what the card shows, so that no platform keeps an old one.
    """

    path: str
    alt: str
    shows: wide.Card
    width: int = wide.WIDTH
    height: int = wide.HEIGHT

    @property
    def url(self) -> str:
        """Return its address below the site's root."""
        return f"{self.path}?v={self.shows.key[:8]}"


def card_of(article: Article, settings: dict[str, Any]) -> Card:
    """Say what an article's card shows."""
    words = load(settings["THEME"]).of(article.lang)
    title = str(article.title)
    if article.withdrawn:
        title = words.gettext("Withdrawn: %(title)s") % {"title": title}
    album = album_of(settings)
    original = article.picture.original if article.picture else None
    shown = original if original and original.key in album.ready else None
    side = "" if article.lang == settings["DEFAULT_LANG"] else f"{article.lang}/"
    day = format_date(article.date, "EEEE, d MMMM y", locale=article.lang)
    described = f"{title}. {article.picture.alt}" if shown else title
    return Card(
        path=f"{FOLDER}/{side}{article.slug}.jpg",
        alt=shorten(f"{settings['SITENAME']}: {described}", ALT_CHARS),
        shows=wide.Card(
            title=title,
            office=settings["SITENAME"],
            note=f"{article.category} · {day}",
            picture=str(_clean(shown, album)) if shown else "",
            picture_key=shown.key if shown else "",
        ),
    )


def _clean(original: Original, album: Album) -> Path:
    return album.cache / original.key / clean_name(original)


def give_cards(generators: list[Generator]) -> None:
    """Give every article its card; `CARDS` are all that must be in the site."""
    articles_of = next(g for g in generators if isinstance(g, ArticlesGenerator))
    articles = (*articles_of.articles, *articles_of.translations, *unlisted(articles_of))
    for article in articles:
        article.card = card_of(article, articles_of.settings)
    articles_of.context["CARDS"] = [article.card for article in articles]


class CardsGenerator(Generator):  # type: ignore[misc]  # Pelican is untyped
    """Draws the cards that are not kept from an earlier build, and copies what is not there."""

    def generate_output(self, writer: Writer) -> None:
        """Write them."""
        del writer
        folder = album_of(self.settings).cache / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        font = Path(self.theme, "static", "font", "plus-jakarta-sans.woff2")
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(lambda card: self._write(card, folder, font), self.context["CARDS"]))

    def _write(self, card: Card, folder: Path, font: Path) -> None:
        kept = folder / f"{card.shows.key}.jpg"
        if not kept.exists():
            fresh = folder / f".{os.getpid()}-{kept.name}"
            fresh.write_bytes(wide.draw(card.shows, font))
            fresh.replace(kept)
        renew(kept, Path(self.output_path, card.path))


def generator(pelican: Pelican) -> type[Generator]:
    """Hand Pelican the generator."""
    del pelican
    return CardsGenerator
