"""What Python-Markdown and Pelican swallow in a head without a word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markdown.extensions.meta import META_RE

from syndication.content import breaks, fields
from syndication.content.findings import Finding, Findings, Weight
from syndication.content.frontmatter import End, FrontMatter, Value


def find(front: FrontMatter) -> Findings:
    """Find every fault of a head."""
    if not (front.fields or front.head.strip() or front.body.strip()):
        yield Finding(0, "Berkas ini kosong.", breaks.HEAD)
        return
    yield from _fences(front)
    yield from breaks.find(front)
    for key, values in front.fields.items():
        yield from _field(key, values)


def _fences(front: FrontMatter) -> Findings:
    """Find text that stands on a fence's line, where it vanishes."""
    lines = front.head.removesuffix("\n").split("\n")
    fences = {1: lines[0]} if front.opened else {}
    if front.end is End.FENCE:
        fences[len(lines)] = lines[-1]
    for number, line in fences.items():
        if line.strip().strip("-."):
            message = f'Teks pada baris "{line.strip()[:40]}" akan hilang.'
            yield Finding(number, message, "Sisakan --- saja.")


def _field(key: str, values: Sequence[Value]) -> Findings:
    field = fields.find(key)
    if not field:
        yield from (_unknown(value) for value in values if not value.continues)
        return
    if len(values) == 1:
        return
    first, *others = values
    weight = Weight.ALWAYS if field.lines == "one" else Weight.NEW
    yield from filter(None, (_indented(value, weight) for value in values))
    if field.lines != "each":
        for value in others:
            if not value.continues:
                message = f"{first.name} sudah ditulis di baris {first.line}."
                yield Finding(value.line, message, "Hapus salah satu.")
    if field.lines == "one":
        yield from _runaway(others)


def _runaway(values: Sequence[Value]) -> Findings:
    """Find the first line of each run that continues a field of one line."""
    for continues, run in groupby(values, key=lambda value: value.continues):
        value = next(run)
        if continues and not _indented(value, Weight.ALWAYS):
            message = f"{value.name} hanya boleh satu baris; lanjutan ini tidak terbaca."
            yield Finding(value.line, message, "Gabungkan dengan baris di atasnya.")


def _indented(value: Value, weight: Weight) -> Finding | None:
    """Find a field that is indented so far that it continues the one above."""
    match = META_RE.match(value.text) if value.continues else None
    if not match or not fields.find(match["key"].lower()):
        return None
    message = f'Baris "{value.text[:40]}" menjorok, sehingga menjadi lanjutan {value.name}.'
    return Finding(value.line, message, "Hapus spasi di awal baris.", weight)


def _unknown(value: Value) -> Finding:
    meant = fields.suggest(value.name)
    remedy = f"Maksud Anda {meant}?" if meant else "Daftar nama ada di docs/penulis.md."
    return Finding(value.line, f'Nama "{value.name}" tidak dikenal.', remedy, Weight.NEW)
