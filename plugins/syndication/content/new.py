"""A new article, begun: its file's name, its ID, and a head that only wants filling in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from syndication.content import fields
from syndication.content.slug import slugify

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o or u, so that an ID can be read out over the telephone
(https://www.crockford.com/base32.html, 2026-11-24)."""

SUFFIX_CHARS = 4
SLUG_CHARS = 80
"""The longest slug that is proposed; it is cut between words."""

EXAMPLES = "Contoh nama lain yang boleh ditulis di kepala; hapus catatan ini bila sudah selesai."
"""How the note of examples begins; `check` reminds of one that was left behind."""

_SHOWN = (
    *("Gambar", "Gambar_alt", "Keterangan", "Penyusun", "Sumber"),
    *("Tayang", "Saluran", "Lang", "Disclaimer"),
)

Choose = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Begun:
    """A new article: its ID, its file's name without a folder, and its text."""

    id: str
    name: str
    text: str


def identity(day: date, choose: Choose = secrets.choice) -> str:
    """Make an ID that stays with an article for ever: `YYYYMMDD-xxxx`."""
    return f"{day:%Y%m%d}-{''.join(choose(ALPHABET) for _ in range(SUFFIX_CHARS))}"


def begin(title: str, now: datetime, choose: Choose = secrets.choice) -> Begun:
    """Begin an article. `now` is in the site's zone. The article is a draft until it is done.

    Raises:
        ValueError: the title holds nothing that an address could be made of.
    """
    title = " ".join(title.split())
    slug = _shorten(slugify(title))
    if not slug:
        raise ValueError(f'Judul "{title}" tidak memuat huruf atau angka.')
    new = identity(now.date(), choose)
    head = (
        f"Title: {title}",
        f"Date: {now:%Y-%m-%d %H:%M}",
        "Category:",
        "Tags:",
        "Author:",
        "Summary:",
        f"Slug: {slug}",
        f"ID: {new}",
        "Status: draft",
    )
    return Begun(new, f"{slug}.md", "\n".join(("---", *head, "---", "", _examples())))


def _shorten(slug: str) -> str:
    if len(slug) <= SLUG_CHARS:
        return slug
    return slug[: SLUG_CHARS + 1].rpartition("-")[0] or slug[:SLUG_CHARS]


def _examples() -> str:
    known = fields.known()
    lines = (f"{name}: {known[name].example}" for name in _SHOWN)
    return "\n".join((f"<!-- {EXAMPLES}", "", *lines, "-->", ""))
