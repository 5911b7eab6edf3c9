"""What a reader found in a file, as plain values that can be kept, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dateutil.tz import tzoffset, tzutc
from pelican.urlwrappers import Author, Category, Tag, URLWrapper
from pelican.utils import SafeDatetime

Plain = Any

_WRAPPERS: dict[str, type[URLWrapper]] = {each.__name__: each for each in (Author, Category, Tag)}
_MOMENTS: dict[str, type[datetime]] = {each.__name__: each for each in (datetime, SafeDatetime)}
_SINGLE = (str, int, float, bool, type(None))


class Unkept(Exception):  # noqa: N818 -- it says what becomes of the file
    """A file whose metadata hold what we cannot keep: it is read in every build."""


def encode(value: Any) -> Plain:  # noqa: ANN401 -- any value
    """Write a value as marshal takes it.

    Raises:
        Unkept: it would not be the same afterwards.
    """
    kind = type(value)
    if kind in _SINGLE:
        return value
    if kind is list:
        return ("list", [encode(each) for each in value])
    if kind is tuple:
        return ("tuple", [encode(each) for each in value])
    if kind is dict:
        return ("dict", [(encode(key), encode(each)) for key, each in value.items()])
    if kind is datetime or kind is SafeDatetime:
        return (kind.__name__, *_moment(value))
    if kind is _WRAPPERS.get(kind.__name__) and value._slug_from_name:  # noqa: SLF001 -- no other way
        return (kind.__name__, value.name, value.slug)
    raise Unkept(kind.__qualname__)


def _moment(value: datetime) -> tuple[Plain, ...]:
    fields = (*value.timetuple()[:6], value.microsecond, value.fold)
    zone = value.tzinfo
    if zone is None:
        return (fields, None)
    if type(zone) is tzutc:
        return (fields, "utc")
    if type(zone) is tzoffset:
        offset = zone.utcoffset(None)
        if offset is not None and offset.microseconds == 0:
            return (fields, (zone.tzname(None), offset.days * 86_400 + offset.seconds))
    raise Unkept(repr(zone))


def decode(plain: Plain, settings: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- any value
    """Return the value that `encode` took."""
    if not isinstance(plain, tuple):
        return plain
    kind, *rest = plain
    if kind in _WRAPPERS:
        name, slug = rest
        wrapper = _WRAPPERS[kind](name, settings)
        wrapper._slug = slug or None  # noqa: SLF001 -- Pelican warns of an empty one when it is made
        return wrapper
    if kind in _MOMENTS:
        return _when(_MOMENTS[kind], *rest)
    if kind == "dict":
        return {decode(key, settings): decode(each, settings) for key, each in rest[0]}
    values = [decode(each, settings) for each in rest[0]]
    return values if kind == "list" else tuple(values)


def _when(kind: type[datetime], fields: Plain, zone: Plain) -> datetime:
    year, month, day, hour, minute, second, microsecond, fold = fields
    aware = None if zone is None else tzutc() if zone == "utc" else tzoffset(*zone)
    return kind(year, month, day, hour, minute, second, microsecond, aware, fold=fold)
