"""Read a platform's `rules.toml` into the frozen `Rules` that the rest of the house is handed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from typing import Any

from syndication.compose.links import GRAMMARS
from syndication.compose.units import UNITS
from syndication.model import Channel, Rules

FIELDS: Mapping[str, tuple[str, type]] = {
    "platform": ("platform", str),
    "looked_up": ("looked_up", str),
    "text.limit": ("limit", int),
    "text.unit": ("unit", str),
    "text.bound_unit": ("bound_unit", str),
    "text.shape": ("shape", str),
    "text.caption_limit": ("caption_limit", int),
    "text.byte_limit": ("byte_limit", int),
    "text.room": ("room", int),
    "link.cost": ("url_cost", int),
    "link.in_text": ("link_in_text", bool),
    "link.grammar": ("url_grammar", str),
    "hashtag.cap": ("hashtag_cap", int),
    "hashtag.limit": ("hashtag_limit", int),
    "picture.cap": ("picture_cap", int),
    "picture.bytes": ("picture_bytes", int),
    "picture.side": ("picture_side", int),
    "picture.alt_limit": ("alt_limit", int),
    "account.secrets": ("secrets", list),
    "account.options": ("options", list),
    "address.hosts": ("hosts", list),
    "address.post": ("post_path", str),
    "price.post": ("price", float),
    "price.with_link": ("price_with_link", float),
    "price.read": ("price_read", float),
}
"""Where each field of `Rules` stands in the file, and its kind. A table may name its `source`."""


class BadRules(ValueError):  # noqa: N818 -- says what the rules are
    """A rules file does not say what it must, or says what nobody reads."""


def parse(toml_text: str) -> Rules:
    """Read the text of a `rules.toml`.

    Raises:
        BadRules: the text is no TOML, or a field is missing, unknown or of the wrong kind.
    """
    try:
        data = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise BadRules(f"not TOML: {error}") from error
    fields = dict(_field(place, value) for place, value in _places(data))
    try:
        rules = Rules(**fields)
    except TypeError as error:
        raise BadRules(f"incomplete: {error}") from error
    _check(rules)
    return rules


@cache
def packaged(platform: str) -> Rules:
    """Read the rules that come with the house, or with another package, for a platform, once.

    Raises:
        BadRules: there is no such platform, or its file is wrong.
    """
    if platform.isidentifier():
        for file in _files(platform):
            if file.is_file():
                return parse(file.read_text(encoding="utf-8"))
    raise BadRules(f"no rules for a platform named {platform!r}")


def for_channel(channel: Channel) -> Rules:
    """Return the rules of a channel: its platform's, but where its own server said otherwise."""
    rules, own = packaged(channel.platform), channel.limits
    return replace(
        rules,
        limit=own.get("limit", rules.limit),
        url_cost=own.get("url_cost", rules.url_cost),
        alt_limit=own.get("alt_limit", rules.alt_limit),
    )


def _files(platform: str) -> Iterator[Traversable]:
    """Say where a platform's rules may stand: here, or beside its format in another package."""
    yield resources.files("syndication") / "platforms" / platform / "rules.toml"
    for point in entry_points(group="syndication.formats", name=platform):
        yield resources.files(point.module.rpartition(".")[0]) / "rules.toml"


def _places(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for table, content in data.items():
        if isinstance(content, dict):
            yield from (
                (f"{table}.{key}", value) for key, value in content.items() if key != "source"
            )
        else:
            yield table, content


def _field(place: str, value: object) -> tuple[str, Any]:
    if place not in FIELDS:
        raise BadRules(f"unknown: {place}")
    name, kind = FIELDS[place]
    if kind is list:
        words = value.split() if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise BadRules(f"{place} must be a list of words")
        return name, tuple(words)
    if type(value) is not kind:
        raise BadRules(f"{place} must be of kind {kind.__name__}, not {value!r}")
    return name, value


def _check(rules: Rules) -> None:
    for unit in (rules.unit, rules.bound_unit):
        if unit not in UNITS:
            raise BadRules(f"unknown unit {unit!r}; known are {', '.join(sorted(UNITS))}")
    if rules.url_grammar and rules.url_grammar not in GRAMMARS:
        raise BadRules(f"unknown grammar {rules.url_grammar!r}; known are {', '.join(GRAMMARS)}")
    if rules.limit < 1:
        raise BadRules("text.limit must be at least 1")
