"""Find what can be checked in a text: amounts, shares, dates, hours, numbers of things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import regex

from syndication.compose.numerals import FIGURES, TEEN, any_of, figures, in_words, numerals

Match = regex.Match[str]
Value = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as it can be compared, and the words that say it.

    `kind` is one of: code, date, hour, money, share, contact, label, number.
    """

    kind: str
    value: Value
    words: str


def quantities(text: str, lang: str) -> list[Quantity]:
    """Find the quantities of a text, each counted once, as the most telling kind that it is."""
    found = []
    for pattern, read in _readers():
        rest, end = [], 0
        for match in pattern.finditer(text):
            values = list(read(match, lang))
            found += [Quantity(kind, value, match.group().strip()) for kind, value in values]
            if values:
                rest += [text[end : match.start()], " ¦ "]
                end = match.end()
        text = "".join([*rest, text[end:]])
    return found


SAME_LABEL = {"no": "nomor", "number": "nomor", "article": "pasal"}
Reading = Iterator[tuple[str, Value]]


def _address(_match: Match, _lang: str) -> Reading:
    yield "address", ()


def _code(match: Match, _lang: str) -> Reading:
    yield "code", (match.group().casefold(),)


def _date(match: Match, _lang: str) -> Reading:
    months = numerals("months")
    month = months[match["month"].lower().rstrip(".")]
    year = int(match["year"] or 0)
    days = [int(day) for day in match.captures("day")]
    yield from (("date", (day, month, year)) for day in days or [0])


def _date_in_figures(match: Match, _lang: str) -> Reading:
    day, month = int(match["day"]), int(match["month"])
    if day and 1 <= month <= 12 and day <= 31:  # noqa: PLR2004 -- a year has 12 months
        yield "date", (day, month, int(match["year"]))


def _hour(match: Match, _lang: str) -> Reading:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    part = (match["part"] or "").lower().replace(".", "").strip()
    if hour < 12:  # noqa: PLR2004 -- noon
        hour += numerals("afternoon").get(part, 0)
    yield "hour", (hour, minute)


def _money(match: Match, lang: str) -> Reading:
    currency = numerals("currencies")[(match["before"] or match["after"]).lower().rstrip(".")]
    yield "money", (currency, _amount(match, lang))


def _share(match: Match, lang: str) -> Reading:
    yield "share", (figures(match["figures"], lang),)


def _contact(match: Match, _lang: str) -> Reading:
    digits = regex.sub(r"\D", "", match.group())
    yield "contact", (regex.sub(r"\A62", "0", digits),)


def _label(match: Match, lang: str) -> Reading:
    label = match["label"].lower()
    yield "label", (SAME_LABEL.get(label, label), figures(match["figures"], lang))


def _number(match: Match, lang: str) -> Reading:
    yield "number", (_amount(match, lang),)


def _number_in_words(match: Match, _lang: str) -> Reading:
    spoken = match["spoken"].lower().replace("-", " ").split()
    value = in_words(spoken)
    if value > 1 and not numerals("digits").keys().isdisjoint(spoken):
        yield "share" if match["share"] else "number", (value,)


def _amount(match: Match, lang: str) -> Decimal:
    scale = Decimal(numerals("scales").get((match["scale"] or "").lower(), 1))
    return figures(match["figures"], lang) * scale


ADDRESS = r"\S*(?:://|@)\S*|(?:[\w-]+\.)+(?:id|com|org|net)\b(?:/\S*)?"
CODE = r"(?<!\w)(?=[\w./-]*\d)(?=[\w./-]*[\p{L}/])\w+(?:[./-]\w+)*"
CONTACT = r"(?:\+62|\(0\d{2,3}\)|\b0\d|\b1\s\d{3}-)[\d\s-]{3,}\d|\b\d{7,}\b|\b\d+(?:-\d+){2,}\b"
LABEL = (
    r"\b(?P<label>lot|pasal|ayat|nomor|no|butir|article|section|number)\b\.?\s?"
    r"\(?(?P<figures>\d+)\)?"
)
DATE_IN_FIGURES = (
    r"\b(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})\b"
    r"|\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b"
)
TO = r"\s?(?:s\.d\.|[–—-]|,|sampai(?: dengan)?|hingga|dan|to|and)\s?"
MINUTE = r"[.:](?P<minute>[0-5]\d)"
PERCENT = r"(?:%|\s?(?:persen|percent|per cent)\b)"


def _date_pattern() -> str:
    month = rf"\b(?P<month>{any_of('months')})\b\.?"
    days = rf"(?:\b(?P<day>\d{{1,2}}){TO})*\b(?P<day>\d{{1,2}})"
    return (
        rf"{days}\s{month}(?:,?\s(?P<year>\d{{4}})\b)?"
        rf"|{month}\s(?:(?P<day>\d{{1,2}})\b(?:,\s)?)?(?P<year>\d{{4}})?\b"
    )


def _hour_pattern() -> str:
    after = r"(?P<part>\s?(?:pagi|siang|sore|malam|[ap]\.?m\b\.?))"
    return (
        rf"\b(?:pukul|pk\.?|jam)\s(?P<hour>\d{{1,2}})(?:{MINUTE})?\b{after}?"
        rf"|\b(?P<hour>\d{{1,2}})(?:{MINUTE})?\s?(?P<part>[ap]\.?m\b\.?)"
        rf"|(?<![\d.,])(?P<hour>[01]?\d|2[0-4]){MINUTE}(?!\d|[.,]\d)"
    )


@cache
def _readers() -> tuple[tuple[regex.Pattern[str], Callable[[Match, str], Reading]], ...]:
    """Return the patterns, the most telling first: what one has read the next do not see."""
    amount = rf"(?P<figures>{FIGURES})(?:\s?(?P<scale>{any_of('scales')})\b)?"
    currency = any_of("currencies")
    word = "|".join([any_of("digits"), any_of("scales"), TEEN])
    spoken = rf"(?:{word})(?:[\s-](?:{word}))*"
    patterns = {
        ADDRESS: _address,
        rf"\b(?P<before>{currency})\.?\s?{amount}(?:,-)?|{amount}\s(?P<after>{currency})\b": _money,
        rf"(?P<figures>{FIGURES}){PERCENT}": _share,
        _date_pattern(): _date,
        DATE_IN_FIGURES: _date_in_figures,
        _hour_pattern(): _hour,
        CODE: _code,
        CONTACT: _contact,
        LABEL: _label,
        rf"(?<!\w){amount}(?!\w)": _number,
        rf"\b(?P<spoken>{spoken})\b(?P<share>{PERCENT})?": _number_in_words,
    }
    return tuple((regex.compile(pattern, regex.I), read) for pattern, read in patterns.items())
