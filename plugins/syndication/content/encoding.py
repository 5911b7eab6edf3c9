"""From a file's bytes to its text, or a plain word on why that cannot be."""

from __future__ import annotations

import codecs

from syndication.content.findings import Finding

_REMEDY = "Buka di penyunting teks, lalu simpan lagi dengan pengodean UTF-8."
_FOREIGN = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class NotText(Exception):  # noqa: N818 -- it names what the bytes are not
    """The bytes are not UTF-8; `finding` names the line."""

    def __init__(self, finding: Finding) -> None:
        """Keep the finding."""
        super().__init__(finding.message)
        self.finding = finding


def decode(data: bytes) -> str:
    """Decode UTF-8, dropping one byte-order mark as Pelican does.

    Raises:
        NotText: the bytes are something else.
    """
    for mark, name in _FOREIGN:
        if data.startswith(mark):
            raise NotText(Finding(0, f"Berkas ini disimpan sebagai {name}, bukan UTF-8.", _REMEDY))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotText(_broken(data, error)) from error


def _broken(data: bytes, error: UnicodeDecodeError) -> Finding:
    """Name the line and show it as Windows would have written it, the likeliest origin."""
    begin = data.rfind(b"\n", 0, error.start) + 1
    end = data.find(b"\n", error.start)
    line = data[begin : end if end >= 0 else len(data)].decode("cp1252", "replace").strip()
    number = data.count(b"\n", 0, error.start) + 1
    return Finding(number, f'Baris ini bukan teks UTF-8: "{line[:60]}".', _REMEDY)
