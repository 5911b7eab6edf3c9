"""Words of strangers, made fit to be kept and harmless to be shown."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from syndication.model import Response

KEPT = frozenset("\n\u200d")
"""Line ends, and the joiner that makes one emoji of several."""


def storable(response: Response) -> Response:
    """Return the response as every database takes it: NFC, no half surrogates, no NUL.

    An address that is none of the web is dropped: nobody may be led to `javascript:`.
    """
    url = _clean(response.url)
    return replace(
        response,
        id=_clean(response.id),
        parent=_clean(response.parent),
        author=_clean(response.author),
        text=_clean(response.text),
        url=url if url.startswith(("https://", "http://")) else "",
    )


def harmless(text: str) -> str:
    """Drop what acts on a terminal instead of being read: controls, escapes, bidi overrides.

    Lines stay lines.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char if char.isprintable() or char in KEPT else " " for char in lines).strip()


def on_one_line(text: str) -> str:
    """Do as `harmless`, and leave no line end with which a name could pretend to be more."""
    return " ".join(harmless(text).split())


def _clean(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    return unicodedata.normalize("NFC", whole)
