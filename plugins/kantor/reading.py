"""What a reader of an article is told beside its text: sources, time, views, neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kantor.outline import outline
from kantor.pictures.markup import Picture
from kantor.pictures.original import Album, content_path
from kantor.wording import plain, shorten
from visits.figures import Views

if TYPE_CHECKING:
    from pelican.contents import Article, Content

# Silent reading of non-fiction: 238 words a minute on average (Brysbaert 2019, a meta-analysis of
# 190 studies; looked up 2026-11-24). Official prose is dense, so we promise a little less.
WORDS_A_MINUTE = 200
DESCRIPTION_CHARS = 160
RELATED = 3
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
# Among so many of each tag or category are related articles sought, in time.
OLDER_OF_A_TAG = 40
NEWER_OF_A_LABEL = 4


def as_list(value: object) -> list[str]:
    """Take a piece of metadata that a writer may have given once or several times, or not."""
    if value is None:
        return []
    values = value if isinstance(value, list) else [value]
    return [text for text in (str(item).strip() for item in values) if text]


def _opening(content: Content) -> str:
    """Return the writer's summary, or else the first paragraph, as plain text."""
    if "summary" in content.metadata:
        return plain(content.summary)
    paragraph = _PARAGRAPH.search(content.content)
    return plain(paragraph[0] if paragraph else content.content)


def _picture(content: Content, album: Album) -> Picture | None:
    reference = getattr(content, "gambar", "")
    if not reference:
        return None
    return Picture(
        path=quote(content_path(reference)),
        alt=getattr(content, "gambar_alt", ""),
        caption=getattr(content, "keterangan", ""),
        original=album.show(reference),
    )


def describe(content: Content, album: Album, views: Views | None) -> None:
    """Give an article or page the plain facts that templates show.

    `views` is None where nobody has counted, `picture` where there is none.
    """
    text = plain(content.content)
    content.description = shorten(_opening(content), DESCRIPTION_CHARS)
    content.words = len(text.split())
    content.minutes = max(1, round(content.words / WORDS_A_MINUTE))
    content.outline = outline(content.content)
    content.picture = _picture(content, album)
    content.sources = as_list(getattr(content, "sumber", None))
    content.compilers = as_list(getattr(content, "penyusun", None))
    content.corrections = as_list(getattr(content, "ralat", None))
    content.withdrawn = " ".join(as_list(getattr(content, "ditarik", None)))
    content.disclaimers = as_list(getattr(content, "disclaimer", None))
    content.views = views.of(str(getattr(content, "id", ""))) if views else None
    content.newer, content.older, content.related = None, None, []


def neighbour(articles: Sequence[Article]) -> None:
    """Tell each article of one language, newest first, which come right before and after it."""
    for newer, older in pairwise(articles):
        newer.older, older.newer = older, newer


def relate(articles: Sequence[Article]) -> None:
    """Tell each article of one language which others share most of its tags, then its category.

    They are sought among those closest in time: a busy tag must not slow the build, and a new
    article must not change the page of every older one.
    """
    shelves: dict[Any, list[Article]] = {}
    places: list[list[tuple[list[Article], int, int]]] = []
    for article in articles:
        tags = [("tag", tag) for tag in getattr(article, "tags", [])]
        labels = [(label, OLDER_OF_A_TAG) for label in tags]
        labels.append((("category", article.category), RELATED))
        found = [(shelves.setdefault(label, []), older) for label, older in labels]
        places.append([(shelf, len(shelf), older) for shelf, older in found])
        if not article.withdrawn:
            for shelf, _ in found:
                shelf.append(article)
    for article, shelved in zip(articles, places, strict=True):
        shared = Counter(
            other
            for shelf, place, older in shelved
            for other in shelf[max(0, place - NEWER_OF_A_LABEL) : place + older + 1]
        )
        del shared[article]
        article.related = [other for other, _ in shared.most_common(RELATED)]
