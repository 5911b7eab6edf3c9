"""Which language a page is in, and texts that are given in several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from jinja2 import pass_context
from jinja2.runtime import Context

Text = TypeVar("Text")


@pass_context
def language(context: Context) -> str:
    """Return the code of the page's language: its content's, its side's, or the default."""
    content = context.get("article") or context.get("page")
    code: str = context.get("lang") or getattr(content, "lang", "") or context["DEFAULT_LANG"]
    return code


@pass_context
def local(context: Context, texts: Mapping[str, Text]) -> Text:
    """Choose from texts by language the one for this page, or the default language's."""
    return texts.get(language(context)) or texts[context["DEFAULT_LANG"]]
