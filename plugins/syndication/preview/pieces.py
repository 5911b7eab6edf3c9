"""Cut a post's text into plain words, addresses and hashtags, losing nothing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import regex

PATTERN = regex.compile(
    r"(?P<link>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]])"
    r"|(?P<hashtag>(?<![\w\p{M}&/#])#(?=[\w\p{M}]*\p{L})[\w\p{M}]+)",
    regex.IGNORECASE,
)


class Kind(StrEnum):
    """What a piece of text is to the reader."""

    WORDS = "words"
    LINK = "link"
    HASHTAG = "hashtag"


class Piece(NamedTuple):
    """A stretch of the text; all pieces together are the text."""

    kind: Kind
    text: str


def pieces(text: str, link: str) -> Iterator[Piece]:
    """Yield the pieces of a text in their order; `link` is marked whole, whatever it holds."""
    first, *others = text.split(link) if link else [text]
    yield from _marked(first)
    for part in others:
        yield Piece(Kind.LINK, link)
        yield from _marked(part)


def _marked(text: str) -> Iterator[Piece]:
    end = 0
    for match in PATTERN.finditer(text):
        if match.start() > end:
            yield Piece(Kind.WORDS, text[end : match.start()])
        yield Piece(Kind.LINK if match["link"] else Kind.HASHTAG, match.group())
        end = match.end()
    if end < len(text):
        yield Piece(Kind.WORDS, text[end:])
