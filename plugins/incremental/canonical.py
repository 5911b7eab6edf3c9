"""One digest for a value, the same in every process: two values with one digest render alike."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import marshal
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from pelican.contents import Content
from pelican.urlwrappers import URLWrapper

DIGEST_BYTES = 16
# Version 2 of marshal writes a value the same way whoever else refers to it; later ones do not.
MARSHAL = 2
_DEEPEST = 40

Plain = Any
"""What marshal takes: None, bool, int, float, str, bytes, and tuples of them."""


class Opaque(Exception):  # noqa: N818 -- it says what the value is
    """A value of which we cannot tell what a template would see of it."""


def seal(plain: Plain) -> bytes:
    """Digest what `Canon.of` returns."""
    return hashlib.blake2b(marshal.dumps(plain, MARSHAL), digest_size=DIGEST_BYTES).digest()


def name_of(kind: type) -> str:
    """Name a class as nobody else's is named."""
    return f"{kind.__module__}.{kind.__qualname__}"


class Canon:
    """Writes values as plain ones. `refer` names another content, whose own digest is apart."""

    def __init__(self, refer: Callable[[Content], Plain]) -> None:
        """Take the way to name contents.

        It may raise `Opaque`.
        """
        self._refer = refer
        self._depth = 0

    def of(self, value: object) -> Plain:
        """Return the value as marshal takes it.

        Raises:
            Opaque: it holds what we do not know how to read.
        """
        write = _BY_TYPE.get(type(value))
        if write is not None:
            return write(self, value)
        return self._other(value)

    def each(self, values: Any) -> tuple[Plain, ...]:  # noqa: ANN401 -- any iterable
        """Write several values in their order."""
        if self._depth > _DEEPEST:
            raise Opaque
        self._depth += 1
        try:
            return tuple(map(self.of, values))
        finally:
            self._depth -= 1

    def _other(self, value: object) -> Plain:
        kind = type(value)
        if isinstance(value, Content):
            return ("content", self._refer(value))
        if isinstance(value, URLWrapper):
            return (name_of(kind), value.name, value.slug)
        if isinstance(value, Mapping):
            return (name_of(kind), self.each(value.items()))
        if isinstance(value, tuple | list):
            return (name_of(kind), self.each(value))
        if isinstance(value, set | frozenset):
            return (name_of(kind), tuple(sorted(map(seal, self.each(value)))))
        return self._single(value, kind)

    def _single(self, value: object, kind: type) -> Plain:
        if isinstance(value, enum.Enum):
            return (name_of(kind), value.name)
        if isinstance(value, datetime | date | time | timedelta | Decimal | PurePath):
            zone = getattr(value, "tzinfo", None)
            return (name_of(kind), str(value), self._zone(zone))
        if isinstance(value, str):
            return (name_of(kind), str.__str__(value))
        if isinstance(value, ZoneInfo):
            return (name_of(kind), str(value))
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = (getattr(value, field.name) for field in dataclasses.fields(value))
            return (name_of(kind), self.each(fields), self.of(getattr(value, "__dict__", None)))
        raise Opaque(name_of(kind))

    def _zone(self, zone: object) -> str:
        text = repr(zone)
        if " at 0x" in text:
            raise Opaque(text)
        return text


def _same(_canon: Canon, value: Plain) -> Plain:
    return value


def _date(canon: Canon, value: Any) -> Plain:  # noqa: ANN401 -- a datetime, known by its type
    return ("datetime", value.isoformat(), value.fold, canon._zone(value.tzinfo))  # noqa: SLF001


_BY_TYPE: dict[type, Callable[[Canon, Any], Plain]] = {
    type(None): _same,
    bool: _same,
    int: _same,
    float: _same,
    str: _same,
    bytes: _same,
    datetime: _date,
    Markup: lambda _canon, value: ("Markup", str.__str__(value)),
    list: lambda canon, value: ("list", canon.each(value)),
    tuple: lambda canon, value: ("tuple", canon.each(value)),
    dict: lambda canon, value: ("dict", canon.each(value.items())),
    types.MappingProxyType: lambda canon, value: ("mapping", canon.each(value.items())),
}
