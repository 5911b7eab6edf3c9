"""Works the address of a content out once while pages are written: nothing moves any more."""

from __future__ import annotations

from pelican.contents import Article, Content, Page

_known: dict[tuple[Content, str], str] = {}


def _remembered(content: Content, key: str) -> str:
    known = _known.get((content, key))
    if known is None:
        known = _known[content, key] = Content.get_url_setting(content, key)
    return known


def remember() -> None:
    """Begin, for articles and pages: a static file may still be moved by a link to it."""
    forget()
    for kind in (Article, Page):
        if "get_url_setting" not in vars(kind):
            kind.get_url_setting = _remembered


def forget() -> None:
    """Let each address be worked out whenever it is asked."""
    _known.clear()
    for kind in (Article, Page):
        if vars(kind).get("get_url_setting") is _remembered:
            del kind.get_url_setting
