"""Take the dateline off an article: "Pekalongan, 18 Juli 2022 – "."""

from __future__ import annotations

import regex

LONGEST = 70
"""Characters of the longest dateline that is looked for (our choice)."""

DASH = r"\s*(?:\s-\s-|--|[–—]|\s-)\s+"
DATELINE = regex.compile(
    rf"(?P<place>.{{2,{LONGEST}}}?){DASH}(?P<rest>[\"“\u2018(]?[\p{{Lu}}\d].*)", regex.DOTALL
)
SECOND_DASH = regex.compile(rf"[^.!?]*?{DASH}")
PART = regex.compile(
    r"\p{Lu}[\p{L}\p{N}.’'&/-]*|[\p{L}\p{N}-]+\.?com?|[\d/.:-]+|[(),|\[\]]+|di|dan"
)
"""What a dateline is made of: names, a medium, a date in brackets."""


def without_dateline(paragraph: str) -> str:
    """Return the paragraph from its first sentence on."""
    match = DATELINE.match(paragraph)
    if not match or not _names_a_place(match["place"]):
        return paragraph
    is_bare_name = not regex.search(r"[,(]", match["place"])
    if is_bare_name and SECOND_DASH.match(match["rest"][:LONGEST]):
        return paragraph
    rest: str = match["rest"]
    return rest


def _names_a_place(text: str) -> bool:
    parts = regex.sub(r"([(),|\[\]])", r" \1 ", text).split()
    return parts[0][:1].isupper() and all(PART.fullmatch(part) for part in parts)
