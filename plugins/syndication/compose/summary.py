"""Say an article in fewer of its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

import regex

from syndication.compose.clauses import LEAST_WORDS, shorten
from syndication.compose.dateline import without_dateline
from syndication.compose.ranking import weigh
from syndication.compose.sentences import split
from syndication.compose.words import words

ENOUGH = 0.75
"""How much of the room whole sentences must use before none is shortened (our choice)."""
WORTH = 0.5
"""How much of the best one's weight a later sentence must have (our choice)."""
READ_IN_FULL = 60
"""So many sentences of an article are looked at; what matters comes before (our choice)."""

BYLINE = regex.compile(r"(?<=[.!?][\"”]?)\s*[(\[][\p{L}/. -]{1,30}[)\]]\.?\Z")
"""Who wrote or checked it, after the last full stop: "(humas/red)"."""

NOT_RUNNING_TEXT = regex.compile(
    r"[(\[][^()\[\]]*[)\]]\.?|(?:\d+|\p{L})[.)]\s.*|(?i:baca[ _]juga|lihat juga|read also)\b.*"
)
"""Remarks in brackets, items of lists, pointers to other articles."""

POINTS_ELSEWHERE = regex.compile(
    r":\Z|://|(?<![\w.])@\w"
    r"|\b(?i:berikut(?: ini)?|di (?:bawah|atas) ini|selengkapnya|sumber:"
    r"|kami (?:jelaskan|tulis|bahas|uraikan)|the following|as follows|below|above|source:)(?!\w)"
)
"""What introduces a list or an example that a post does not hold, an address (it would get the
link card) or a name on the platform (someone else may bear it there)."""

FULL_STOP = regex.compile(r"[.!?…][\"”’')\]]*\Z")
WORD = regex.compile(r"[\p{L}-]+")
OPENING_WORDS = 3
"""Where a sentence points back to the one before it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article, with its place in it and how much of it it carries."""

    text: str
    place: int
    weight: float
    stands_alone: bool


def summarise(
    title: str,
    paragraphs: Sequence[str],
    *,
    max_length: int,
    count: Callable[[str], int],
    lang: str,
) -> str:
    """Say the paragraphs in sentences of theirs so that `count(result) <= max_length`.

    Whole sentences from the beginning come first, then those later ones that carry most; where
    they would waste the room, the next sentence is shortened at a clause. The title only
    weighs, it never appears. The result is empty where not even a clause fits.
    """

    def fits(text: str) -> bool:
        return count(text) <= max_length

    sentences = remembered(title, tuple(paragraphs), lang)
    lead = _lead(sentences, fits)
    if len(lead) == len(sentences) or count(_text(lead)) >= ENOUGH * max_length:
        return _text(lead)
    filled = _filled(lead, sentences[len(lead) :], fits)
    if count(_text(filled)) >= ENOUGH * max_length:
        return _text(filled)
    cut = _with_next_shortened(_text(lead), sentences[len(lead)].text, fits, lang)
    return max(_text(filled), cut, key=count)


def _text(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


@lru_cache(maxsize=16)
def remembered(title: str, paragraphs: tuple[str, ...], lang: str) -> tuple[Sentence, ...]:
    """Return the sentences that may be said, kept for the next channels of the same article."""
    texts: list[str] = []
    for paragraph in paragraphs:
        body = paragraph if texts else without_dateline(paragraph)
        texts += [text for text in _running(body) if _is_said(text, title)]
        if len(texts) >= READ_IN_FULL:
            break
    weights = weigh(title, texts, lang)
    return tuple(
        Sentence(text, place, weight, _stands_alone(text, lang))
        for place, (text, weight) in enumerate(zip(texts, weights, strict=True))
    )


def _running(paragraph: str) -> Iterator[str]:
    """Yield sentences up to one that points elsewhere: what follows it speaks of that."""
    sentences = split(BYLINE.sub("", paragraph))
    return takewhile(lambda text: not POINTS_ELSEWHERE.search(text), sentences)


def _is_said(text: str, title: str) -> bool:
    if NOT_RUNNING_TEXT.fullmatch(text):
        return False
    if len(text.split()) < LEAST_WORDS and not FULL_STOP.search(text):
        return False
    return text.rstrip(".!?").casefold() != title.rstrip(".!?").casefold()


def _stands_alone(text: str, lang: str) -> bool:
    opening = [word.lower() for word in WORD.findall(text)[:OPENING_WORDS]]
    leans = opening[:1] and (opening[0] in words(lang, "leaning") or opening[0].endswith("nya"))
    points_back = not words(lang, "pointing").isdisjoint(opening)
    is_whole = len(text.split()) >= LEAST_WORDS and FULL_STOP.search(text) is not None
    return is_whole and not leans and not points_back


def _lead(sentences: Sequence[Sentence], fits: Callable[[str], bool]) -> list[Sentence]:
    lead: list[Sentence] = []
    for sentence in sentences:
        if not fits(_text([*lead, sentence])):
            break
        lead.append(sentence)
    return lead


def _filled(
    lead: list[Sentence], later: Sequence[Sentence], fits: Callable[[str], bool]
) -> list[Sentence]:
    """Add those later sentences that carry most, stand on their own and fit; in their order."""
    chosen = lead
    least = WORTH * max(sentence.weight for sentence in later)
    for sentence in sorted(later, key=lambda one: -one.weight):
        longer = sorted([*chosen, sentence], key=lambda one: one.place)
        if sentence.stands_alone and sentence.weight >= least and fits(_text(longer)):
            chosen = longer
    return chosen


def _with_next_shortened(lead: str, following: str, fits: Callable[[str], bool], lang: str) -> str:
    shortened = shorten(following, lambda text: fits(f"{lead} {text}".strip()), lang)
    return f"{lead} {shortened}".strip()
