"""The lists of `words.toml`, by language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

FALLBACK = "id"
"""The office's own language, for an article in one without lists."""


@cache
def words(lang: str, group: str) -> frozenset[str]:
    """Return a group of words in small letters; `lang` is a tag such as "id" or "en-GB"."""
    lists = _lists()
    language = lang.partition("-")[0].lower()
    return frozenset(lists.get(language, lists[FALLBACK])[group].split())


@cache
def _lists() -> dict[str, dict[str, str]]:
    file = resources.files("syndication.compose") / "words.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: table for name, table in data.items() if isinstance(table, dict)}
