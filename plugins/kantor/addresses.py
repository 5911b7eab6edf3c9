"""Where a page is, where the same page is in other languages, and links that keep the language."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import pass_context
from jinja2.runtime import Context

from kantor.language import language

if TYPE_CHECKING:
    from kantor.sides import Side


@pass_context
def side(context: Context) -> Side:
    """Return the side of the site, in one language, that the page belongs to."""
    sides: dict[str, Side] = context["SIDES"]
    return sides.get(language(context)) or sides[context["DEFAULT_LANG"]]


@pass_context
def link(context: Context, path: str = "") -> str:
    """Return the address of a path on the page's own side: `tag/lelang/`, or "" for its home."""
    return f"{context['SITEURL']}/{side(context).prefix}{path}"


@pass_context
def here(context: Context) -> str:
    """Return the page's own path below the site's root: "" for the home page."""
    return str(context["output_file"]).removesuffix("index.html")


@pass_context
def alternates(context: Context) -> dict[str, str]:
    """Return the paths of this page by language, its own included."""
    content = context.get("article") or context.get("page")
    if content:
        return {each.lang: each.url for each in (content, *content.translations)}
    path = here(context).removeprefix(side(context).prefix)
    return {
        other.lang: other.prefix + path
        for other in context["SIDES"].values()
        if other.exists and path in other.lists
    }


@cache
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]


@cache
def _as_data(drawing: Path) -> str:
    text = drawing.read_text(encoding="utf-8").strip()
    return "data:image/svg+xml," + quote(text, safe="='/:,.()")


@pass_context
def asset(context: Context, path: str) -> str:
    """Return the address of a theme file, which changes whenever its content does."""
    digest = _digest(Path(context["THEME"], "static", path))
    return f"{context['SITEURL']}/{context['THEME_STATIC_DIR']}/{path}?v={digest}"


@pass_context
def inline_svg(context: Context, path: str) -> str:
    """Return a drawing of the theme as an address that holds all of it."""
    return _as_data(Path(context["THEME"], "static", path))
