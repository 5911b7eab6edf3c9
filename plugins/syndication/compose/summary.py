"""Say an article in fewer of its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

SENTENCE_END = regex.compile(r"(?<=[.!?][\"”’)]?)\s+(?=[\p{Lu}\"“(])")


def summarise(
    title: str,
    paragraphs: Sequence[str],
    *,
    max_length: int,
    count: Callable[[str], int],
    lang: str,
) -> str:
    """Pick whole sentences from the lead so that `count(result) <= max_length`.

    The title only weighs; it never appears. The result is empty where nothing fits.
    """
    chosen = ""
    for paragraph in paragraphs:
        for sentence in SENTENCE_END.split(paragraph):
            longer = f"{chosen} {sentence}".strip()
            if count(longer) > max_length:
                return chosen
            chosen = longer
    return chosen
