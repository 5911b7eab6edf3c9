"""Counts a reader once for each article and day, and forgets who it was.

A reader is a hash of network address and browser with a salt that is drawn for each day of each
run and never stored: nobody can tell afterwards who read what, not even with the logs at hand.
That is why a day is counted in one run, when it is over.
"""

from __future__ import annotations

import hashlib
import secrets
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

from visits.log import Other, Read

_HASH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are counted already, first and last; they are never counted again."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last

    def including(self, day: date) -> Span:
        """Return the span that reaches as far as this day, too."""
        return Span(min(self.first, day), max(self.last, day))


@dataclass
class Tally:
    """What the lines of all logs come to.

    `articles` maps a path below the server's root to an article's ID.
    """

    articles: Mapping[str, str]
    today: date
    counted: Span | None
    counts: Counter[str] = field(default_factory=Counter)
    days: set[date] = field(default_factory=set)
    lines: int = 0
    unknown: int = 0
    robots: int = 0
    nameless: int = 0
    _salts: dict[date, bytes] = field(default_factory=lambda: defaultdict(_salt))
    _seen: set[bytes] = field(default_factory=set)

    def take(self, line: Read | Other) -> None:
        """Count a line, if it tells of a reader whom this day does not have yet."""
        self.lines += 1
        if isinstance(line, Other):
            self.unknown += not line.known
        elif self._is_due(line.day):
            self.days.add(line.day)
            if article := self.articles.get(line.path):
                self._read(line, article)

    def _is_due(self, day: date) -> bool:
        return day < self.today and not (self.counted and day in self.counted)

    def _read(self, line: Read, article: str) -> None:
        if line.agent is None:
            self.nameless += 1
        elif is_robot(line.agent):
            self.robots += 1
            return
        reader = self._reader(line, article)
        if reader not in self._seen:
            self._seen.add(reader)
            self.counts[article] += 1

    def _reader(self, line: Read, article: str) -> bytes:
        told = "\0".join((line.address, line.agent or "", article)).encode("utf-8", "replace")
        salt = self._salts[line.day]
        return hashlib.blake2b(told, digest_size=_HASH_BYTES, key=salt).digest()

    @property
    def span(self) -> Span | None:
        """Return all days that are counted now."""
        span = self.counted
        for day in self.days:
            span = span.including(day) if span else Span(day, day)
        return span


def _salt() -> bytes:
    return secrets.token_bytes(32)


@cache
def _known() -> dict[str, list[str]]:
    text = (resources.files("visits") / "robots.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Tell whether a User-Agent is no person's browser; no name at all is none either."""
    known, said = _known(), agent.lower()
    for phone in known["phones"]:
        said = said.replace(phone, "telephone")
    marks = chain(known["names"], known["platforms"], known["programs"])
    return said.strip(" -") == "" or any(mark in said for mark in marks)
