"""The words with which a post says that something was wrong, and whether a post has them."""

from __future__ import annotations

import regex

from syndication.compose.clauses import ELLIPSIS
from syndication.compose.text import one_line

LABELS = {"id": "Ralat", "en": "Correction"}
DATED = regex.compile(r"\d[^:.]{5,30}:")
"""A correction usually begins with its day: "27 Mei 2024: …"."""


def heading(correction: str, lang: str) -> str:
    """Say what was corrected, in one line; "" for no correction."""
    if not correction:
        return ""
    label = LABELS.get(lang.partition("-")[0], LABELS["id"])
    corrected = one_line(correction)
    return f"{label} {corrected}" if DATED.match(corrected) else f"{label}: {corrected}"


def is_told(text: str, correction: str, lang: str) -> bool:
    """Tell whether a post in public says so, whole or shortened as its platform needed it."""
    full, shown = heading(correction, lang), one_line(text)
    if not full or full in shown:
        return bool(full)
    label = regex.escape(full.partition(" ")[0])
    tails = (shown[found.start() :] for found in regex.finditer(label, shown))
    shortened = (tail.partition(ELLIPSIS)[0] for tail in tails if ELLIPSIS in tail)
    return any(" " in told.strip() and full.startswith(told) for told in shortened)
