"""Reads access logs in Apache's common and combined formats, which nginx and Caddy write, too.

The formats are described in Apache's mod_log_config and nginx' ngx_http_log_module (looked up
2026-11-24). A compressed file ends in `.gz`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BufferedReader
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

MOST_OF_A_LINE = 1 << 16
"""A longer line is no reader's: it is read in pieces, of which none is a whole entry."""

_QUOTED = r'"((?:[^"\\]|\\.)*+)"'
_ENTRY = re.compile(
    rf"""(\S+)\ \S+\ [^\[]*\[([^\]:]+:\d\d):\d\d:\d\d\ ([+-]\d{{4}})\]  # whence, user, hour
    \ {_QUOTED}\ (\d{{3}})\ (?:\d+|-)  # request, status, bytes
    (?:\ {_QUOTED}\ {_QUOTED})?""",  # only in the combined format: referrer, browser
    re.VERBOSE,
)
_GOT = re.compile(r"GET (\S+)(?: HTTP/[\d.]+)?")


@dataclass(frozen=True, slots=True)
class Read:
    """Someone got a page. `agent` is None in the common format, which does not tell it."""

    address: str
    agent: str | None
    day: date
    path: str


@dataclass(frozen=True, slots=True)
class Other:
    """A line that tells of something else; `known` is false if it is no line of a log."""

    known: bool


def entry(line: str, zone: ZoneInfo) -> Read | Other:
    """Understand one line; `day` is the day in the site's zone."""
    match = _ENTRY.match(line)
    if not match:
        return Other(known=not line.strip())
    address, hour, offset, request, status, _, agent = match.groups()
    got = _GOT.fullmatch(request)
    if not got or status != "200":
        return Other(known=True)
    try:
        return Read(address, agent, _day(hour, offset, zone), unquote(urlsplit(got[1]).path))
    except ValueError:
        return Other(known=False)


@lru_cache(maxsize=64)
def _day(hour: str, offset: str, zone: ZoneInfo) -> date:
    """Every line of an hour has the same day."""
    when = datetime.strptime(f"{hour} {offset}", "%d/%b/%Y:%H %z")
    return when.astimezone(zone).date()


def lines(file: Path) -> Iterator[tuple[str, int]]:
    """Return each line, and how many bytes of the file were read by then.

    Raises:
        OSError: the file cannot be read, or is no gzip file though it is called one.
        EOFError: a compressed file ends too early.
    """
    with file.open("rb") as raw, _plain(raw, file) as source:
        while line := source.readline(MOST_OF_A_LINE):
            yield line.decode("utf-8", "replace"), raw.tell()


def _plain(raw: BufferedReader, file: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.GzipFile(fileobj=raw) if file.suffix == ".gz" else raw
