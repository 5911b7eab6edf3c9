"""Bytes that are no UTF-8, and characters that nobody can see, are named with their line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Say = Callable[..., list[str]]

HEAD = b"Title: Lelang\nDate: 2026-02-28\nID: 20260228-7k3q\n"
SAVE = "Buka di penyunting teks, lalu simpan lagi dengan pengodean UTF-8."
RETYPE = "Ketik ulang baris ini, atau tempel lagi sebagai teks biasa."
STOPS = (
    "kepala berhenti di sini. "
    "Bila ini awal isi artikel, beri satu baris kosong di atasnya; bila bukan, betulkan."
)
LOST = "ada huruf yang hilang saat teks disalin. Ketik ulang kata itu."

CASES = [
    pytest.param(b"\xef\xbb\xbf" + HEAD + b"\nIsi.\n", [], id="a byte-order mark"),
    pytest.param(HEAD.replace(b"\n", b"\r\n") + b"\r\nIsi.\r\n", [], id="Windows line ends"),
    pytest.param(HEAD.replace(b"\n", b"\r") + b"\rIsi.\r", [], id="old Macintosh line ends"),
    pytest.param(
        (HEAD + b"\nIsi.\n").decode().encode("utf-16"),
        [f"E a.md: Berkas ini disimpan sebagai UTF-16, bukan UTF-8. {SAVE}"],
        id="UTF-16",
    ),
    pytest.param(
        HEAD + b"\nDi caf\xe9 \x96 kami.\nIsi \xff.\n",
        [f'E a.md:5: Baris ini bukan teks UTF-8: "Di café – kami.". {SAVE}'],
        id="Windows-1252",
    ),
    pytest.param(
        b"Title: Le\xc3",
        [f'E a.md:1: Baris ini bukan teks UTF-8: "Title: LeÃ". {SAVE}'],
        id="cut off",
    ),
    pytest.param(
        HEAD + b"\nIsi.\n\nSatu\x00dua.\n",
        [f"E a.md:7: Baris ini memuat karakter tak terlihat (U+0000). {RETYPE}"],
        id="NUL",
    ),
    pytest.param(
        HEAD + b"\nSatu\x0bdua.\n",
        [f"E a.md:5: Baris ini memuat karakter tak terlihat (U+000B). {RETYPE}"],
        id="a line break from a word processor",
    ),
    pytest.param(
        HEAD + "Tags: lelang\n\ufeffLang: id\n\nIsi.\n".encode(),
        [
            f"E a.md:5: Baris ini memuat karakter tak terlihat (U+FEFF). {RETYPE}",
            f'E a.md:5: Baris "\ufeffLang: id" bukan "Nama: isi", sehingga {STOPS}',
        ],
        id="a byte-order mark pasted into a head",
    ),
    pytest.param(
        HEAD + "\nKantor P\ufffdlayanan.\n".encode(),
        [f'E a.md:5: Baris ini memuat "\ufffd": {LOST}'],
        id="a letter lost while copying",
    ),
    pytest.param(HEAD + "\nGaris lebar： ya.\n".encode(), [], id="a rare but sound character"),  # noqa: RUF001
]


@pytest.mark.parametrize(("data", "says"), CASES)
def test_names_what_cannot_be_read(say: Say, data: bytes, says: list[str]) -> None:
    assert say(data) == says
