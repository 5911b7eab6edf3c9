"""Sees which files a reader opens beside its own, and what else its result depends on."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import dateutil.parser
from pelican import readers

_UNKEPT = frozenset(
    {
        *("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"),
        *("socket.connect", "os.listdir", "os.scandir", "glob.glob", "urllib.Request"),
    }
)
_CODE = (".py", ".pyc", ".so")


class Seen:
    """What happened while a file was read.

    `files` were opened too. `lasting` tells whether the result is the same whenever the file and
    these are; `today` is the day that a date without one was taken to mean.
    """

    def __init__(self, path: str) -> None:
        """Begin to watch the reading of a file."""
        self.path = path
        self.files: set[str] = set()
        self.lasting = True
        self.today: str | None = None

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Take note of an audit event of Python."""
        if name in _UNKEPT:
            self.lasting = False
        elif name == "open":
            self._opened(*arguments)

    def _opened(self, path: object, mode: object, flags: object) -> None:
        if not isinstance(path, str | bytes):
            return
        name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 -- for every file of a site
        if name == self.path or name.endswith(_CODE):
            return
        written = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        if written or (isinstance(mode, str) and set(mode) & set("wax+")):
            self.lasting = False
        self.files.add(name)


class _State:
    seen: Seen | None = None
    hooked = False


def _hook(name: str, arguments: tuple[Any, ...]) -> None:
    if _State.seen is not None:
        _State.seen.event(name, arguments)


class _Warned(logging.Handler):
    """A file that a reader warns of is read in every build, so that the warning is heard."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(logging.WARNING)
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self._seen.lasting = False


def _dating(seen: Seen, get_date: Callable[[str], datetime]) -> Callable[[str], datetime]:
    """Find out whether Pelican completes a date with today's."""

    def dated(text: str) -> datetime:
        found = get_date(text)
        today = date.today()  # noqa: DTZ011, TID251 -- Pelican completes with the local day
        other = datetime(1904, today.month % 12 + 1, today.day % 28 + 1)  # noqa: DTZ001
        if dateutil.parser.parse(re.sub(" +", " ", text), default=other) != found:
            seen.today = today.isoformat()
        return found

    return dated


@contextmanager
def observing(path: str) -> Iterator[Seen]:
    """Watch the reading of a file."""
    if not _State.hooked:
        sys.addaudithook(_hook)
        _State.hooked = True
    seen, get_date = Seen(path), readers.get_date
    warned = _Warned(seen)
    logging.getLogger().addHandler(warned)
    readers.get_date = _dating(seen, get_date)
    _State.seen = seen
    try:
        yield seen
    finally:
        _State.seen = None
        readers.get_date = get_date
        logging.getLogger().removeHandler(warned)
