"""The head of a Markdown file, read as Python-Markdown's `meta` extension reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

# The extension's own patterns, so that what it takes for a field is what we take for one.
from markdown.extensions.meta import BEGIN_RE, END_RE, META_MORE_RE, META_RE

TAB_LENGTH = 4
"""Columns: Python-Markdown expands tabs before it looks for fields (its `tab_length`)."""

_UNSEEN = str.maketrans("", "", "\x02\x03")
"""STX and ETX: Python-Markdown drops them before anything else."""


class End(StrEnum):
    """What ended the head."""

    FENCE = "fence"
    BLANK = "blank"
    STRAY = "stray"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Value:
    """One line of a field. `name` is as typed; `continues` marks an indented further line."""

    name: str
    text: str
    line: int
    continues: bool = False


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of a file and the body under it. Lines count from 1.

    `fields` has lower-case keys, each with its lines in order: what `Markdown.Meta` would hold.
    `opened` tells whether the first line is a `---` fence.
    """

    fields: Mapping[str, tuple[Value, ...]]
    body: str
    body_line: int
    opened: bool
    end: End
    lines: Sequence[str]

    def text(self, key: str) -> str:
        """Return a field's lines joined by line ends, or an empty string."""
        return "\n".join(value.text for value in self.fields.get(key, ())).strip()

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
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    opened = bool(BEGIN_RE.match(seen(lines[0])))
    fields, end, after = _fields(lines, 1 if opened else 0)
    return FrontMatter(
        fields=MappingProxyType({key: tuple(values) for key, values in fields.items()}),
        body="\n".join(lines[after:]),
        body_line=after + 1,
        opened=opened,
        end=end,
        lines=lines,
    )


def seen(line: str) -> str:
    """Return a line as Python-Markdown sees it once it has normalised white space."""
    if "\t" in line or "\x02" in line or "\x03" in line:
        return line.translate(_UNSEEN).expandtabs(TAB_LENGTH)
    return line


def _fields(lines: Sequence[str], start: int) -> tuple[dict[str, list[Value]], End, int]:
    """Collect fields from `start` on; tell what ended them and at which index the body begins."""
    fields: dict[str, list[Value]] = {}
    name = ""
    for index in range(start, len(lines)):
        line = seen(lines[index])
        if not line.strip():
            return fields, End.BLANK, index + 1
        if END_RE.match(line):
            return fields, End.FENCE, index + 1
        if match := META_RE.match(line):
            name = match["key"]
            value = Value(name, match["value"].strip(), index + 1)
        elif name and (match := META_MORE_RE.match(line)):
            value = Value(name, match["value"].strip(), index + 1, continues=True)
        else:
            return fields, End.STRAY, index
        fields.setdefault(name.lower(), []).append(value)
    return fields, End.FILE, len(lines)
