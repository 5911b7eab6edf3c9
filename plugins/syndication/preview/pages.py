"""Render the pages: Jinja with autoescape, everything that people read in Indonesian."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import PurePosixPath

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

from syndication.preview.view import Overview, Sheet

LOCALE = "id"


def article_page(sheet: Sheet) -> bytes:
    """Render the page of one article."""
    depth = len(PurePosixPath(sheet.path).parent.parts)
    template = _environment().get_template("article.html")
    return template.render(sheet=sheet, root="../" * depth).encode()


def index_page(overview: Overview) -> bytes:
    """Render the list of all articles."""
    template = _environment().get_template("index.html")
    return template.render(overview=overview, root="").encode()


def day(moment: datetime) -> str:
    """Write a day as Indonesian readers expect it: "Senin, 18 Juli 2022"."""
    return format_date(moment, "EEEE, d MMMM y", locale=LOCALE)


def hour(moment: datetime) -> str:
    """Write an hour with its zone: "09.15 WIB"."""
    return f"{moment:%H.%M} {moment.tzname() or ''}".rstrip()


def number(value: int) -> str:
    """Write a whole number with Indonesian separators: "63.206"."""
    return f"{value:,}".replace(",", ".")


def price(dollars: float) -> str:
    """Write an amount of money with two digits, or three where they are needed."""
    return format_decimal(Decimal(str(dollars)), "0.00#", locale=LOCALE)


def language(code: str) -> str:
    """Name a language in Indonesian; a code that nobody knows stands for itself."""
    try:
        return Locale.parse(code, sep="-").get_language_name(LOCALE) or code
    except (UnknownLocaleError, ValueError):
        return code


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("syndication.preview"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {each.__name__: each for each in (day, hour, number, price, language)}
    return environment
