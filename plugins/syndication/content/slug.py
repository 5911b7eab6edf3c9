"""The last part of an address, made from a title as Pelican makes it."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup
from unidecode import unidecode

VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# Pelican's SLUG_REGEX_SUBSTITUTIONS as shipped (4.12.0, 2026-11-24); tests compare the outcome.
_NEITHER_WORD_NOR_SPACE = re.compile(r"[^\w\s-]")
_GAPS = re.compile(r"[-\s]+")


def slugify(title: str) -> str:
    """Fold to ASCII, drop punctuation, join words by hyphens, lower the case."""
    marked = "<" in title or "&" in title
    plain = Markup(title).striptags() if marked else " ".join(title.split())  # noqa: S704
    if not plain.isascii():
        plain = unidecode(unicodedata.normalize("NFKC", plain))
    words = _NEITHER_WORD_NOR_SPACE.sub("", plain).strip()
    return _GAPS.sub("-", words).lower()
