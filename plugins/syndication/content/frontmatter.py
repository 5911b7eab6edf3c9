"""The head of a Markdown file, read as Python-Markdown's `meta` extension reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

# The extension's own patterns, so that what it takes for a field is what we take for one.
from markdown.extensions.meta import BEGIN_RE, END_RE, META_MORE_RE, META_RE

TAB_LENGTH = 4
"""Columns: Python-Markdown expands tabs before it looks for fields (its `tab_length`)."""

_DROPPED = str.maketrans("", "", "\x02\x03")
"""STX and ETX: Python-Markdown drops them before anything else."""


class End(StrEnum):
    """What ended the head."""

    FENCE = "fence"
    BLANK = "blank"
    STRAY = "stray"
    FILE = "file"


class Value(NamedTuple):
    """One line of a field. `name` is as typed; `continues` marks an indented further line."""

    name: str
    text: str
    line: int
    continues: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's head and the body under it. Lines count from 1.

    `fields` has lower-case keys, each with its lines in order: what `Markdown.Meta` would hold.
    `opened` tells whether the first line is a `---` fence. `head` and `body` together are the
    whole file, with Unix line ends.
    """

    fields: Mapping[str, Sequence[Value]]
    head: str
    body: str
    body_line: int
    opened: bool
    end: End

    def first(self, key: str) -> str:
        """Return a field's first line, or an empty string: all of it where it has but one."""
        values = self.fields.get(key)
        return values[0].text if values else ""

    def line(self, key: str) -> int:
        """Return the line where a field first stands; where it does not, the head's first line."""
        values = self.fields.get(key)
        return values[0].line if values else 1


def read(text: str) -> FrontMatter:
    """Split a file's text into its fields and its body, swallowing what Python-Markdown does."""
    text = _normal(text)
    first, start = _line(text, 0)
    opened = bool(BEGIN_RE.match(first))
    fields, end, body = _fields(text, start if opened else 0)
    return FrontMatter(
        fields=MappingProxyType(fields),
        head=text[:body],
        body=text[body:],
        body_line=text.count("\n", 0, body) + 1,
        opened=opened,
        end=end,
    )


def _normal(text: str) -> str:
    """Return the text as Python-Markdown sees it once its white space is normalised."""
    if "\x02" in text or "\x03" in text:
        text = text.translate(_DROPPED)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.expandtabs(TAB_LENGTH) if "\t" in text else text


def _line(text: str, start: int) -> tuple[str, int]:
    """Return the line at `start`, and where the next one begins."""
    end = text.find("\n", start)
    return (text[start:end], end + 1) if end >= 0 else (text[start:], len(text))


def _fields(text: str, start: int) -> tuple[dict[str, list[Value]], End, int]:
    """Collect the fields; tell what ended them and where in the text the body begins."""
    fields: dict[str, list[Value]] = {}
    number, name = text.count("\n", 0, start), ""
    while start < len(text):
        line, after = _line(text, start)
        number += 1
        if not line.strip():
            return fields, End.BLANK, after
        if END_RE.match(line):
            return fields, End.FENCE, after
        if match := META_RE.match(line):
            name = match["key"]
            value = Value(name, match["value"].strip(), number)
        elif name and (match := META_MORE_RE.match(line)):
            value = Value(name, match["value"].strip(), number, continues=True)
        else:
            return fields, End.STRAY, start
        fields.setdefault(name.lower(), []).append(value)
        start = after
    return fields, End.FILE, len(text)
