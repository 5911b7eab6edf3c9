"""What every page and text depends on beside the content: settings, code, libraries, the machine.

If any of it changed everything is built anew. An object among the settings counts by what it
holds, a function by its name and what it closes over; their code counts by the files of modules.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import locale
import re
import sys
import sysconfig
import time
import types
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from incremental.canonical import Canon, Opaque, Plain, name_of, seal
from incremental.files import Files

_DEEPEST = 30
# What a build is told, but no page or text shows.
_UNSHOWN = frozenset(
    {
        *("CACHE_PATH", "DEBUG", "LOAD_CONTENT_CACHE", "OUTPUT_PATH", "PORT", "BIND"),
        *("DELETE_OUTPUT_DIRECTORY", "OUTPUT_RETENTION", "INCREMENTAL", "INCREMENTAL_FULL"),
        "INCREMENTAL_PROCESSES",
    }
)


class _Everything(Canon):
    """Writes what settings hold, functions and plain objects included; never gives up."""

    def __init__(self) -> None:
        super().__init__(str)
        self._seen: list[object] = []

    def _other(self, value: object) -> Plain:
        if len(self._seen) > _DEEPEST or any(value is each for each in self._seen):
            return ("again", name_of(type(value)))
        self._seen.append(value)
        try:
            return self._described(value)
        finally:
            self._seen.pop()

    def _described(self, value: object) -> Plain:  # noqa: PLR0911 -- a table
        match value:
            case types.FunctionType():
                held = inspect.getclosurevars(value).nonlocals
                code = value.__code__
                given = self.each((value.__defaults__, value.__kwdefaults__, held))
                return ("function", value.__module__, value.__qualname__, code.co_code, given)
            case types.MethodType():
                return ("method", value.__func__.__qualname__, self.of(value.__self__))
            case functools.partial():
                return ("partial", self.each((value.func, value.args, value.keywords)))
            case type():
                return ("class", name_of(value))
            case types.ModuleType():
                return ("module", value.__name__)
            case re.Pattern():
                return ("pattern", self.of(value.pattern), value.flags)
            case _:
                return self._held(value)

    def _held(self, value: object) -> Plain:
        try:
            return super()._other(value)
        except Opaque:
            text = repr(value)
            held = getattr(value, "__dict__", None)
            shown = name_of(type(value)) if " at 0x" in text or held else text
            return ("object", shown, self.of(held))


def described(value: object) -> Plain:
    """Write any value, functions included, by what it holds."""
    return _Everything().of(value)


def settings_digest(settings: Mapping[str, Any]) -> bytes:
    """Digest the settings of a build."""
    canon = _Everything()
    names = sorted(name for name in settings if name not in _UNSHOWN)
    return seal(tuple((name, canon.of(settings[name])) for name in names))


def machine() -> Plain:
    """Return what differs from one machine to another: Python, its packages, zone and locale."""
    packages = []
    for folder in sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}):
        path = Path(folder)
        names = sorted(each.name for each in path.iterdir()) if path.is_dir() else []
        packages.append(tuple(name for name in names if name != "__pycache__"))
    return (sys.version, tuple(packages), time.tzname, locale.setlocale(locale.LC_ALL))


def modules() -> set[str]:
    """Name the files of all modules in use but Python's own."""
    own = str(PurePath(sysconfig.get_path("stdlib")))
    site = tuple({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return {
        file
        for file in files
        if isinstance(file, str) and (not file.startswith(own) or file.startswith(site))
    }


@dataclasses.dataclass(frozen=True, slots=True)
class Surroundings:
    """Two digests: `texts` is all that a reader may depend on, `pages` all that a page may."""

    texts: bytes
    pages: bytes


def look(
    settings: Mapping[str, Any], digest: bytes, files: Files, in_use: set[str]
) -> Surroundings:
    """Digest all that is around the content.

    `digest` is that of the settings, taken before other plugins put their own things there;
    `in_use` names the files of modules of the last build too, for some are imported late.
    """
    code = tuple((name, files.digest(name)) for name in sorted(in_use))
    theme = settings["THEME"]
    rest = files.tree(theme, without=frozenset({"templates", "static"}))
    texts = seal((machine(), digest, code, rest))
    folders = (theme, *settings["THEME_TEMPLATES_OVERRIDES"])
    return Surroundings(texts, seal((texts, *(files.tree(str(folder)) for folder in folders))))
