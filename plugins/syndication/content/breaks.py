"""Where a head breaks off before its writer meant it to, and what is lost below."""

from __future__ import annotations

import re
from itertools import takewhile

from markdown.extensions.meta import META_RE

from syndication.content import fields
from syndication.content.findings import Finding, Findings, Weight
from syndication.content.frontmatter import End, FrontMatter

_UNCLOSED = "Kepala dibuka dengan --- tetapi tidak ditutup."
HEAD = "Mulailah berkas dengan Title: …, Date: …, lalu satu baris kosong, lalu isi artikel."

# A line that is no field, but begins like one: a name, and something that looks like a colon.
_ALMOST = re.compile(r"\s*(?P<name>[\w-][\w -]{0,30}?)(?P<gap>\s*)(?P<colon>[:：꞉∶﹕︓=])")  # noqa: RUF001
_FENCES = frozenset({"---", "..."})
_VITAL = frozenset({"title", "date", "id"})
_REACH = 60
"""Lines below a broken head that are looked through for the rest of it."""


def find(front: FrontMatter) -> Findings:
    """Say where and why a head ended, if that was not at its closing fence or a blank line."""
    if front.end is End.STRAY:
        yield _stray(front)
    elif front.end is End.BLANK and not front.fields:
        line = front.body_line - 1
        yield Finding(
            line, "Baris kosong di sini membuat kepala tidak terbaca.", "Hapus baris ini."
        )
    elif front.end is End.BLANK:
        yield from _blank(front)
    elif not front.fields:
        yield Finding(1, "Kepala berkas ini kosong.", "Tulis Title: … dan Date: … di dalamnya.")
    elif front.end is End.FILE and front.opened:
        yield Finding(
            1, "Kepala dibuka dengan --- tetapi tidak ditutup.", "Tutup dengan baris ---."
        )


def lost(front: FrontMatter) -> frozenset[str]:
    """Return the keys of known fields that stand below the point where the head broke off."""
    below = front.body.split("\n", _REACH)[:_REACH]
    if front.end is End.STRAY:
        rest = list(takewhile(_goes_on, below[1:]))
        return frozenset(filter(fields.find, _keys(rest)))
    if front.end is not End.BLANK:
        return frozenset()
    rest = _fenced(below) if front.opened else list(takewhile(_goes_on, below))
    keys = _keys(rest)
    whole = len(keys) == sum(bool(line.strip()) for line in rest)
    return frozenset(filter(fields.find, keys)) if whole else frozenset()


def _goes_on(line: str) -> bool:
    return bool(line.strip()) and line.strip() not in _FENCES


def _fenced(lines: list[str]) -> list[str]:
    """Return the lines before the next fence; none where there is no fence."""
    end = next((index for index, line in enumerate(lines) if line.strip() in _FENCES), 0)
    return lines[:end]


def _keys(lines: list[str]) -> list[str]:
    matches = (META_RE.match(line) for line in lines)
    return [match["key"].lower() for match in matches if match]


def _blank(front: FrontMatter) -> Findings:
    """Tell a blank line inside a head from a fence that was forgotten."""
    line, keys = front.body_line - 1, lost(front)
    names = ", ".join(sorted(field.name for key in keys if (field := fields.find(key))))
    if keys and (front.opened or keys & _VITAL):
        message = f"Baris kosong di sini memutus kepala; {names} di bawahnya tidak terbaca."
        yield Finding(line, message, "Hapus baris kosong ini.")
    elif keys:
        message = f"{names} di bawah baris kosong ini terbaca sebagai isi artikel."
        remedy = "Bila termasuk kepala, hapus baris kosong ini."
        yield Finding(line, message, remedy, Weight.NOTE)
    elif front.opened:
        yield Finding(line, _UNCLOSED, "Ganti baris kosong ini dengan ---.", Weight.NOTE)


def _stray(front: FrontMatter) -> Finding:
    """Say why the line that ended the head is no field."""
    line, text = front.body_line, front.body.split("\n", 1)[0]
    almost = _ALMOST.match(text)
    name = fields.suggest(almost["name"]) if almost else ""
    if almost and name:
        return Finding(line, _why(text, almost), f"Tulis: {name}: {text[almost.end() :].strip()}")
    if not front.fields:
        return Finding(line, "Berkas ini tidak punya kepala (Title, Date, …).", HEAD)
    message = f'Baris "{text.strip()[:40]}" bukan "Nama: isi", sehingga kepala berhenti di sini.'
    remedy = "Bila ini awal isi artikel, beri satu baris kosong di atasnya; bila bukan, betulkan."
    return Finding(line, message, remedy)


def _why(text: str, almost: re.Match[str]) -> str:
    name = almost["name"].strip()
    if almost["colon"] != ":":
        return f'Tanda "{almost["colon"]}" sesudah "{name}" bukan titik dua biasa.'
    if almost["gap"]:
        return f'Ada spasi di antara "{name}" dan titik dua.'
    if text[:1].isspace():
        return f'Baris "{text.strip()[:40]}" menjorok, sehingga tidak terbaca.'
    return f'Nama "{name}" tidak boleh memakai spasi.'
