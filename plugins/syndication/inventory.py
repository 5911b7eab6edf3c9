"""The published articles by their front matter alone: for `siar init`, without Pelican."""

from __future__ import annotations

from datetime import datetime

from syndication.checking import look, terms_of
from syndication.config import Config
from syndication.content import kinds
from syndication.content.document import Document, parse
from syndication.content.encoding import decode
from syndication.model import Article


def published(config: Config, now: datetime) -> tuple[Article, ...]:
    """Return every published article that has an ID, without body, address and digest.

    Raises:
        NotText: a file is no text; `check` says which.
    """
    found = look(config)
    terms = terms_of(config, found, now)
    docs = (parse(each, decode(each), terms) for each in found.sources() if not each.page)
    return tuple(_article(doc, doc.dated) for doc in docs if doc.dated and _counts(doc, now))


def _counts(doc: Document, now: datetime) -> bool:
    due = doc.dated is not None and doc.dated <= now
    return bool(doc.id) and doc.status == "published" and due


def _article(doc: Document, dated: datetime) -> Article:
    return Article(
        id=doc.id,
        lang=doc.lang,
        title=doc.front.first("title"),
        url="",
        date=dated,
        html="",
        digest="",
        source=doc.file,
        channels=tuple(
            name
            for value in doc.front.fields.get("saluran", ())
            for name in kinds.names(value.text)
        ),
    )
