"""Dates, numbers and plain text as a reader of the page's language writes them.

Babel brings its own locale data: no locale of the machine is asked.
"""

from __future__ import annotations

import html
import re
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kantor.language import language

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


@pass_context
def full_date(context: Context, when: date) -> str:
    """Write "Senin, 18 Juli 2022", or "Monday, 18 July 2022"."""
    return format_date(when, "EEEE, d MMMM y", locale=language(context))


@pass_context
def long_date(context: Context, when: date) -> str:
    """Write "18 Juli 2022", or "18 July 2022"."""
    return format_date(when, "d MMMM y", locale=language(context))


@pass_context
def day_and_month(context: Context, when: date) -> str:
    """Write "18 Juli", or "18 July": for lists under the heading of their year."""
    return format_date(when, "d MMMM", locale=language(context))


@pass_context
def number(context: Context, value: float) -> str:
    """Write "2.541", or "2,541"."""
    return format_decimal(value, locale=language(context))


def plain(markup: str) -> str:
    """Reduce HTML to its text on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def unbroken(text: str) -> str:
    """Let no line end within the text, such as a telephone number."""
    return text.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")


def shorten(text: str, length: int) -> str:
    """Cut plain text to at most `length` characters: after a sentence, or at a word with "…"."""
    if len(text) <= length:
        return text
    sentences = re.match(rf".{{{length // 2},{length - 1}}}[.!?](?=\s)", text)
    if sentences:
        return sentences[0]
    return text[: length - 1].rsplit(None, 1)[0].rstrip(",;:–—") + "…"


def linked(text: str) -> Markup:
    """Escape plain text and make the web addresses in it links."""
    pieces: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = escape(match[0])
        pieces += [escape(text[end : match.start()]), f'<a href="{address}">{address}</a>']
        end = match.end()
    return Markup("".join([*pieces, escape(text[end:])]))  # noqa: S704 -- every piece is escaped
