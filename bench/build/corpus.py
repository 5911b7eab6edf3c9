"""The articles of a measured site: made from a seed, the same words for every generator."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SEED = 2026
WORDS = 850
"""At which an article ends with its section: 900 on average."""

FIRST_DAY = datetime(2015, 1, 5, 8, tzinfo=UTC)
DAYS = 4_000
"""Over which the articles are spread: about eleven years, all before 2026."""

NEW_FROM = FIRST_DAY + timedelta(days=DAYS)
"""An article beyond the site is dated from here on."""

TRANSLATED_EVERY = 10
PICTURED_EVERY = 5
ARTICLES_PER_PICTURE = 20
"""Articles with a picture share them, as an office's do: one file for so many."""

LATER = timedelta(hours=1)
"""A translation comes out later, so that all generators list articles in one order."""

LINKS = 3
_LINK = re.compile(r"\(@([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Essay:
    """An article before it is written in a generator's own way; in `body` a link is `(@slug)`."""

    number: int
    lang: str
    slug: str
    title: str
    summary: str
    date: datetime
    category: str
    tags: tuple[str, ...]
    author: str
    picture: str
    alt: str
    body: str

    def linked(self, link: str) -> str:
        r"""Return the body with links of this shape; `\1` stands for the slug."""
        return _LINK.sub(f"({link})", self.body)


@cache
def stock() -> dict[str, Any]:
    """Read the words."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))


def corpus(articles: int) -> Iterator[Essay]:
    """Make so many articles; every tenth has a translation on top, which does not count."""
    for number in range(articles):
        yield essay(number, articles)
        if number % TRANSLATED_EVERY == 0:
            yield essay(number, articles, lang="en")


def essay(number: int, articles: int, *, lang: str = "id") -> Essay:
    """Make one article of a site of so many; the same number gives the same article.

    A number beyond the site is a new article, dated after all the others.
    """
    own = Random(f"{SEED} {number} {lang}")  # noqa: S311 -- words, no secret
    shared = Random(f"{SEED} {number}")  # noqa: S311
    words, date = stock(), FIRST_DAY + timedelta(days=DAYS * number / articles)
    pictured = number % PICTURED_EVERY == 0
    return Essay(
        number=number,
        lang=lang,
        slug=slug_of(number),
        title=f"{_sentence(own, words[lang]).removesuffix('.')} ({number})",
        summary=_sentence(own, words[lang]),
        date=date.replace(microsecond=0) + (LATER if lang == "en" else timedelta()),
        category=shared.choice(words["categories"]),
        tags=tuple(shared.sample(words["tags"], 3)),
        author=shared.choice(words["authors"]),
        picture=f"images/gambar-{number // ARTICLES_PER_PICTURE}.png" if pictured else "",
        alt=words[lang]["alt"] if pictured else "",
        body=_body(own, words[lang], [slug_of(own.randrange(articles)) for _ in range(LINKS)]),
    )


def slug_of(number: int) -> str:
    """Name an article in addresses and files."""
    return f"berita-{number:05}"


def _body(random: Random, words: dict[str, Any], links: list[str]) -> str:
    """Write sections until there are words enough: paragraphs with links, then lists and tables."""
    parts, makers = [_paragraph(random, words)], (_paragraph, _list, _paragraph, _table)
    headings = random.sample(words["headings"], len(words["headings"]))
    waiting = iter(links)
    for count, heading in enumerate(headings):
        if sum(len(part.split()) for part in parts) >= WORDS:
            break
        parts += [f"## {heading}", _paragraph(random, words)]
        if slug := next(waiting, ""):
            parts.append(f"{words['link']} [{_sentence(random, words)}](@{slug}).")
        parts.append(makers[count % len(makers)](random, words))
    return "\n\n".join(parts) + "\n"


def _paragraph(random: Random, words: dict[str, Any]) -> str:
    sentences = [_sentence(random, words) for _ in range(random.randint(3, 6))]
    loud = random.randrange(len(sentences))
    sentences[loud] = f"**{sentences[loud]}**"
    return " ".join(sentences)


def _list(random: Random, words: dict[str, Any]) -> str:
    mark = random.choice(("1.", "-"))
    return "\n".join(f"{mark} {_sentence(random, words)}" for _ in range(random.randint(3, 6)))


def _table(random: Random, words: dict[str, Any]) -> str:
    head = [f"| {' | '.join(words['columns'])} |", "|---|---|---|"]
    return "\n".join(
        head
        + [
            f"| {random.choice(words['what'])} | {random.choice(words['who'])} | {days} |"
            for days in range(1, random.randint(4, 7))
        ]
    )


def _sentence(random: Random, words: dict[str, Any]) -> str:
    return " ".join(random.choice(words[part]) for part in ("who", "does", "what", "where")) + "."
