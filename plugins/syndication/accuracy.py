"""The accuracy gate over the writers' folder: what they say in posts must stand in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syndication.clean import Clean
from syndication.compose.facts import Doubts, examine
from syndication.content.document import Document, Source, Terms, parse
from syndication.content.encoding import NotText, decode
from syndication.content.frontmatter import FrontMatter
from syndication.model import Article, Problem, Severity

CLAIMS = re.compile(rb"^(Summary|Pos_[\w-]+)\s*:", re.IGNORECASE | re.MULTILINE)
"""Fields with which a writer speaks for the article; a file without one needs no look."""

EVIDENCE = ("penyusun", "sumber", "keterangan", "gambar_alt", "ralat", "tayang", "disclaimer")


def doubts(source: Source, terms: Terms, clean: Clean) -> list[Problem]:
    """Return each fact (an error) and each name (a warning) that is not in its article.

    Articles dated before `terms.since` are left alone: they are never posted. One whose date cannot
    be read is looked at, so that its writer mends everything in one round. A text that passed
    an earlier look is in `clean` and is not looked at again.
    """
    if source.page or not CLAIMS.search(source.data):
        return []
    digest = clean.digest(source.data)
    if clean.has(digest):
        return []
    problems = list(_doubts_in(source, terms))
    if not problems:
        clean.add(digest)
    return problems


def _doubts_in(source: Source, terms: Terms) -> Iterator[Problem]:
    try:
        doc = parse(source, decode(source), terms)
    except NotText:
        return
    if not (doc.dated and terms.since and doc.dated.date() < terms.since):
        yield from _doubts_of(doc, terms)


def _doubts_of(doc: Document, terms: Terms) -> Iterator[Problem]:
    article = _article(doc, terms)
    more = (_text(doc.front, name) for name in EVIDENCE)
    for field, doubt in examine(article, *more).items():
        yield from _problems(doc, field, doubt)


def _problems(doc: Document, field: str, doubt: Doubts) -> Iterator[Problem]:
    line = doc.front.line(field.lower())
    if doubt.facts:
        words = ", ".join(f'"{each}"' for each in doubt.facts)
        message = f"{field} menyebut {words}, tetapi itu tidak ada di artikel."
        yield Problem(doc.file, line, message, "Samakan dengan isi artikel.")
    if doubt.names:
        words = ", ".join(f'"{each}"' for each in doubt.names)
        message = f"{field} menyebut nama {words} yang tidak ditemukan di artikel."
        yield Problem(doc.file, line, message, "Periksa ejaannya.", Severity.WARNING)


def _article(doc: Document, terms: Terms) -> Article:
    """Return what the gate needs; the body's Markdown holds the same words as its HTML."""
    front = doc.front
    dated = doc.dated or terms.now
    return Article(
        id=doc.id,
        lang=doc.lang,
        title=front.first("title"),
        url="",
        date=dated,
        html=front.body,
        digest="",
        category=front.first("category"),
        tags=(_text(front, "tags"),),
        summary=_text(front, "summary"),
        own_posts={
            name.removeprefix("pos_"): _text(front, name)
            for name in front.fields
            if name.startswith("pos_")
        },
        correction=_text(front, "ralat"),
    )


def _text(front: FrontMatter, name: str) -> str:
    return " ".join(value.text for value in front.fields.get(name, ()))
