"""Take a paragraph of official Indonesian (or English) apart into its sentences."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

import regex

STOP = regex.compile(
    r"(?P<stop>[.!?…]+)(?P<close>[\"”’'»)\]]*)\s+(?=(?P<open>[\"“\u2018'«(\[]*)(?P<next>\S+))"
)
LAST_WORDS = regex.compile(r"(?:(\S+)\s+)?(\S+)\Z")
LEADING_MARKS = "\"“\u2018'«(["
MARK_OF_ITEM = regex.compile(r"\d{1,2}|\p{Latin}|[ivx]{1,4}|[IVX]{1,4}")
BEFORE_ITEM = (":", ";", ",")
INITIALS = regex.compile(r"(?:\p{Lu}[\p{L}]{0,3}\.)*\p{Lu}[\p{L}]{0,5}|\p{Lu}")
LETTERS_APART = regex.compile(r"\p{Ll}(?:\.\p{Ll})+")
WITHOUT_VOWEL = regex.compile(r"\p{Lu}[b-df-hj-np-tv-z]{1,3}")
DIGIT = regex.compile(r"\d")
ROMAN = regex.compile(r"[IVXLC]+")
SMALL_BEGINNING = regex.compile(r"\p{Ll}+-?\p{Lu}|[\p{Ll}\d-]+(?:\.[\p{Ll}\d-]+)+\b")
"""A sentence may begin so without a capital letter: e-Auction, iPhone, lelang.go.id."""

PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"))


def split(paragraph: str) -> tuple[str, ...]:
    """Return the sentences in order; joined by single spaces they are the paragraph again.

    What stands within quotation marks or brackets stays in one piece.
    """
    return tuple(_whole(_pieces(" ".join(paragraph.split()))))


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for match in STOP.finditer(text):
        if _ends(text[start : match.start()], match):
            yield text[start : match.end()].rstrip()
            start = match.end()
    if text[start:]:
        yield text[start:]


def _ends(before: str, match: regex.Match[str]) -> bool:
    """Tell whether the stop after `before` ends the sentence."""
    small = match["next"][0].islower()
    if small and not SMALL_BEGINNING.match(match["next"]):
        return False
    if match["stop"] != "." or any(mark in match["close"] for mark in '"”»'):
        return not small
    words = LAST_WORDS.search(before)
    if not words:
        return False
    previous, word = words[1] or "", words[2].lstrip(LEADING_MARKS)
    if _marks_item(before, previous, word):
        return False
    return not _goes_on(previous, word, match)


def _marks_item(before: str, previous: str, word: str) -> bool:
    """Tell whether the word is the number of a list's item: "1.", "a.", "II."."""
    if not MARK_OF_ITEM.fullmatch(word):
        return False
    alone = not previous or previous.endswith(BEFORE_ITEM)
    joined = previous in {"dan", "atau", "serta", "and", "or"} and bool(
        regex.search(r"[:;]", before)
    )
    return alone or joined


def _goes_on(previous: str, word: str, match: regex.Match[str]) -> bool:
    """Tell whether the word is an abbreviation or an initial that more must follow."""
    if previous.lower() in _words("classifiers") and (len(word) == 1 or ROMAN.fullmatch(word)):
        return False
    if _is_listed(word, "may_be_last"):
        return match["next"][0].islower() or "(" in match["open"]
    if _is_listed(word, "before_number") and DIGIT.search(match["next"]):
        return True
    if _is_listed(word, "never_last") or LETTERS_APART.fullmatch(word):
        return True
    return bool(WITHOUT_VOWEL.fullmatch(word)) or _is_in_name(previous, word, match)


def _is_in_name(previous: str, word: str, match: regex.Match[str]) -> bool:
    """Tell whether the word is an initial ("M. Yusuf"), or a degree that another follows."""
    if len(word) == 1:
        return word.isupper()
    if "." not in word or not INITIALS.fullmatch(word):
        return False
    is_degree = previous.endswith(",")
    another = INITIALS.fullmatch(match["next"].rstrip(".,;)")) and "." in match["next"][:-1]
    return not is_degree or bool(another) or "(" in match["open"]


def _is_listed(word: str, group: str) -> bool:
    return word in _words(group) or word.lower() in _words(group)


def _whole(pieces: Iterable[str]) -> Iterator[str]:
    """Put pieces together again while a quotation or a bracket is open."""
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if not _is_open(" ".join(held)):
            yield " ".join(held)
            held = []
    yield from held


def _is_open(text: str) -> bool:
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in PAIRS)


@cache
def _words(name: str) -> frozenset[str]:
    file = resources.files("syndication.compose") / "abbreviations.toml"
    words: str = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return frozenset(words.split())
