"""A new article begins with a head that passes, but for what the writer must fill in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from syndication.content.new import begin, identity

Say = Callable[..., list[str]]

NOW = datetime(2026, 11, 24, 9, 5, tzinfo=ZoneInfo("Asia/Jakarta"))


def first(letters: str) -> str:
    return letters[0]


def test_an_id_can_be_read_out_over_the_telephone() -> None:
    assert re.fullmatch(r"20261124-[0-9a-hjkmnp-tv-z]{4}", identity(date(2026, 11, 24)))


NAMES = [
    pytest.param("Lelang  Perdana: Laku!", "lelang-perdana-laku.md", id="from the title"),
    pytest.param("kata " * 30, f"{'-'.join(['kata'] * 16)}.md", id="cut between words"),
    pytest.param("k" * 100, f"{'k' * 80}.md", id="one long word"),
]


@pytest.mark.parametrize(("title", "name"), NAMES)
def test_the_file_is_named_by_its_address(title: str, name: str) -> None:
    assert begin(title, NOW).name == name


def test_a_title_without_a_word_begins_nothing() -> None:
    with pytest.raises(ValueError, match=r'Judul "\?!" tidak memuat huruf atau angka\.'):
        begin("?!", NOW)


def test_only_what_the_writer_must_fill_in_is_asked(say: Say) -> None:
    said = say(begin("Lelang: Laku", NOW, first).text)
    assert [line.partition(" Isi, misalnya")[0] for line in said] == [
        "W a.md:4: Category tidak diisi.",
        "W a.md:5: Tags tidak diisi.",
        "W a.md:6: Author tidak diisi.",
        "W a.md:7: Summary tidak diisi.",
        "W a.md:12: Isi artikel kosong. Tulis isinya di bawah kepala.",
        "W a.md:13: Catatan contoh dari `siar new` masih ada. Hapus dari <!-- sampai -->.",
    ]


def test_filled_in_it_passes(say: Say) -> None:
    text = begin("Lelang: Laku", NOW, first).text
    for name, value in {"Category": "Berita", "Tags": "a", "Author": "b", "Summary": "c"}.items():
        text = text.replace(f"{name}:\n", f"{name}: {value}\n")
    text = text.partition("<!--")[0].replace("Status: draft\n", "") + "Isi.\n"
    assert text == (
        "---\nTitle: Lelang: Laku\nDate: 2026-11-24 09:05\nCategory: Berita\nTags: a\nAuthor: b\n"
        "Summary: c\nSlug: lelang-laku\nID: 20261124-0000\n---\n\nIsi.\n"
    )
    assert say(text, now=NOW) == []


def test_its_examples_pass_too(say: Say) -> None:
    text = begin("Lelang: Laku", NOW, first).text
    examples = text.partition("\n\nGambar")[2].partition("-->")[0]
    head = "Title: A\nDate: 2026-02-28\nID: aaa\nTranslation: false\n"
    media = frozenset({"content/images/lelang-perdana.jpg"})
    assert say(f"{head}Gambar{examples}\nIsi.\n", media=media) == []
