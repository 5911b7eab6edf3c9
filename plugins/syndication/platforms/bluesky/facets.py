"""What in a text is a link or a hashtag: Bluesky is told, for it looks for none itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from syndication.model import JSON

LINK = re.compile(r"(?<!\S)\(?(?P<shown>https?://[^\s<>\"]+)")
ENDINGS = ".,;:!?\u2026'\u201d\u2019"
"""What ends a sentence after an address rather than the address."""

HASHTAG = re.compile(r"(?<!\S)(?P<shown>#(?P<name>\w*[^\W\d_]\w*))")

FACET = "app.bsky.richtext.facet"


def facets(text: str) -> list[JSON]:
    """Find links and hashtags, each with its place in bytes of UTF-8.

    Source: https://docs.bsky.app/docs/advanced-guides/post-richtext (2026-11-24).
    """
    found = sorted([*_links(text), *_hashtags(text)], key=lambda facet: facet[0])
    return [
        {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}
        for start, end, feature in found
    ]


def _links(text: str) -> Iterator[tuple[int, int, JSON]]:
    for match in LINK.finditer(text):
        shown = match["shown"].rstrip(ENDINGS)
        if shown.endswith(")") and "(" not in shown:
            shown = shown.removesuffix(")").rstrip(ENDINGS)
        start = match.start("shown")
        place = _bytes(text, start), _bytes(text, start + len(shown))
        yield *place, {"$type": f"{FACET}#link", "uri": shown}


def _hashtags(text: str) -> Iterator[tuple[int, int, JSON]]:
    for match in HASHTAG.finditer(text):
        place = _bytes(text, match.start("shown")), _bytes(text, match.end("shown"))
        yield *place, {"$type": f"{FACET}#tag", "tag": match["name"]}


def _bytes(text: str, characters: int) -> int:
    return len(text[:characters].encode())
