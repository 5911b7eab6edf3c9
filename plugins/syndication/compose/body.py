"""From an article's rendered body to its running text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bs4 import BeautifulSoup, Tag

from syndication.compose.text import one_line

UNSAID = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "svg",
    "math",
    "button",
    "form",
    "del",
    "s",
)
"""What no reader of the page reads as its text."""

ASIDE = (
    "pre",
    "table",
    "figure",
    "blockquote",
    "nav",
    "aside",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
"""What is on the page but cannot stand alone in a post: code, tables, captions, others' words
(a block quotation has no quotation marks), contents, headings."""

MARKS = ["footnote-ref", "footnote-backref", "headerlink"]
ASIDE_CLASSES = ["footnote", "toc"]
"""What Python-Markdown's footnotes and contents are marked with (3.11, 2026-11-24)."""

BLOCKS = (
    *("p", "div", "section", "article", "address", "details", "summary", "blockquote", "pre", "hr"),
    *("li", "ul", "ol", "dt", "dd", "tr", "td", "th", "caption", "figcaption", "br"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
)
BREAK = "\x1e"
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Body:
    """What an article says: its paragraphs, the items of its lists, and all of its words."""

    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    everything: str


@lru_cache(maxsize=16)
def read(html: str) -> Body:
    """Read a rendered body. Its texts are NFC with single white space; broken HTML is mended."""
    soup = BeautifulSoup(f"<main>{html}</main>", "html.parser")
    _drop(soup(UNSAID), soup(_is_hidden), soup(class_=MARKS))
    for raised in soup("sup"):
        raised.replace_with(raised.get_text().translate(RAISED))
    for block in soup(BLOCKS):
        block.insert_before(BREAK)
        block.insert_after(BREAK)
    everything = one_line(soup.get_text().replace(BREAK, " "))
    _drop(soup(ASIDE), soup(class_=ASIDE_CLASSES))
    items = [item.extract() for item in soup("li")]
    return Body(_lines(soup), tuple(line for item in items for line in _lines(item)), everything)


def _drop(*found: Iterable[Tag]) -> None:
    for element in chain.from_iterable(found):
        element.decompose()


def _is_hidden(element: Tag) -> bool:
    return element.has_attr("hidden") or element.get("aria-hidden") == "true"


def _lines(element: Tag) -> tuple[str, ...]:
    lines = (one_line(line) for line in element.get_text().split(BREAK))
    return tuple(line for line in lines if line)
