"""The grammar by which X and Mastodon read an address.

Both follow twitter-text 3.1.0; Mastodon widens it (config/initializers/twitter_regex.rb).
Looked up on 2026-11-24.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import regex

SPACES = r"\t-\r \x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
DIRECTIONS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
    # In capitals or small letters one of the above.
    r"\u0260\u0269\u0275\u0280\u0283\u0288\u028A\u028C\u0292\u0399\u03B9\u1FBE\u2C65\u2C66"
    r"\u2C7E\u2C7F\uA7DC"
)
CYRILLIC = r"\u0400-\u04FF\u1C80-\u1C87"
NOT_IN_DOMAIN = rf"!'#%&()*+,\\\-./:;<=>?@\[\]\^_{{|}}~$\uFFFE\uFEFF\uFFFF{SPACES}{DIRECTIONS}"
IN_DOMAIN = rf"[^{NOT_IN_DOMAIN}]"
IN_LABEL = rf"(?:[_\-]|{IN_DOMAIN})"
TOP = r"(?:(?i:\L<top>)(?=[^0-9a-zA-Z@+\-]|\Z)|(?i:xn--[\-0-9a-z]+))"
# Nothing longer than 255 can be a label, nor more than 127 labels a domain (RFC 1035): without
# these bounds a long run of letters would take quadratic time.
DOMAIN = (
    rf"(?:(?:{IN_DOMAIN}{IN_LABEL}{{0,255}})?{IN_DOMAIN}\.){{0,127}}"
    rf"(?:{IN_DOMAIN}(?:-|{IN_DOMAIN}){{0,255}})?{IN_DOMAIN}\.{TOP}"
)
BEFORE = rf"(?:[^A-Za-z0-9@\uFF20$#\uFF03\uFFFE\uFEFF\uFFFF]|[{DIRECTIONS}]|^)"


def _in_brackets(char: str) -> str:
    return rf"\((?:{char}+|{char}*\({char}+\){char}*)\)"


X_PATH_CHAR = rf"[A-Za-z{CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN}]"
X_PATH_END = rf"[+\-A-Za-z{CYRILLIC}0-9=_#/{LATIN}]"
X_BRACKETS = _in_brackets(X_PATH_CHAR)
X_PATH = rf"{X_PATH_CHAR}*(?:{X_BRACKETS}{X_PATH_CHAR}*)*{X_PATH_END}|{X_BRACKETS}|@{X_PATH_CHAR}+/"
X_QUERY = r"[A-Za-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[A-Za-z0-9\-_&=#/]"

MASTODON_PATH_CHAR = r"[^\p{White_Space}<>()?]"
MASTODON_PATH_END = r"[^\p{White_Space}()?!*\"'「」<>;:=,.$%\[\]~&|@]"
MASTODON_BRACKETS = _in_brackets(MASTODON_PATH_CHAR)
MASTODON_PATH = (
    rf"{MASTODON_PATH_CHAR}*(?:{MASTODON_BRACKETS}{MASTODON_PATH_CHAR}*)*"
    rf"(?:{MASTODON_PATH_END}|{MASTODON_BRACKETS})|{MASTODON_PATH_CHAR}+/"
)
BEYOND_ASCII = r"\u00A0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFEF" + "".join(
    rf"\U{plane:04X}0000-\U{plane:04X}FFFD" for plane in range(1, 0x11)
)
MASTODON_QUERY = (
    rf"[A-Za-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@\^{BEYOND_ASCII}]*[A-Za-z0-9_&=#/\-{BEYOND_ASCII}]"
)
MASTODON_PROTOCOLS = "https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini"

ASCII_DOMAIN = rf"(?:[\-A-Za-z0-9{LATIN}]+\.)+{TOP}"


@cache
def pattern(grammar: str) -> regex.Pattern[str]:
    """Compile the address: groups `before`, `url`, `protocol`, `domain` and `path`."""
    if grammar == "x":
        protocol, query, path = "https?", X_QUERY, X_PATH
    else:
        protocol, query, path = MASTODON_PROTOCOLS, MASTODON_QUERY, MASTODON_PATH
    return regex.compile(
        rf"(?P<before>{BEFORE})(?P<url>(?P<protocol>(?i:{protocol})://)?(?P<domain>{DOMAIN})"
        rf"(?::[0-9]+)?(?P<path>/(?:{path})*)?(?:\?{query})?)",
        top=top_level_domains(),
    )


@cache
def ascii_domain() -> regex.Pattern[str]:
    """Compile the domain that X takes for a link though no protocol precedes it."""
    return regex.compile(ASCII_DOMAIN, top=top_level_domains())


@cache
def top_level_domains() -> frozenset[str]:
    """Read the top-level domains that both platforms know, in small letters."""
    file = resources.files("syndication.compose") / "top_level_domains.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(f"{data['generic']} {data['country']}".split())
