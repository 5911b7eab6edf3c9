"""The metadata names that an article may carry, read from fields.toml."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

OWN_POST = "pos_"
"""What the key of a post's own text begins with; a channel's name follows."""

_OWN_POST_NAME = "Pos_<saluran>"


@dataclass(frozen=True, slots=True)
class Field:
    """One name of fields.toml; what each attribute may say is explained there."""

    name: str
    required: str
    lines: str
    blank: str
    kind: str
    about: str
    example: str
    mistaken: tuple[str, ...]


@cache
def known() -> Mapping[str, Field]:
    """Return every field by its name as writers type it, in the order of fields.toml."""
    text = resources.files(__package__).joinpath("fields.toml").read_text("utf-8")
    rows = tomllib.loads(text).items()
    fields = {
        name: Field(name=name, **{**row, "mistaken": tuple(row["mistaken"])}) for name, row in rows
    }
    return MappingProxyType(fields)


@cache
def required() -> Mapping[str, Field]:
    """Return by key the fields that some file must have."""
    return {key: field for key, field in _by_key().items() if field.required != "no"}


@cache
def _by_key() -> Mapping[str, Field]:
    return MappingProxyType({name.lower(): field for name, field in known().items()})


def find(key: str) -> Field | None:
    """Return the field of a key (lower case, as Python-Markdown hands it on), if there is one."""
    if key.startswith(OWN_POST):
        return known()[_OWN_POST_NAME]
    return _by_key().get(key)


@cache
def suggest(name: str) -> str:
    """Return the field that a writer who typed `name` most likely meant, or an empty string."""
    meant = _mistaken().get(plain(name))
    if meant:
        return meant
    close = difflib.get_close_matches(plain(name), _mistaken(), n=1, cutoff=0.75)
    return _mistaken()[close[0]] if close else ""


def plain(name: str) -> str:
    """Fold a name to what is compared: lower case, spaces and hyphens as underscores."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


@cache
def _mistaken() -> Mapping[str, str]:
    """Map every right and every mistaken name, folded, to the right one."""
    names = {plain(wrong): field.name for field in known().values() for wrong in field.mistaken}
    names.update((plain(name), name) for name in known() if name != _OWN_POST_NAME)
    return MappingProxyType(names)
