from __future__ import annotations

import pytest

from syndication.compose import summarise
from syndication.compose.body import read
from syndication.compose.counting import bound
from syndication.compose.summary import remembered

LEAD = "KPKNL Pekalongan melelang lima kendaraan dinas pada Senin pekan depan."
NEXT = "Peserta mendaftar di lelang.go.id paling lambat sehari sebelumnya."
ASIDE = (
    "Ia bercerita panjang tentang gedung tua di seberang jalan yang dahulu dipakai sebagai gudang "
    "garam sebelum dibeli seorang saudagar batik."
)
WELCOME = (
    "Kepala kantor menyambut rombongan dari luar kota, lalu memperkenalkan gedung tua di seberang "
    "jalan yang dahulu dipakai sebagai gudang garam."
)
LATER = "Lelang kendaraan dinas KPKNL Pekalongan terbuka bagi semua orang."


def summary(paragraphs: list[str], room: int, title: str = "", lang: str = "id") -> str:
    return summarise(title, paragraphs, max_length=room, count=len, lang=lang)


SUMMARIES = [
    ([f"{LEAD} {NEXT}"], 500, f"{LEAD} {NEXT}", "all of a short text"),
    ([f"{LEAD} {NEXT}"], 75, LEAD, "whole sentences from the lead"),
    ([f"Pekalongan – {LEAD}"], 75, LEAD, "the dateline is stripped"),
    (
        [f"{LEAD} Syaratnya sebagai berikut:", NEXT],
        500,
        f"{LEAD} {NEXT}",
        "no introduction of a list",
    ),
    ([f"{LEAD} (humas)"], 500, LEAD, "no byline in brackets"),
    (["Baca juga: Lelang mobil.", LEAD], 500, LEAD, "no pointer to another article"),
    ([f"{LEAD} Lihat https://lain.id/x."], 500, LEAD, "no foreign address"),
    ([f"{LEAD} Ikuti @humas."], 500, LEAD, "no name that means someone else there"),
    (
        [LEAD, "Contoh berikut rekaan. Namanya juga rekaan.", NEXT],
        500,
        f"{LEAD} {NEXT}",
        "no example",
    ),
    (["Syarat Peserta", LEAD], 500, LEAD, "no lone heading"),
    ([], 500, "", "nothing to say"),
    ([LEAD], 3, "", "no room"),
    (
        [LEAD, ASIDE, LATER],
        140,
        f"{LEAD} {LATER}",
        "a later sentence that carries much and stands alone",
    ),
    (
        [LEAD, WELCOME, f"Hal itu menandai bahwa {LATER}"],
        140,
        f"{LEAD} Kepala kantor menyambut rombongan dari luar kota…",
        "none that leans on what was left out: the next is shortened",
    ),
]


@pytest.mark.parametrize(
    ("paragraphs", "room", "expected"), [pytest.param(*row[:3], id=row[3]) for row in SUMMARIES]
)
def test_summarises(paragraphs: list[str], room: int, expected: str) -> None:
    assert summary(paragraphs, room) == expected


def test_the_title_only_weighs() -> None:
    assert summary([LEAD, NEXT], 500, title=LEAD.rstrip(".")) == NEXT


def test_summarises_english_by_english_words() -> None:
    lead = "The office sells five vehicles on Monday."
    leaning = "However, the buyers of these vehicles must pay within five days of the auction day."
    standing = "Buyers of vehicles register with the office at no cost."
    assert summary([lead, leaning, standing], 100, lang="en") == f"{lead} {standing}"


def test_measures_with_the_count_that_it_is_given() -> None:
    emoji = "Selamat 🎉🎉🎉 kepada semua pemenang lelang."
    heavy = summarise(
        "", [emoji, NEXT], max_length=40, count=lambda text: bound("x", text), lang="id"
    )
    assert heavy == ""
    assert summary([emoji, NEXT], 42) == emoji


def test_a_thousand_articles_leave_no_more_behind_than_the_last_few() -> None:
    for number in range(1000):
        summary([f"Artikel {number} {LEAD}"], 200)
        read(f"<p>Artikel {number}</p>")
    assert remembered.cache_info().currsize <= 16
    assert read.cache_info().currsize <= 16
