"""The accuracy gate: what a post says must stand in the article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from syndication.compose.body import read
from syndication.compose.numerals import numerals
from syndication.compose.quantities import Quantity, Value, quantities
from syndication.compose.sentences import split
from syndication.compose.text import one_line
from syndication.compose.words import words
from syndication.model import Article

NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}’'-]+\b(?:\s\p{Lu}[\p{L}\p{M}’'-]+\b)*")
HASHTAG = regex.compile(r"#\S+")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
LEAST_IN_FIGURES = 1000
"""From here on a bare number may stand for an amount of money, and the other way round."""

OPENING = 1
"""Characters before a sentence's first letter: a quotation mark or a bracket."""

Found = dict[str, list[Value]]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What stands in a text but not in its evidence, in the text's own words.

    `facts` are errors: amounts, numbers, shares, dates, hours, contacts. `names` are warnings.
    """

    facts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.facts or self.names)


def evidence(article: Article, *more: str) -> str:
    """Gather what a post may rely on: title, body, date, tags, and `more` of the metadata.

    Neither the writer's summary nor an own text is evidence: they are what is checked.
    """
    day = f"{article.date:%d/%m/%Y}"
    tags = " ".join(article.tags)
    body = read(article.html).everything
    parts = (article.title, body, day, tags, article.category, article.correction, *more)
    return " ¦ ".join(one_line(part) for part in parts)


def doubts(text: str, evidence: str, *, lang: str) -> Doubts:
    """Hold a text against its evidence: the same form will do, and so will an equal one.

    "Rp1,25 miliar" equals "Rp1.250.000.000", "20 persen" "dua puluh persen", "18 Juli" a date in
    July 2022. A name's words may stand anywhere in the evidence.
    """
    text = HASHTAG.sub("", text)
    said = quantities(text, lang)
    known = _known(evidence, lang) if said else {}
    unknown = (one.words for one in said if not _stands(one, known))
    return Doubts(tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(_names(text, evidence, lang))))


def _known(evidence: str, lang: str) -> Found:
    known: Found = {}
    for quantity in quantities(evidence, lang):
        known.setdefault(quantity.kind, []).append(quantity.value)
    return known


def examine(article: Article, *more: str) -> dict[str, Doubts]:
    """Hold what the writer said for the channels against the article, by field of its metadata.

    Only fields in doubt are returned. Sentences that `compose` takes from the body are the
    article's own and need no gate; `more` is further metadata that counts as evidence.
    """
    known = evidence(article, *more)
    said = {"Summary": article.summary}
    said |= {f"Pos_{name}": text for name, text in article.own_posts.items()}
    found = {field: doubts(text, known, lang=article.lang) for field, text in said.items()}
    return {field: doubt for field, doubt in found.items() if doubt}


def _stands(quantity: Quantity, known: Found) -> bool:
    kind, value = quantity.kind, quantity.value
    if kind == "address" or value in known.get(kind, ()):
        return True
    if kind == "date":
        return any(_is_same_day(value, other, known) for other in known.get(kind, ()))
    if kind == "label":
        label, number = value
        is_used = any(other == label for other, _ in known.get(kind, ()))
        return not is_used and (number,) in _numbers(known)
    if kind == "money":
        return (value[1],) in known.get("number", ())
    return kind == "number" and value in _numbers(known)


def _is_same_day(value: Value, other: Value, known: Found) -> bool:
    """Compare (day, month, year), where 0 is unsaid; an unsaid year may stand elsewhere."""
    *day, year = value
    *other_day, other_year = other
    if any(one and one != two for one, two in zip(day, other_day, strict=True)):
        return False
    return year in (0, other_year) or (not other_year and (year,) in _numbers(known))


def _numbers(known: Found) -> set[Value]:
    years = {(date[-1],) for date in known.get("date", ())}
    counted = {(number,) for _, number in known.get("label", ())}
    sums = {(amount,) for _, amount in known.get("money", ()) if amount >= LEAST_IN_FIGURES}
    return years | counted | sums | set(known.get("number", ()))


def _names(text: str, evidence: str, lang: str) -> Iterable[str]:
    spoken = {word.casefold() for word in WORD.findall(evidence)} | numerals("months").keys()
    sentences = (sentence for line in text.splitlines() for sentence in split(line))
    for sentence in sentences:
        for match in NAME.finditer(sentence):
            name = match.group() if match.start() > OPENING else _without_first(match.group(), lang)
            if any(word.casefold() not in spoken for word in WORD.findall(name)):
                yield name


def _without_first(name: str, lang: str) -> str:
    """Drop the capital that only begins a sentence: alone, or a common word before a name."""
    first, _, rest = name.partition(" ")
    is_common = first.lower() in words(lang, "common") | words(lang, "subordinate")
    return rest if not rest or is_common else name
