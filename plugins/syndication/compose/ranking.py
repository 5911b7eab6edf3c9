"""Weigh an article's sentences: which carry most of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import regex

from syndication.compose.words import words

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*")
FADING = 0.15
"""How fast a sentence's weight falls with its place (our choice: news says the news first)."""
TITLE_SHARE = 0.5


def weigh(title: str, sentences: Sequence[str], lang: str) -> list[float]:
    """Return a weight for each sentence: its likeness to the whole and to the title, by place."""
    bags = [_bag(sentence, lang) for sentence in sentences]
    whole: Counter[str] = Counter()
    for bag in bags:
        whole.update(bag)
    heading = _bag(title, lang)
    return [
        (_likeness(bag, whole) + TITLE_SHARE * _likeness(bag, heading)) / (1 + FADING * place)
        for place, bag in enumerate(bags)
    ]


def _bag(text: str, lang: str) -> Counter[str]:
    common = words(lang, "common")
    return Counter(word for word in WORD.findall(text.lower()) if word not in common)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the cosine of two bags of words."""
    product = sum(times * other[word] for word, times in one.items())
    return product / (_length(one) * _length(other)) if product else 0.0


def _length(bag: Counter[str]) -> float:
    return math.sqrt(sum(times * times for times in bag.values()))
