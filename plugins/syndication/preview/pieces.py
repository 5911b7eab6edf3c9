"""Cut a post's text into plain words, addresses and hashtags, losing nothing."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

import regex

ADDRESS = r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]"
HASHTAG = r"(?<![\w\p{M}&/#])#(?=[\w\p{M}]*\p{L})[\w\p{M}]+"


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
    known = rf"{regex.escape(link, literal_spaces=True)}|" if link else ""
    pattern = regex.compile(rf"(?P<link>{known}{ADDRESS})|(?P<hashtag>{HASHTAG})", regex.IGNORECASE)
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            yield Piece(Kind.WORDS, text[end : match.start()])
        yield Piece(Kind(match.lastgroup or Kind.LINK), match.group())
        end = match.end()
    if end < len(text):
        yield Piece(Kind.WORDS, text[end:])
