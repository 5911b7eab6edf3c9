"""What is asked of one file on its own."""

from __future__ import annotations

import re

from syndication.content import breaks, fields, new
from syndication.content.document import Document, Terms
from syndication.content.fields import Field
from syndication.content.findings import Finding, Findings, Weight
from syndication.content.frontmatter import Value
from syndication.content.kinds import KINDS, closest, foreign

FIRST_YEAR = 1991
"""Nothing was published on the web before (https://info.cern.ch, 2026-11-24): a typing mistake."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def required(doc: Document, _terms: Terms) -> Findings:
    """Find the fields that must be there and are not."""
    for key, field in fields.required().items():
        if key in doc.front.fields or key in breaks.lost(doc.front):
            continue
        if field.required == "always" or not doc.page:
            weight = Weight.NEW if field.required == "new" else Weight.ALWAYS
            yield Finding(1, f"{field.name} belum ada.", _add(field), weight)


def _add(field: Field) -> str:
    if field.kind == "id":
        return "Jalankan `siar check --fix`; nomornya dibuatkan."
    return f"Tulis di kepala berkas, misalnya: {field.name}: {field.example}"


def address(doc: Document, _terms: Terms) -> Findings:
    """Find a title that no address can be made of."""
    if not doc.slug and doc.front.first("title"):
        message = "Dari judul ini tidak dapat dibuat alamat."
        yield Finding(doc.slug_line, message, "Tulis, misalnya: Slug: lelang-perdana-2026")


def values(doc: Document, terms: Terms) -> Findings:
    """Check each value of each known field by the field's kind."""
    for key, lines in doc.front.fields.items():
        field = fields.find(key)
        if not field:
            continue
        if not any(value.text for value in lines):
            yield _blank(lines[0], field)
            continue
        for value in lines if field.lines == "each" else lines[:1]:
            if value.text:
                yield from KINDS[field.kind](value, doc, terms)


def _blank(value: Value, field: Field) -> Finding:
    if field.required == "no":
        example = f"{value.name}: {field.example}"
        remedy = f'Isi, misalnya "{example}", atau hapus baris ini bila tidak perlu.'
    else:
        remedy = _add(field)
    return Finding(value.line, f"{value.name} tidak diisi.", remedy, Weight(field.blank))


def own_posts(doc: Document, terms: Terms) -> Findings:
    """Find posts written for a channel that does not exist or speaks another language."""
    channels = {name.lower(): name for name in terms.channels}
    for key, lines in doc.front.fields.items():
        if not key.startswith(fields.OWN_POST):
            continue
        name = channels.get(key.removeprefix(fields.OWN_POST))
        if name:
            yield from foreign(name, lines[0].line, doc, terms)
        else:
            wanted = lines[0].name[len(fields.OWN_POST) :]
            message = f'{lines[0].name}: saluran "{wanted}" tidak dikenal.'
            yield Finding(lines[0].line, message, closest(wanted, terms.channels))


def dates(doc: Document, terms: Terms) -> Findings:
    """Find dates that are at odds with each other or with today."""
    if doc.dated is None:
        return
    modified = terms.moment(doc.front.first("modified"))
    if modified and modified < doc.dated:
        message = "Modified lebih awal daripada Date."
        yield Finding(doc.front.line("modified"), message, "Periksa kedua tanggal.", Weight.NOTE)
    if doc.dated.year < FIRST_YEAR:
        message = f"Tahun {doc.dated.year} pada Date terlalu lampau."
        yield Finding(doc.front.line("date"), message, "Periksa tahunnya.", Weight.NOTE)
    if doc.dated > terms.now and not doc.unpublished:
        message = f"Date {doc.dated:%Y-%m-%d %H:%M} belum tiba; artikel baru terbit sesudah itu."
        remedy = "Bila yang dimaksud hanya menunda unggahan, pakai Tayang."
        yield Finding(doc.front.line("date"), message, remedy, Weight.NOTE)


def picture_words(doc: Document, _terms: Terms) -> Findings:
    """Find a picture without words for those who cannot see it, and words without a picture."""
    front = doc.front
    picture = front.first("gambar")
    if picture and "gambar_alt" not in front.fields:
        message = "Gambar belum punya Gambar_alt, isi gambar dalam kata-kata."
        remedy = f"Tambahkan, misalnya: Gambar_alt: {fields.known()['Gambar_alt'].example}"
        yield Finding(front.line("gambar"), message, remedy, Weight.NEW)
    for key in ("gambar_alt", "keterangan"):
        if front.first(key) and not picture:
            message = f"{front.fields[key][0].name} ada, tetapi Gambar tidak ada."
            yield Finding(
                front.line(key), message, "Tambahkan Gambar, atau hapus baris ini.", Weight.NOTE
            )


def body(doc: Document, _terms: Terms) -> Findings:
    """Find a head with nothing under it, and the note of examples that `siar new` wrote."""
    front = doc.front
    if "<" in front.body and new.EXAMPLES in front.body:
        line = front.body_line + front.body.count("\n", 0, front.body.index(new.EXAMPLES))
        message = "Catatan contoh dari `siar new` masih ada."
        yield Finding(line, message, "Hapus dari <!-- sampai -->.", Weight.NOTE)
    opening = front.body.lstrip()
    text = _COMMENT.sub("", opening) if opening.startswith("<!--") else opening
    if not text.strip() and front.fields and "template" not in front.fields:
        remedy = "Tulis isinya di bawah kepala."
        yield Finding(front.body_line, "Isi artikel kosong.", remedy, Weight.NEW)
