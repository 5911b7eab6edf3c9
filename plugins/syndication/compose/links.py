"""Put each address in a text at the fixed cost that X and Mastodon give it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import regex

from syndication.compose.grammar import LATIN, X_QUERY, ascii_domain, pattern, top_level_domains
from syndication.model import Rules

Span = tuple[int, int]

SHORT_LINK = regex.compile(rf"(?i:https?://t\.co)/([A-Za-z0-9]+)(?:\?{X_QUERY})?")
NOT_BEFORE_BARE = "-_./"
MENTION = regex.compile(r"(?<![=/\w])@([A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*)@[\w.-]*\w")
NOT_AFTER_MENTION = regex.compile(rf"[@\uFF20]|[{LATIN}]|://")

DOTTED_WORD = regex.compile(r"[^\p{White_Space}.]*+\.[^\p{White_Space}]*+")
TOP_RUN = regex.compile(r"[^0-9a-z@+\-]")
ASTRAL = regex.compile(r"[\U00010000-\U0010FFFF]")

MAX_URL_LENGTH = 4096
MAX_LABEL_LENGTH = 63
MAX_SHORT_LINK = 40


def shortened(text: str, rules: Rules) -> str:
    """Put a run of "x" of the platform's fixed cost in the place of each address."""
    return GRAMMARS[rules.url_grammar](text, rules.url_cost) if rules.url_grammar else text


def _as_x(text: str, cost: int) -> str:
    units = ASTRAL.sub(_surrogates, unicodedata.normalize("NFC", text))
    return _rejoined(_replaced(units, [(*span, "x" * cost) for span in _found_by_x(units)]))


def _surrogates(match: regex.Match[str]) -> str:
    """Write a character as X's library sees it: two code units, and an address may follow one."""
    high, low = divmod(ord(match.group()) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)


def _rejoined(units: str) -> str:
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _as_mastodon(text: str, cost: int) -> str:
    links = [
        (*match.span("url"), "x" * cost) for match in _found(text, "mastodon") if match["protocol"]
    ]
    mentions = [
        (match.start(), match.end(), f"@{match[1]}")
        for match in MENTION.finditer(text)
        if not NOT_AFTER_MENTION.match(text, match.end())
    ]
    return _replaced(text, sorted(links + mentions))


GRAMMARS: Mapping[str, Callable[[str, int], str]] = MappingProxyType(
    {"x": _as_x, "mastodon": _as_mastodon}
)
"""The ways to read addresses, by the names that `rules.toml` uses."""


def _replaced(text: str, places: list[tuple[int, int, str]]) -> str:
    parts, end = [], 0
    for start, stop, instead in places:
        if start >= end:
            parts += [text[end:start], instead]
            end = stop
    return "".join([*parts, text[end:]])


def _found_by_x(text: str) -> Iterator[Span]:
    for match in _found(text, "x"):
        if not match["protocol"]:
            yield from _bare(match)
            continue
        short = SHORT_LINK.match(match["url"])
        if not short:
            yield match.span("url")
        elif len(short[1]) <= MAX_SHORT_LINK:
            yield match.start("url"), match.start("url") + short.end()


def _bare(match: regex.Match[str]) -> list[Span]:
    """Find the ASCII domains in an address without a protocol; the last one takes the path."""
    if match["before"].endswith(tuple(NOT_BEFORE_BARE)):
        return []
    start, domain = match.start("url"), match["domain"]
    spans = [(start + m.start(), start + m.end()) for m in ascii_domain().finditer(domain)]
    if spans and match["path"]:
        first, last = spans[-1]
        spans[-1] = (first, last + len(match["url"]) - len(domain))
    return spans


def _found(text: str, grammar: str) -> Iterator[regex.Match[str]]:
    """Try only the words that hold a dot and a top-level domain: the grammar is slow."""
    for word in DOTTED_WORD.finditer(text):
        if any(map(_may_be_top, word.group().split(".")[1:])):
            tried = pattern(grammar).finditer(text, max(0, word.start() - 1), word.end())
            yield from filter(_is_sound, tried)


def _may_be_top(rest: str) -> bool:
    lower = rest.lower()
    return (
        not rest.isascii()
        or lower.startswith("xn--")
        or TOP_RUN.split(lower, maxsplit=1)[0] in top_level_domains()
    )


def _is_sound(match: regex.Match[str]) -> bool:
    protocol = match["protocol"] or "https://"
    if len(protocol) + len(match["url"]) > MAX_URL_LENGTH:
        return False
    return all(_label_length(label) <= MAX_LABEL_LENGTH for label in match["domain"].split("."))


def _label_length(label: str) -> int:
    return (
        len(label)
        if label.isascii()
        else len("xn--") + len(_rejoined(label).encode("punycode", "surrogatepass"))
    )
