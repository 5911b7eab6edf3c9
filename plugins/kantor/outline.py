"""The headings of an article's body, for its table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3 that a link can lead to; `text` is plain."""

    level: int
    id: str
    text: str


class _Headings(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Heading] = []
        self._open: tuple[int, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if tag in ("h2", "h3") and anchor:
            self._open, self._text = (int(tag[1]), anchor), []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == f"h{self._open[0]}":
            level, anchor = self._open
            self.found.append(Heading(level, anchor, " ".join("".join(self._text).split())))
            self._open = None


# What lies between two headings is no business of the parser's: it is by far the most of a body.
_HEADING = re.compile(r"<h([23])\b[^>]*>.*?</h\1>", re.DOTALL)


def outline(markup: str) -> list[Heading]:
    """List the headings of a body in reading order. The body is clean: its elements are closed."""
    parser = _Headings()
    for heading in _HEADING.finditer(markup):
        parser.feed(heading[0])
    return parser.found
