"""The timeline as people see it: words marked, times in Indonesian, a colour for each account."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from syndication.platforms.local.store import LocalPost
from syndication.platforms.local.talk import Counted, Said

MARKED = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?')\]])"
    r"|(?<![\w&])(?P<tag>#\w*[^\W\d_]\w*)"
    r"|(?<![\w/])(?P<account>@\w[\w.-]*\w)"
)

SHOWN_CHARACTERS = 30
"""A longer address is cut, as timelines do; the link itself stays whole."""

TINTS = 6
"""How many colours `timeline.css` has for accounts."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A response with the answers to it, the oldest first."""

    said: Said
    answers: tuple[Turn, ...]


class Page:
    """Writes the pages of the timeline, with times in one zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        """Read the templates that stand beside this file."""
        self._zone = zone
        self._templates = Environment(
            loader=PackageLoader("syndication.platforms.local", "."),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(
            marked=marked, moment=self.moment, tint=tint, site=site, initial=initial
        )

    def timeline(
        self,
        posts: Sequence[LocalPost],
        counted: Mapping[str, Counted],
        accounts: Sequence[str],
        chosen: str,
    ) -> str:
        """Show the posts of all accounts, or of the `chosen` one."""
        template = self._templates.get_template("timeline.html")
        return template.render(posts=posts, counted=counted, accounts=accounts, chosen=chosen)

    def post(
        self, post: LocalPost, said: Sequence[Said], counted: Counted, *, fault: str = ""
    ) -> str:
        """Show one post and what was said below it; `fault` is what was wrong with a form."""
        template = self._templates.get_template("post.html")
        return template.render(post=post, thread=threaded(said), counted=counted, fault=fault)

    def withdrawn(self, post: LocalPost) -> str:
        """Say that a post was withdrawn."""
        return self._templates.get_template("withdrawn.html").render(post=post)

    def missing(self) -> str:
        """Say that there is nothing at this address."""
        return self._templates.get_template("missing.html").render()

    def moment(self, at: datetime) -> str:
        """Write a time as in "24 November 2026 pukul 17.31 WIB"."""
        return format_datetime(at.astimezone(self._zone), "d MMMM y 'pukul' HH.mm zzz", locale="id")


def threaded(said: Sequence[Said], parent: str = "") -> tuple[Turn, ...]:
    """Order responses (the oldest first) as a conversation: each with the answers to it."""
    return tuple(
        Turn(each, threaded(said, each.id)) for each in said if each.words.parent == parent
    )


def marked(text: str) -> Markup:
    """Make paragraphs of a text, and mark its addresses, hashtags and accounts."""
    paragraphs = re.split(r"\n{2,}", text.strip())
    return Markup("").join(Markup("<p>{}</p>").format(_lines(each)) for each in paragraphs)


def tint(account: str) -> int:
    """Choose a colour for an account, the same on every day."""
    return zlib.crc32(account.encode()) % TINTS


def site(link: str) -> str:
    """Name the site that an address leads to."""
    return urlsplit(link).netloc.removeprefix("www.")


def initial(account: str) -> str:
    """Take the letter that stands for an account."""
    return next((letter for letter in account if letter.isalnum()), "?").upper()


def _lines(paragraph: str) -> Markup:
    return Markup("<br>").join(_words(line) for line in paragraph.split("\n"))


def _words(line: str) -> Markup:
    parts: list[Markup] = []
    end = 0
    for found in MARKED.finditer(line):
        parts += [escape(line[end : found.start()]), _mark(found)]
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])


def _mark(found: re.Match[str]) -> Markup:
    if found["url"]:
        shown = found["url"].partition("://")[2].removeprefix("www.").rstrip("/")
        if len(shown) > SHOWN_CHARACTERS:
            shown = shown[: SHOWN_CHARACTERS - 1] + "…"
        return Markup('<a class="post-link" href="{}">{}</a>').format(found["url"], shown)
    return Markup('<span class="post-tag">{}</span>').format(found[0])
