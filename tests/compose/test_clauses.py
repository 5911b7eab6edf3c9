from __future__ import annotations

import pytest

from syndication.compose.clauses import shorten, shorten_anywhere

SHORTENED = [
    (
        "KPKNL Pekalongan melelang lima kendaraan dinas, dua di antaranya truk pengangkut sampah.",
        60,
        "KPKNL Pekalongan melelang lima kendaraan dinas…",
        "at a comma",
    ),
    (
        "Peserta wajib menyetor uang jaminan penuh karena setoran sebagian dianggap tidak ada.",
        60,
        "Peserta wajib menyetor uang jaminan penuh…",
        "before a conjunction",
    ),
    (
        "Uang jaminan peserta dikembalikan seluruhnya jika peserta kalah dan melapor.",
        60,
        "",
        "never before a condition",
    ),
    (
        "Lelang itu tidak dibatalkan oleh panitia karena hujan deras pagi tadi di kota.",
        60,
        "",
        "never between “tidak” and what it denies",
    ),
    (
        "Panitia tidak menerima uang tunai, dan setoran hanya melalui rekening virtual peserta.",
        70,
        "Panitia tidak menerima uang tunai…",
        "a denial that is over may be cut after",
    ),
    (
        "Nilai limit kendaraan dinas itu ditetapkan sebesar Rp1.250.000,00 dan jaminannya separuh.",
        64,
        "",
        "never within an amount: the clause before it does not stand there",
    ),
    (
        "Acara pelantikan pejabat baru itu dihadiri Menteri Hukum dan Hak Asasi Manusia kemarin.",
        75,
        "",
        "never within a name joined by “dan”",
    ),
    (
        "Piagam penghargaan tahunan itu diserahkan kepada Budi Santoso, S.H., M.H. yang pensiun.",
        70,
        "",
        "never before a degree",
    ),
    (
        "Kepala kantor berkata, “Lelang ini terbuka, transparan, dan gratis bagi semua orang.”",
        60,
        "",
        "never within a quotation",
    ),
    (
        "Lelang yang akan datang (dijadwalkan Jumat, 22 Juli, pukul sembilan pagi) terbuka umum.",
        60,
        "",
        "never within brackets",
    ),
    (
        "Setelah diumumkan dua kali, lelang dilaksanakan di aula kantor, dan peserta datang ramai.",
        40,
        "",
        "never before the main clause",
    ),
    (
        "Setelah diumumkan dua kali, lelang dilaksanakan di aula kantor, dan peserta datang ramai.",
        75,
        "Setelah diumumkan dua kali, lelang dilaksanakan di aula kantor…",
        "after the main clause",
    ),
    (
        "“Kami siap melayani semua warga,” kata Kepala KPKNL Pekalongan dalam sambutannya.",
        45,
        "",
        "never between words and who said them",
    ),
    (
        "Lelang itu tidak hanya menjual mobil dinas bekas, kantor juga menjual mesin dan meja.",
        60,
        "",
        "never after half of “tidak hanya … juga”",
    ),
    (
        "Kepala KPKNL Pekalongan, pejabat baru, dan seluruh jajaran kantor menyambut warga kota.",
        60,
        "",
        "never before the sentence has a verb",
    ),
    (
        "Ketua panitia lelang mengatakan, harga terjual jauh melampaui nilai limit semua lot.",
        60,
        "",
        "never after a verb of saying",
    ),
    (
        "Namun mengingat usia gedung itu sudah tua, panitia memilih menjualnya tanpa perbaikan.",
        60,
        "",
        "never before the main clause, a connective or not",
    ),
    (
        "Uang jaminan lelang dikembalikan penuh kepada peserta yang kalah pada hari itu juga.",
        60,
        "",
        "never before “yang”, which tells who is meant",
    ),
    ("Lelang dibuka, ya.", 12, "", "too few words say nothing"),
]


@pytest.mark.parametrize(
    ("sentence", "room", "expected"),
    [pytest.param(*row[:3], id=row[3]) for row in SHORTENED],
)
def test_shortens_without_turning_what_is_said(sentence: str, room: int, expected: str) -> None:
    assert shorten(sentence, lambda text: len(text) <= room, "id") == expected


def test_shortens_english() -> None:
    sentence = "The office sold five vehicles on Monday, and it drew more bidders than ever before."
    assert shorten(sentence, lambda text: len(text) <= 50, "en") == (
        "The office sold five vehicles on Monday…"
    )


TITLES = [
    ("Panduan Lelang bagi Pemula", 16, "Panduan Lelang…", "at a word"),
    ("Kontak 1 500 991 Baru", 12, "Kontak…", "not between two numbers"),
    ("Aset (BMN dan BMD) Dijual", 12, "Aset…", "not within brackets"),
    ("Panduan", 4, "", "no whole word fits"),
]


@pytest.mark.parametrize(
    ("title", "room", "expected"), [pytest.param(*row[:3], id=row[3]) for row in TITLES]
)
def test_shortens_a_title_anywhere(title: str, room: int, expected: str) -> None:
    assert shorten_anywhere(title, lambda text: len(text) <= room) == expected
