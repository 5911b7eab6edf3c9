"""From a file's bytes to its text, or a plain word on why that cannot be."""

from __future__ import annotations

import codecs
import re

from syndication.content.document import Source
from syndication.content.findings import Finding, Findings, Weight

_REMEDY = "Buka di penyunting teks, lalu simpan lagi dengan pengodean UTF-8."
_FOREIGN = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

# XML, and so the feeds, takes no control characters; a byte-order mark hides the field behind it.
_CONTROL = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_LOST = "\ufffd"
_LEAD = b"\xef"
"""The first byte of both U+FEFF and U+FFFD in UTF-8, and of few other characters."""


class NotText(Exception):  # noqa: N818 -- it names what the file is not
    """The file holds no UTF-8; `finding` names the line."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__(finding.message)
        self.finding = finding


def decode(source: Source) -> str:
    """Decode UTF-8, dropping one byte-order mark as Pelican does.

    Raises:
        NotText: the bytes are something else, or could not be read at all.
    """
    if source.fault:
        remedy = "Periksa hak akses berkas, atau hapus tautan yang putus."
        raise NotText(Finding(0, f"Berkas tidak dapat dibaca: {source.fault}.", remedy))
    data = source.data
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            raise NotText(Finding(0, f"Berkas ini disimpan sebagai {name}, bukan UTF-8.", _REMEDY))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(_broken(data, error.start)) from error


def _broken(data: bytes, position: int) -> Finding:
    """Name the line and show it as Windows would have written it, the likeliest origin."""
    before, after = data[:position].split(b"\n"), data[position:].split(b"\n", 1)[0]
    line = (before[-1] + after).decode("cp1252", "replace").strip()
    return Finding(len(before), f'Baris ini bukan teks UTF-8: "{line[:60]}".', _REMEDY)


def unreadable(data: bytes) -> Findings:
    """Find characters that nobody can see, or that were lost on the way: the first of each.

    `data` decodes. Bytes are asked first: that is much faster, and hardly a file has any.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    rare = _LEAD in data
    if rare or len(data.translate(None, _CONTROL)) < len(data):
        text = data.decode()
        match = _UNSEEN.search(text)
        if match:
            message = f"Baris ini memuat karakter tak terlihat (U+{ord(match[0]):04X})."
            remedy = "Ketik ulang baris ini, atau tempel lagi sebagai teks biasa."
            yield Finding(_line(text, match.start()), message, remedy)
    if rare and _LOST.encode() in data:
        text = data.decode()
        message = f'Baris ini memuat "{_LOST}": ada huruf yang hilang saat teks disalin.'
        yield Finding(_line(text, text.index(_LOST)), message, "Ketik ulang kata itu.", Weight.NEW)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
