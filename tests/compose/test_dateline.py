from __future__ import annotations

import pytest

from syndication.compose.dateline import without_dateline

NEWS = "Lima kendaraan dilelang hari ini."
DATELINES = [
    "Pekalongan – ",
    "PEKALONGAN - ",
    "Pekalongan, 18 Juli 2022 – ",
    "Pekalongan (18/7/2022) — ",
    "Jakarta, CNN Indonesia -- ",
    "Jakarta , CNN Indonesia - - ",
    "Liputan6.com, Jakarta - ",
    "Jakarta (ANTARA News) - ",
    "JAKARTA, KOMPAS.com — ",
]
KEPT = [
    ("Layanan – termasuk konsultasi – gratis bagi semua.", "a pair of dashes"),
    ("Lelang sukarela – cara baru menjual barang.", "what follows begins small"),
    ("Kepala KPKNL – Budi – Membuka acara.", "a second dash near"),
    ("Undang-Undang Nomor 1 berlaku.", "a hyphen"),
    ("Ia datang ke Pekalongan – Lalu pulang lagi.", "words that name no place"),
    (NEWS, "no dash at all"),
    ("", "nothing"),
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_takes_a_dateline_off(dateline: str) -> None:
    assert without_dateline(dateline + NEWS) == NEWS


@pytest.mark.parametrize("text", [pytest.param(text, id=reason) for text, reason in KEPT])
def test_leaves_other_dashes(text: str) -> None:
    assert without_dateline(text) == text
