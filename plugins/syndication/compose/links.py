"""Find the addresses in a text as X and Mastodon do, for they count each at a fixed cost.

Both read addresses by the grammar of twitter-text 3.1.0; Mastodon widens it
(config/initializers/twitter_regex.rb) and wants a protocol. Looked up on 2026-11-24.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

import regex

from syndication.model import Rules

Span = tuple[int, int]

SPACES = r"\t-\r \x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
DIRECTIONS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
NOT_IN_DOMAIN = rf"!'#%&()*+,\\\-./:;<=>?@\[\]\^_{{|}}~$\uFFFE\uFEFF\uFFFF{SPACES}{DIRECTIONS}"
IN_DOMAIN = rf"[^{NOT_IN_DOMAIN}]"
IN_LABEL = rf"(?:[_\-]|{IN_DOMAIN})"
TOP = r"(?:(?i:\L<top>)(?=[^0-9a-zA-Z@+\-]|\Z)|(?i:xn--[\-0-9a-z]+))"
DOMAIN = (
    rf"(?:(?:{IN_DOMAIN}{IN_LABEL}*)?{IN_DOMAIN}\.)*"
    rf"(?:{IN_DOMAIN}(?:-|{IN_DOMAIN})*)?{IN_DOMAIN}\.{TOP}"
)
BEFORE = rf"(?:[^A-Za-z0-9@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF]|[{DIRECTIONS}]|^)"

X_PATH_CHAR = rf"[A-Za-z\u0400-\u04FF0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN}]"
X_PATH_END = rf"[+\-A-Za-z\u0400-\u04FF0-9=_#/{LATIN}]"
X_QUERY = r"[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[A-Za-z0-9\-_&=#/]"

MASTODON_PATH_CHAR = r"[^\p{White_Space}<>()?]"
MASTODON_PATH_END = r"[^\p{White_Space}()?!*\"'「」<>;:=,.$%\[\]~&|@]"
BEYOND_ASCII = r"\u00A0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFEF" + "".join(
    rf"\U{plane:04X}0000-\U{plane:04X}FFFD" for plane in range(1, 0x11)
)
MASTODON_QUERY = (
    rf"[A-Za-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@\^{BEYOND_ASCII}]*[A-Za-z0-9_&=#/\-{BEYOND_ASCII}]"
)
MASTODON_PROTOCOLS = "https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini"

ASCII_DOMAIN = rf"(?:[\-A-Za-z0-9{LATIN}]+\.)+{TOP}"
SHORT_LINK = regex.compile(rf"(?i:https?://t\.co)/([A-Za-z0-9]+)(?:\?{X_QUERY})?")
NOT_BEFORE_BARE = "-_./"
MENTION = regex.compile(r"(?<![=/\w])@([A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*)@[\w.-]*\w")
NOT_AFTER_MENTION = regex.compile(rf"[@\uFF20]|[{LATIN}]|://")

MAX_URL_LENGTH = 4096
MAX_LABEL_LENGTH = 63
MAX_SHORT_LINK = 40


def shortened(text: str, rules: Rules) -> str:
    """Put a run of "x" of the platform's fixed cost in the place of each address."""
    return GRAMMARS[rules.url_grammar](text, rules.url_cost) if rules.url_grammar else text


def _as_x(text: str, cost: int) -> str:
    text = unicodedata.normalize("NFC", text)
    return _replaced(text, [(*span, "x" * cost) for span in _found_by_x(text)])


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
    start = match.start("url")
    spans = [
        (start + m.start(), start + m.end()) for m in _ascii_domain().finditer(match["domain"])
    ]
    if spans and match["path"]:
        spans[-1] = (spans[-1][0], match.end("url"))
    return spans


def _found(text: str, grammar: str) -> Iterator[regex.Match[str]]:
    if "." in text:
        yield from filter(_is_sound, _pattern(grammar).finditer(text))


def _is_sound(match: regex.Match[str]) -> bool:
    protocol = match["protocol"] or "https://"
    if len(protocol) + len(match["url"]) > MAX_URL_LENGTH:
        return False
    return all(_label_length(label) <= MAX_LABEL_LENGTH for label in match["domain"].split("."))


def _label_length(label: str) -> int:
    return len(label) if label.isascii() else len("xn--") + len(label.encode("punycode"))


@cache
def _pattern(grammar: str) -> regex.Pattern[str]:
    if grammar == "x":
        protocol, query = "https?", X_QUERY
        path = _path(X_PATH_CHAR, X_PATH_END, rf"@{X_PATH_CHAR}+/")
    else:
        protocol, query = MASTODON_PROTOCOLS, MASTODON_QUERY
        path = _path(MASTODON_PATH_CHAR, MASTODON_PATH_END, rf"{MASTODON_PATH_CHAR}+/")
    return regex.compile(
        rf"(?P<before>{BEFORE})(?P<url>(?P<protocol>(?i:{protocol})://)?(?P<domain>{DOMAIN})"
        rf"(?::[0-9]+)?(?P<path>/{path}*)?(?:\?{query})?)",
        top=_top_level_domains(),
    )


def _path(char: str, end: str, otherwise: str) -> str:
    balanced = rf"\((?:{char}+|{char}*\({char}+\){char}*)\)"
    return rf"(?:{char}*(?:{balanced}{char}*)*(?:{end}|{balanced})|{otherwise})"


@cache
def _ascii_domain() -> regex.Pattern[str]:
    return regex.compile(ASCII_DOMAIN, top=_top_level_domains())


@cache
def _top_level_domains() -> frozenset[str]:
    file = resources.files("syndication.compose") / "top_level_domains.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(f"{data['generic']} {data['country']}".split())
