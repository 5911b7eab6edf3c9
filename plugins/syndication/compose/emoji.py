"""Find the emoji in a text: sequences that Unicode recommends, whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

import regex

REGIONAL_A = 0x1F1E6
TAG_BASE = 0xE0000
JOINER = "\u200d"
CANCEL_TAG = "\U000e007f"
BLACK_FLAG = "\U0001f3f4"

KEYCAP = r"[#*0-9]\uFE0F?\u20E3"
SINGLE = (
    r"(?:\L<dressed>|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}|[\p{Emoji_Presentation}--\p{RI}]"
    r"|[\p{Emoji}--[#*0-9]]\uFE0F)"
)
DRESS = regex.compile(r"[\p{Emoji_Modifier}\uFE0F]")
"""What `emoji.toml` leaves out of the joined ones: skin tones and variation selectors."""


def emoji(text: str) -> list[str]:
    """Return the emoji of a text in their order, each as the whole sequence that it is.

    A flag of no region and a join that Unicode does not recommend are the single emoji that
    readers see in their place.
    """
    if text.isascii():
        return []
    return [one for match in _pattern().finditer(text) for one in _apart(match.group())]


def _apart(chain: str) -> Iterator[str]:
    rest = chain.split(JOINER)
    while rest:
        taken = next(n for n in range(len(rest), 0, -1) if n == 1 or _is_one(rest[:n]))
        yield JOINER.join(rest[:taken])
        rest = rest[taken:]


def _is_one(parts: list[str]) -> bool:
    return DRESS.sub("", JOINER.join(parts)) in _data("joined")


@cache
def _pattern() -> regex.Pattern[str]:
    flags = [
        "".join(chr(REGIONAL_A + ord(letter) - ord("A")) for letter in code)
        for code in _data("flags")
    ]
    subdivisions = [
        BLACK_FLAG + "".join(chr(TAG_BASE + ord(letter)) for letter in code) + CANCEL_TAG
        for code in _data("subdivisions")
    ]
    dressed = [f"{one}\ufe0f" for one in _data("dressed")]
    known = [*flags, *subdivisions]
    return regex.compile(
        rf"\L<known>|{KEYCAP}|\p{{RI}}|{SINGLE}(?:{JOINER}{SINGLE})*",
        regex.VERSION1,
        known=known,
        dressed=dressed,
    )


@cache
def _data(name: str) -> frozenset[str]:
    file = resources.files("syndication.compose") / "emoji.toml"
    words: str = tomllib.loads(file.read_text(encoding="utf-8"))[name]
    return frozenset(words.split())
