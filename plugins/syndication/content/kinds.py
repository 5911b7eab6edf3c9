"""What the value of a field must look like, by the field's kind in fields.toml."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import TypeAlias

from syndication.content import moments
from syndication.content.document import Document, Terms
from syndication.content.findings import Finding, Findings, Weight
from syndication.content.frontmatter import Value
from syndication.content.references import missing
from syndication.content.slug import VALID

STATUSES = ("published", "draft", "hidden", "skip")
"""Pelican's statuses, in its spelling (`Article.allowed_statuses`, 4.12.0)."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,63}")
_SEPARATOR = re.compile(r"[,;]")
_QUOTES = (('"', '"'), ("'", "'"), ("“", "”"))

Kind: TypeAlias = Callable[[Value, Document, Terms], Findings]


def names(text: str) -> tuple[str, ...]:
    """Split a list of names at commas or semicolons; empty ones are dropped."""
    return tuple(name for part in _SEPARATOR.split(text) if (name := part.strip()))


def closest(name: str, known: Collection[str]) -> str:
    """Return the known name that is nearest, as a question; or all of them."""
    match = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.7)
    if match:
        return f"Maksud Anda {match[0]}?"
    return f"Yang ada: {', '.join(sorted(known))}." if known else "Situs ini belum punya saluran."


def _text(value: Value, _doc: Document, _terms: Terms) -> Findings:
    for opening, closing in _QUOTES:
        inner = value.text[1:-1]
        quoted = value.text.startswith(opening) and value.text.endswith(closing)
        if quoted and inner and not {opening, closing} & set(inner):
            message = f"Tanda kutip pada {value.name} akan ikut tampil."
            yield Finding(value.line, message, f"Tulis tanpa kutip: {inner[:60]}", Weight.NOTE)


def _list(value: Value, _doc: Document, _terms: Terms) -> Findings:
    if value.text.startswith("[") or value.text.endswith("]"):
        remedy = f"Tulis tanpa kurung siku: {value.text.strip('[] ')}"
        message = f"Kurung siku pada {value.name} akan ikut tampil."
        yield Finding(value.line, message, remedy, Weight.NEW)
    if any(name.startswith("#") for name in names(value.text)):
        remedy = f"Tulis tanpa pagar: {value.text.replace('#', '')}"
        yield Finding(
            value.line, f"Tanda # pada {value.name} akan ikut tampil.", remedy, Weight.NEW
        )


def _moment(value: Value, _doc: Document, terms: Terms) -> Findings:
    try:
        moments.parse(value.text, terms.zone)
    except (ValueError, OverflowError):
        message = f'{value.name} "{value.text}" bukan tanggal.'
        yield Finding(value.line, message, moments.remedy(value.text))


def _slug(value: Value, _doc: Document, terms: Terms) -> Findings:
    if not VALID.fullmatch(value.text):
        message = f'Slug "{value.text}" memuat huruf yang tidak boleh ada di alamat.'
        meant = terms.slugify(value.text.replace("/", "-").replace("_", "-"))
        remedy = "Pakai huruf kecil, angka, dan tanda hubung"
        hint = f"{remedy}: {meant}" if VALID.fullmatch(meant) else f"{remedy}."
        yield Finding(value.line, message, hint, Weight.NEW)


def _lang(value: Value, _doc: Document, terms: Terms) -> Findings:
    if value.text not in terms.languages:
        known = ", ".join(sorted(terms.languages))
        yield Finding(value.line, f'Lang "{value.text}" tidak dikenal.', f"Yang ada: {known}.")


def _flag(value: Value, _doc: Document, _terms: Terms) -> Findings:
    if value.text.lower() not in {"true", "false"}:
        message = f'{value.name} "{value.text}" tidak dikenal.'
        yield Finding(value.line, message, "Tulis true atau false.")


def _status(value: Value, _doc: Document, _terms: Terms) -> Findings:
    if value.text not in STATUSES:
        remedy = f"Tulis salah satu, dengan huruf kecil: {', '.join(STATUSES)}."
        yield Finding(value.line, f'Status "{value.text}" tidak dikenal.', remedy)


def _id(value: Value, _doc: Document, _terms: Terms) -> Findings:
    if not _ID.fullmatch(value.text):
        remedy = "Pakai 3 sampai 64 huruf, angka, titik, atau tanda hubung, misalnya 20260228-7k3q."
        yield Finding(value.line, f'ID "{value.text}" tidak dapat dipakai.', remedy)


def _picture(value: Value, _doc: Document, terms: Terms) -> Findings:
    if "://" in value.text:
        remedy = "Simpan gambarnya di content/images, lalu tulis misalnya images/lelang.jpg."
        yield Finding(value.line, f"{value.name} menunjuk ke situs lain.", remedy, Weight.NEW)
        return
    path = f"{terms.content}/{value.text.removeprefix('{static}').lstrip('/')}"
    if path not in terms.media:
        yield missing(value.line, path, terms)


def _address(value: Value, _doc: Document, _terms: Terms) -> Findings:
    if not value.text.startswith("/") or value.text.startswith("//"):
        message = f'{value.name} "{value.text}" tidak diawali satu garis miring.'
        path = re.sub(r"^(?:[a-z]+:)?//[^/]*", "", value.text).lstrip("/")
        yield Finding(value.line, message, f"Tulis: /{path}")
    elif re.search(r"[\s?#]|/\.\.?(?:/|$)", value.text):
        message = f'{value.name} "{value.text}" tidak dapat dialihkan.'
        remedy = "Tulis alamat tanpa spasi, tanda tanya, tanda pagar, dan titik-titik."
        yield Finding(value.line, message, remedy)


def _channels(value: Value, doc: Document, terms: Terms) -> Findings:
    chosen = names(value.text)
    if 0 < sum(name.startswith("-") for name in chosen) < len(chosen):
        message = "Saluran mencampur nama yang dipakai dan yang dikecualikan (-)."
        yield Finding(value.line, message, "Pilih salah satu cara.")
    for name in chosen:
        plain = name.removeprefix("-").strip()
        if plain not in terms.channels:
            message = f'Saluran "{plain}" tidak dikenal.'
            yield Finding(value.line, message, closest(plain, terms.channels))
        elif not name.startswith("-"):
            yield from foreign(plain, value.line, doc, terms)


def foreign(name: str, line: int, doc: Document, terms: Terms) -> Findings:
    """Find a channel that will never take this article, since it speaks another language."""
    spoken = terms.channels[name]
    if spoken != doc.lang:
        message = (
            f'Saluran "{name}" berbahasa {spoken}; artikel ini ({doc.lang}) tidak diunggah di sana.'
        )
        yield Finding(line, message, "Hapus nama itu dari sini.", Weight.NOTE)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "text": _text,
        "list": _list,
        "moment": _moment,
        "slug": _slug,
        "lang": _lang,
        "flag": _flag,
        "status": _status,
        "id": _id,
        "picture": _picture,
        "address": _address,
        "channels": _channels,
    }
)
"""Every kind that fields.toml may name."""
