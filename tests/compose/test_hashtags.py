from __future__ import annotations

import pytest

from syndication.compose.hashtags import hashtag, hashtags, written

TAGS = [
    ("media sosial", "MediaSosial", "each word begins with a capital"),
    ("UU ITE", "UU_ITE", "two acronyms stay apart"),
    ("BMN", "BMN", "an acronym is kept"),
    ("lelang BMN", "LelangBMN", "a word and an acronym"),
    ("2024", "Tahun2024", "a year alone needs a letter"),
    ("HUT RI ke-77", "HUT_RIKe77", "a hyphen is dropped"),
    ("Jum’at", "Jumat", "an apostrophe is dropped"),
    ("e-Auction", "EAuction", "a brand keeps its capitals"),
    ("lelang.go.id", "LelangGoId", "stops part words"),
    ("#Lelang", "Lelang", "a writer's own mark is dropped"),
    ("batik & tenun", "BatikTenun", "signs part words"),
    ("kafe\u0301", "Kafé", "NFC"),
    ("ꦧꦠꦶꦏ꧀", "ꦧꦠꦶꦏ꧀", "Javanese with its marks"),
    ("!!!", "", "nothing is left"),
    ("", "", "nothing at all"),
    ("👍", "", "an emoji is no letter"),
]


@pytest.mark.parametrize(("tag", "expected"), [pytest.param(*row[:2], id=row[2]) for row in TAGS])
def test_writes_a_tag_that_works_everywhere(tag: str, expected: str) -> None:
    assert hashtag(tag) == expected


def test_each_once_in_their_order() -> None:
    assert hashtags(["Lelang", "BMN", "lelang", "!"]) == ("Lelang", "BMN")


def test_three_thousand_tags_are_no_trouble() -> None:
    assert len(hashtags(f"tag {number}" for number in range(3000))) == 3000


def test_finds_what_a_writer_put_in() -> None:
    assert written("Ayo #LelangUMKM! Lot #3, surel a#b") == ("LelangUMKM",)
