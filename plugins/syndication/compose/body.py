"""From an article's rendered body to its paragraphs, as plain text."""

from __future__ import annotations

import unicodedata

from bs4 import BeautifulSoup

LEFT_OUT = (
    "script",
    "style",
    "template",
    "noscript",
    "pre",
    "table",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)


def paragraphs(html: str) -> tuple[str, ...]:
    """Return the running text, a string a paragraph: NFC, white space single."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup(LEFT_OUT):
        element.decompose()
    texts = (" ".join(element.get_text().split()) for element in soup("p"))
    return tuple(unicodedata.normalize("NFC", text) for text in texts if text)
