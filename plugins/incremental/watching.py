"""Hands templates what they ask for and notes what they read of it.

A shared list, dictionary or dataclass is handed out as one of its own kind that notes each look:
its length, an item, a part, all of it. What a template finds in it is watched in turn, up to the
first thing that holds nothing further, or a content, whose attributes note who reads them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from types import FunctionType
from typing import Any, SupportsIndex

from markupsafe import Markup
from pelican.contents import Content
from pelican.paginator import Page, Paginator
from pelican.utils import SafeDatetime

Step = tuple[Any, ...]
"""("a", attribute), ("k", key), ("i", index) or ("s", start, stop, step)."""

Path = tuple[Step, ...]
"""From a variable of the context to a value; its first step is ("g" or "p", name)."""

Key = tuple[Path, Step]
"""A question about the value at a path: ("value",), ("kind",), ("len",), ("bool",), ("in", x)."""

BODY = frozenset(
    {
        *("content", "get_content", "_content", "_get_content", "_update_content"),
        *("summary", "get_summary", "_get_summary"),
    }
)
"""Attributes of a content that show its text, and what its links lead to."""

_PLAIN_KEYS = (str, int, float, type(None))
_SINGLE = frozenset({str, int, float, bool, type(None), Markup, datetime, SafeDatetime})
_TRANSPARENT = (Paginator, Page)


class Trace:
    """What one page reads. `doubt` says why we cannot tell all of it, if so.

    `resolved` are variables that were noted and hold nothing further, `trusted` the functions that
    were called, by identity: neither need be looked at twice.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.keys: set[Key] = set()
        self.contents: dict[Content, set[str]] = {}
        self.twins: dict[Path, tuple[Any, int, Any]] = {}
        self.resolved: dict[str, Any] = {}
        self.trusted: dict[int, object] = {}
        self.doubt = ""

    def unsure(self, why: str) -> None:
        """Note that something was read of which nothing is known."""
        self.doubt = self.doubt or why


class _State:
    """The page that is being rendered now, if any; a build renders one page at a time."""

    trace: Trace | None = None


def current() -> Trace | None:
    """Return the trace of the page that is being rendered now."""
    return _State.trace


def note(path: Path, question: Step) -> None:
    """Note a look at the value of a path."""
    if _State.trace is not None:
        _State.trace.keys.add((path, question))


@contextmanager
def tracing(trace: Trace | None) -> Iterator[None]:
    """Note all that is read meanwhile, or nothing."""
    outer, _State.trace = _State.trace, trace
    if outer is None:
        Content.__getattribute__ = _noting
    try:
        yield
    finally:
        _State.trace = outer
        if outer is None:
            del Content.__getattribute__


def _noting(content: Content, name: str) -> Any:  # noqa: ANN401 -- any attribute
    trace = _State.trace
    if trace is not None and name[:2] != "__":
        try:
            trace.contents[content].add(name)
        except KeyError:
            trace.contents[content] = {name}
    return object.__getattribute__(content, name)


class Watched(list[Any]):
    """A list that notes what is read of it. It cannot be changed without a doubt."""

    __slots__ = ("_origin", "_path")

    def __init__(self, origin: list[Any], path: Path) -> None:
        """Copy a list that stands at a path."""
        super().__init__(origin)
        self._origin, self._path = origin, path

    def __bool__(self) -> bool:
        """Tell whether anything is in it."""
        note(self._path, ("bool",))
        return list.__len__(self) > 0

    def __len__(self) -> int:
        """Count."""
        note(self._path, ("len",))
        return list.__len__(self)

    def __getitem__(self, index: SupportsIndex | slice) -> Any:  # noqa: ANN401
        """Return an item or a part."""
        if isinstance(index, slice):
            bounds = (index.start, index.stop, index.step)
            if all(isinstance(bound, int | None) for bound in bounds):
                note((*self._path, ("s", *bounds)), ("value",))
                return list.__getitem__(self, index)
        elif isinstance(index, int):
            path = (*self._path, ("i", int(index)))
            try:
                return watch(list.__getitem__(self, index), path)
            except IndexError:
                note(path, ("value",))
                raise
        note(self._path, ("value",))
        return list.__getitem__(self, index)


class WatchedDict(dict[Any, Any]):
    """A dictionary that notes what is read of it."""

    __slots__ = ("_origin", "_path")

    def __init__(self, origin: dict[Any, Any], path: Path) -> None:
        """Copy a dictionary that stands at a path."""
        super().__init__(origin)
        self._origin, self._path = origin, path

    def __bool__(self) -> bool:
        """Tell whether anything is in it."""
        note(self._path, ("bool",))
        return dict.__len__(self) > 0

    def __len__(self) -> int:
        """Count."""
        note(self._path, ("len",))
        return dict.__len__(self)

    def __contains__(self, key: object) -> bool:
        """Tell whether a key is in it."""
        note(self._path, ("in", key) if type(key) in _PLAIN_KEYS else ("value",))
        return dict.__contains__(self, key)

    def __getitem__(self, key: Any) -> Any:  # noqa: ANN401
        """Return an item."""
        if type(key) not in _PLAIN_KEYS:
            note(self._path, ("value",))
            return dict.__getitem__(self, key)
        path = (*self._path, ("k", key))
        try:
            return watch(dict.__getitem__(self, key), path)
        except KeyError:
            note(path, ("value",))
            raise

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401
        """Return an item, or else a default."""
        try:
            return self[key]
        except KeyError:
            return default

    def _each(self) -> dict[Any, Any]:
        """Return a plain dictionary of the same, each item watched by itself."""
        plain = {key: each for key, each in dict.items(self)}  # noqa: C416 -- dict() would ask us
        if all(type(key) in _PLAIN_KEYS for key in plain):
            note(self._path, ("keys",))
            return {key: watch(plain[key], (*self._path, ("k", key))) for key in plain}
        note(self._path, ("value",))
        return plain

    def values(self) -> Any:  # noqa: ANN401
        """Return a view of all values."""
        return self._each().values()

    def items(self) -> Any:  # noqa: ANN401
        """Return a view of all items."""
        return self._each().items()


