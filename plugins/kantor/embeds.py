"""Puts a link card in the place of what a page would have to load from elsewhere."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kantor.safe_html import is_ours

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_FOREIGN = re.compile(r"<\s*(?:iframe|embed|object|video|audio|img)\b", re.IGNORECASE)
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class _Known:
    kind: str
    pattern: re.Pattern[str]
    link: str


@cache
def _known() -> tuple[_Known, ...]:
    rules = tomllib.loads(files("kantor").joinpath("embeds.toml").read_text("utf-8"))
    return tuple(
        _Known(rule["kind"], re.compile(rule["pattern"]), rule["link"]) for rule in rules["embed"]
    )


def destination(address: str) -> tuple[str, str]:
    """Return what is at the address of an embed, and where a person can see it."""
    for known in _known():
        match = known.pattern.fullmatch(address)
        if match:
            return known.kind, known.link.format_map(match.groupdict())
    return "other", address


def _source(element: Tag) -> str:
    inner = element.select_one("source")
    places = (element, inner) if inner else (element,)
    found = (str(place.get(name, "")) for place in places for name in ("src", "data"))
    address = next(filter(None, found), "").strip()
    return f"https:{address}" if address.startswith("//") else address


def _says(kind: str, host: str, words: NullTranslations) -> str:
    told = {
        "video": words.gettext("Video at %(host)s"),
        "map": words.gettext("Map at %(host)s"),
        "picture": words.gettext("Picture at %(host)s"),
        "other": words.gettext("To be seen at %(host)s"),
    }
    return told[kind] % {"host": host.removeprefix("www.")}


def _card(soup: BeautifulSoup, element: Tag, address: str, words: NullTranslations) -> Tag:
    kind, link = destination(address)
    if element.name == "img":
        kind = "picture"
    host = _says(kind, urlsplit(link).hostname or "", words)
    title = " ".join(str(element.get("title") or element.get("alt") or "").split())
    card = soup.new_tag("a", attrs={"class": "embed", "href": link})
    for tag, text in (("b", title), ("small", host)):
        if text:
            part = soup.new_tag(tag)
            part.string = text
            card.extend((part, " "))
    return card


def as_cards(html: str, words: NullTranslations) -> str:
    """Return the HTML with a link card for each frame, film, sound, and foreign picture.

    The result is to be cleaned: what has no address on the web is left as it is.
    """
    if not _FOREIGN.search(html):
        return html
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- hardly a text needs it, and it is slow

    soup = BeautifulSoup(html, "html.parser")
    found = soup.find_all(["iframe", "embed", "object", "video", "audio", "img"])
    foreign = [(element, _source(element)) for element in found]
    foreign = [(e, a) for e, a in foreign if a.lower().startswith(_WEB) and not is_ours(a)]
    for element, address in foreign:
        if element.find_parent("a"):
            element.replace_with(str(element.get("alt") or element.get("title") or ""))
        else:
            element.replace_with(_card(soup, element, address, words))
    return soup.decode(formatter="minimal") if foreign else html
