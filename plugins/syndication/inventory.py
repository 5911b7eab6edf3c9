"""The articles by their front matter alone: for `siar init` and `recover`, without Pelican."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime

from syndication.checking import look, terms_of
from syndication.config import Config
from syndication.content import kinds
from syndication.content.document import Document, parse
from syndication.content.encoding import decode
from syndication.model import Article


def published(config: Config, now: datetime) -> tuple[Article, ...]:
    """Return every published article that has an ID: without body, digest and pictures.

    Raises:
        NotText: a file is no text; `check` says which.
    """
    docs = (doc for doc in _documents(config, now) if doc.status == "published")
    dated = ((doc, doc.dated) for doc in docs if doc.dated is not None)
    return tuple(_article(doc, when, config) for doc, when in dated if when <= now)


def by_address(config: Config, now: datetime) -> Mapping[str, Article]:
    """Return every article that has an ID by each address that it has or had (`Lama`).

    Raises:
        NotText: a file is no text; `check` says which.
    """
    found: dict[str, Article] = {}
    for doc in _documents(config, now):
        article = _article(doc, doc.dated or now, config)
        former = [value.text for value in doc.front.fields.get("lama", ())]
        for path in former:
            found.setdefault(f"{config.siteurl}/{path.lstrip('/')}", article)
        if article.url:
            found[article.url] = article
    return found


def _documents(config: Config, now: datetime) -> Iterator[Document]:
    found = look(config)
    terms = terms_of(config, found, now)
    docs = (parse(each, decode(each), terms) for each in found.sources() if not each.page)
    return (doc for doc in docs if doc.id)


def _article(doc: Document, dated: datetime, config: Config) -> Article:
    return Article(
        id=doc.id,
        lang=doc.lang,
        title=doc.front.first("title"),
        url=_address(doc, dated, config),
        date=dated,
        html="",
        digest="",
        source=doc.file,
        channels=tuple(
            name
            for value in doc.front.fields.get("saluran", ())
            for name in kinds.names(value.text)
        ),
        correction=_text(doc, "ralat"),
        withdrawn=_text(doc, "ditarik"),
    )


def _text(doc: Document, name: str) -> str:
    """Join the lines of a field as `reading` does: the ledger compares the two."""
    lines = (value.text.strip() for value in doc.front.fields.get(name, ()))
    return unicodedata.normalize("NFC", " ".join(lines)).strip()


def _address(doc: Document, dated: datetime, config: Config) -> str:
    """Write the address as Pelican does; "" where its pattern needs more than this knows."""
    own = doc.lang == config.default_lang
    pattern = config.article_url if own else config.article_lang_url
    try:
        path = pattern.format(slug=doc.slug, lang=doc.lang, date=dated)
    except (KeyError, IndexError, AttributeError):
        return ""
    return f"{config.siteurl}/{path}"
