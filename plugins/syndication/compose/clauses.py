"""Shorten a sentence at a clause, without turning what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from syndication.compose.words import words

ELLIPSIS = "…"
LEAST_WORDS = 5
"""Fewer words than this say nothing (our choice)."""

AFTER_PUNCTUATION = regex.compile(r"(?P<mark>[,;:]|\s[–—-])\s+")
BEFORE_WORD = regex.compile(r"\s+(?=(?P<word>[\p{L}-]+))")
TRAILING = " ,;:–—-"
FIRST_WORD = regex.compile(r"[\p{L}\p{M}.-]+")
WORD = regex.compile(r"[\p{L}\p{M}\p{N}-]+")
NAME_GOES_ON = regex.compile(r"\p{Lu}\S*(?:\s(?:dan|serta|of|and|for|the)\s+\p{Lu})")
DEGREE = regex.compile(r"\p{Lu}\p{L}{0,3}\.")
NOT_ONLY = regex.compile(r"\b(?i:(?:tidak|tak|bukan) (?:hanya|cuma|saja|sekadar)|not only)\b")
"""Half of what is said: the other half must follow."""
VERB = regex.compile(r"(?:me|di|ber|ter)\p{Ll}{3,}")
"""An Indonesian verb, by its prefix."""
PAIRS = (("“", "”"), ("(", ")"), ("[", "]"), ("«", "»"), ("\u2018", "’"))


def shorten(sentence: str, fits: Callable[[str], bool], lang: str) -> str:
    """Return the longest honest beginning of the sentence that fits, with "…"; else "".

    It ends where a clause ends: never within a number, a name, a quotation or brackets, nor
    between a negation and what it denies, nor before a condition or who said it.
    """
    cuts = sorted({cut for cut in _cuts(sentence, lang) if _is_sound(sentence, cut, lang)})
    for cut in reversed(cuts):
        shortened = sentence[:cut].rstrip(TRAILING) + ELLIPSIS
        if fits(shortened):
            return shortened
    return ""


def shorten_anywhere(text: str, fits: Callable[[str], bool]) -> str:
    """Return the longest beginning of whole words that fits, with "…"; else "".

    For titles, which are no sentences. Neither within brackets nor between two numbers.
    """
    for match in reversed(list(regex.finditer(r"\s+", text))):
        kept, rest = text[: match.start()].rstrip(TRAILING), text[match.end() :]
        between_numbers = kept[-1:].isdigit() and rest[:1].isdigit()
        if kept and not between_numbers and not _is_open(kept) and fits(kept + ELLIPSIS):
            return kept + ELLIPSIS
    return ""


def _cuts(sentence: str, lang: str) -> Iterator[int]:
    for match in AFTER_PUNCTUATION.finditer(sentence):
        yield match.start()
    openers = words(lang, "openers")
    for match in BEFORE_WORD.finditer(sentence):
        if match["word"] in openers:
            yield match.start()


def _is_sound(sentence: str, cut: int, lang: str) -> bool:
    kept, rest = sentence[:cut], sentence[cut:].lstrip(TRAILING)
    spoken = [word.lower() for word in WORD.findall(kept)]
    return (
        len(spoken) >= LEAST_WORDS
        and spoken[-1] not in words(lang, "dangling")
        and not _limits(rest, lang)
        and not _is_open(kept)
        and not NOT_ONLY.search(kept)
        and not (_is_within_clause(sentence, cut) and _denies(kept, lang))
        and not _breaks_name(sentence, cut)
        and _has_main_clause(kept, lang)
    )


def _limits(rest: str, lang: str) -> bool:
    first = FIRST_WORD.match(rest)
    follows_number = rest[:1].isdigit()
    return follows_number or bool(first and first.group().lower() in words(lang, "limits"))


def _is_open(kept: str) -> bool:
    return kept.count('"') % 2 == 1 or any(kept.count(a) > kept.count(b) for a, b in PAIRS)


def _is_within_clause(sentence: str, cut: int) -> bool:
    return not AFTER_PUNCTUATION.match(sentence, cut)


def _denies(kept: str, lang: str) -> bool:
    clause = regex.split(r"[,;:–—]\s", kept)[-1]
    return not words(lang, "negations").isdisjoint(word.lower() for word in WORD.findall(clause))


def _breaks_name(sentence: str, cut: int) -> bool:
    rest = sentence[cut:].lstrip(TRAILING)
    last = sentence[:cut].rstrip(TRAILING).rsplit(maxsplit=1)[-1]
    joined = NAME_GOES_ON.match(f"{last} {rest}")
    return bool(joined) or bool(DEGREE.match(rest)) or (last[:1].isdigit() and rest[:1].isdigit())


def _has_main_clause(kept: str, lang: str) -> bool:
    """Tell whether the sentence has got so far as to say something.

    One that opens with a subordinate clause must reach some way past its comma.
    """
    opening = [word.lower() for word in WORD.findall(kept)[:2]]
    if opening[0] in words(lang, "connectives"):
        opening = opening[1:]
    if opening[0] in words(lang, "subordinate"):
        _, _, kept = kept.partition(", ")
        if len(kept.split()) < LEAST_WORDS:
            return False
    return _has_predicate(kept, lang)


def _has_predicate(text: str, lang: str) -> bool:
    """Look for a verb of the main clause: not a name, and not in a clause with "yang"."""
    if not words(lang, "predicates"):
        return True
    spoken = WORD.findall(text)
    return any(
        word in words(lang, "predicates")
        or (VERB.match(word) and word not in words(lang, "no_verbs"))
        for before, word in zip(["", *spoken], spoken, strict=False)
        if before != "yang"
    )
