"""A title in its box, at every length. Letters are 0.5 wide here, so widths can be read off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.typesetting import Box, set_title

BOX = Box(width=1000, height=300, largest=80, smallest=32, leading=1.2)


def measure(text: str) -> float:
    return len(text) / 2


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param("Lelang", ("Lelang",), id="one word"),
        pytest.param("", ("",), id="nothing"),
        pytest.param("Lelang Kendaraan Dinas", ("Lelang Kendaraan Dinas",), id="one line"),
        pytest.param(
            "Potensi Media Sosial bagi Publikasi Berita",
            ("Potensi Media Sosial", "bagi Publikasi Berita"),
            id="two even lines",
        ),
        pytest.param(
            "Satu Dua Pertanggungjawaban",
            ("Satu Dua Pertanggungjawaban",),
            id="no word alone, though two lines would be larger",
        ),
    ],
)
def test_a_title_is_broken_as_a_person_would(title: str, lines: tuple[str, ...]) -> None:
    assert set_title(title, BOX, measure).lines == lines


UPRIGHT = Box(width=912, height=746, largest=128, smallest=52)
"""As the card for Instagram has it."""


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        pytest.param("Panduan Ikut Lelang", ("Panduan Ikut Lelang",), id="three words"),
        pytest.param(
            "Potensi Media Sosial bagi Publikasi Berita Instansi Pemerintah",
            ("Potensi Media Sosial", "bagi Publikasi Berita", "Instansi Pemerintah"),
            id="smaller letters, but no word alone",
        ),
        pytest.param(
            "Pertanggungjawaban Penyelenggaraan",
            ("Pertanggungjawaban", "Penyelenggaraan"),
            id="each alone: none is left over",
        ),
        pytest.param(
            "Mempertanggungjawabkan Penyelenggaraan Keterbukaan",
            ("Mempertanggungjawabkan", "Penyelenggaraan", "Keterbukaan"),
            id="alone, where letters would become too small",
        ),
    ],
)
def test_no_word_is_left_over_in_a_narrow_box(title: str, lines: tuple[str, ...]) -> None:
    assert set_title(title, UPRIGHT, measure).lines == lines


def test_a_title_that_never_ends_is_cut_after_a_word() -> None:
    setting = set_title("kata yang panjang, " * 500, BOX, measure)
    assert setting.size >= BOX.smallest
    assert setting.lines[-1].endswith(("kata…", "yang…", "panjang…"))


WORDS = st.text(alphabet="abcdefghijkl-.é", min_size=1, max_size=14)


@given(words=st.lists(WORDS, min_size=1, max_size=60))
def test_whatever_is_set_fits_its_box(words: list[str]) -> None:
    setting = set_title(" ".join(words), BOX, measure)
    assert max(map(measure, setting.lines)) * setting.size <= BOX.width * 1.000001
    assert len(setting.lines) * setting.size * BOX.leading <= BOX.height * 1.000001
    assert setting.size <= BOX.largest
    shown = " ".join(setting.lines)
    assert shown == " ".join(words) or shown.endswith("…")


@given(words=st.lists(WORDS, min_size=4, max_size=20))
def test_no_word_stands_alone_where_two_could_stand_together(words: list[str]) -> None:
    lines = set_title(" ".join(words), BOX, measure).lines
    if len(lines) <= len(" ".join(lines).split()) // 2:
        assert all(" " in line for line in lines)