def _wholly(kind: type, name: str) -> Callable[..., Any]:
    method = getattr(kind, name)

    def look(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        note(self._path, ("value",))
        return method(self, *args, **kwargs)

    return look


def _changing(kind: type, name: str) -> Callable[..., Any]:
    method = getattr(kind, name)

    def change(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if _State.trace is not None:
            _State.trace.unsure(f"{'.'.join(str(step[1]) for step in self._path)} is changed")
        method(self._origin, *args, **kwargs)
        return method(self, *args, **kwargs)

    return change


def _complete(kind: type, base: type, changing: str, reading: str) -> None:
    for name in changing.split():
        setattr(kind, name, _changing(base, name))
    for name in reading.split():
        setattr(kind, name, _wholly(base, name))


_COMPARED = "__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __iter__ __reversed__ __repr__ copy"
_complete(
    Watched,
    list,
    "append extend insert remove pop clear sort reverse __setitem__ __delitem__ __iadd__ __imul__",
    f"{_COMPARED} __contains__ __add__ __mul__ __rmul__ index count",
)
_complete(
    WatchedDict,
    dict,
    "setdefault pop popitem clear update __setitem__ __delitem__ __ior__",
    f"{_COMPARED} __or__ __ror__ keys",
)


def _added_to(self: Watched, other: list[Any]) -> list[Any]:
    note(self._path, ("value",))
    return other + list(self)


Watched.__radd__ = _added_to  # type: ignore[attr-defined]
# Jinja names the kind of a value where something is missing in it.
for _kind, _base in ((Watched, "list"), (WatchedDict, "dict")):
    _kind.__name__ = _kind.__qualname__ = _base
    _kind.__module__ = "builtins"

_KINDS: dict[type, type] = {}


def _watching_kind(kind: type) -> type:
    """Make a class of the same kind whose instances note which attributes are read."""

    @cache
    def is_method(name: str) -> bool:
        return isinstance(getattr(kind, name, None), FunctionType)

    def look(self: Any, name: str) -> Any:  # noqa: ANN401
        if name[:2] == "__" or is_method(name):
            return object.__getattribute__(self, name)
        origin, path = object.__getattribute__(self, "_watched")
        path = (*path, ("a", name))
        outer, _State.trace = _State.trace, None
        try:
            value = getattr(origin, name)
        except AttributeError:
            _State.trace = outer
            note(path, ("value",))
            raise
        finally:
            _State.trace = outer
        return watch(value, path)

    return type(
        kind.__name__,
        (kind,),
        {
            "__getattribute__": look,
            "__eq__": lambda self, other: _origin(self) == _origin(other),
            "__hash__": lambda self: hash(_origin(self)),
            "__module__": kind.__module__,
            "__qualname__": kind.__qualname__,
        },
    )


def _origin(value: Any) -> Any:  # noqa: ANN401
    """Return what a twin stands for; anything else stands for itself."""
    try:
        return object.__getattribute__(value, "_watched")[0]
    except AttributeError:
        return value


@contextmanager
def tracing_nothing() -> Iterator[None]:
    """Read something for ourselves."""
    outer, _State.trace = _State.trace, None
    try:
        yield
    finally:
        _State.trace = outer


def _watched_object(value: Any, path: Path) -> Any:  # noqa: ANN401
    kind = type(value)
    if kind not in _KINDS:
        _KINDS[kind] = _watching_kind(kind)
    twin: Any = object.__new__(_KINDS[kind])
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            object.__setattr__(twin, field.name, getattr(value, field.name))
    vars(twin).update(getattr(value, "__dict__", {}))
    object.__setattr__(twin, "_watched", (value, path))
    return twin


_TWINS: dict[type, Callable[[Any, Path], Any]] = {list: Watched, dict: WatchedDict}

_MADE: dict[Path, tuple[Any, int, Any]] = {}
"""The twins of shared values, for all pages of a build."""


def forget() -> None:
    """Begin another build."""
    _MADE.clear()


def transparent(value: object) -> bool:
    """Tell whether the attributes of an object are all there is to it."""
    if isinstance(value, type):
        return dataclasses.is_dataclass(value)
    kind: type = type(value)
    return _is_transparent(kind)


@cache
def _is_transparent(kind: type) -> bool:
    return dataclasses.is_dataclass(kind) or issubclass(kind, _TRANSPARENT)


def watch(value: Any, path: Path) -> Any:  # noqa: ANN401 -- any value of a context
    """Return a value that notes what is read of it; note the value itself if it is a single one."""
    kind = type(value)
    if kind in _SINGLE:
        note(path, ("value",))
        return value
    if kind is list or kind is dict or (transparent(value) and not isinstance(value, type)):
        note(path, ("kind",))
        return _twin(value, path)
    if isinstance(value, Content) or not callable(value):
        note(path, ("value",))
    elif path[0][0] != "e":  # what Jinja has of functions is fixed by the code
        note(path, ("kind",))
    return value


def _twin(value: Any, path: Path) -> Any:  # noqa: ANN401
    twins = _MADE if path[0][0] == "g" or _State.trace is None else _State.trace.twins
    size = len(value) if isinstance(value, list | dict) else 0
    if path in twins:
        origin, before, made = twins[path]
        if origin is value and before == size:
            return made
    with tracing_nothing():
        twin = _TWINS.get(type(value), _watched_object)(value, path)
    twins[path] = (value, size, twin)
    return twin
