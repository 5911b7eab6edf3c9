"""The card that Instagram shows: its format, its weight, and what it says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cards import identity, tall

FONT = Path(__file__).resolve().parents[2] / "theme" / "static" / "font" / "plus-jakarta-sans.woff2"
TITLES = {
    "one word": "Lelang",
    "one long word": "Pertanggungjawaban",
    "usual": "Potensi Media Sosial bagi Publikasi Berita Instansi Pemerintah",
    "long": "Pengumuman Hasil Penilaian Barang Milik Negara Berupa Tanah dan Gedung " * 3,
    "endless": "kata " * 400,
    "unbreakable": "pertanggungjawaban" * 6,
    "letters the font has not": "Émile \N{SNOWMAN} 中文 Peñalosa ½",
    "nothing": "",
}


def card(title: str = "Lelang", **said: str) -> tall.Card:
    shown = {"office": "KPKNL Pekalongan", "day": "Senin, 18 Juli 2022", "host": "kantor.go.id"}
    return tall.Card(title, **(shown | said))


def drawn(title: str) -> tuple[bytes, Image.Image]:
    data = tall.draw(card(title), FONT)
    return data, Image.open(BytesIO(data))


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_it_is_a_file_that_instagram_takes(title: str) -> None:
    data, image = drawn(title)
    assert (image.format, image.size, image.mode) == ("JPEG", (1080, 1350), "RGB")
    assert not image.info.get("progressive")
    assert 30_000 < len(data) < 250_000


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_the_title_stays_in_its_place(title: str) -> None:
    ground = Image.new("RGB", (1, 1), identity.DEEP).getpixel((0, 0))
    _, image = drawn(title)
    for box in ((0, 0, 72, 1240), (1008, 0, 1080, 1240), (0, 200, 1080, 250)):
        for _, colour in image.crop(box).getcolors(100_000) or ():
            assert isinstance(colour, tuple)
            assert isinstance(ground, tuple)
            assert max(abs(a - b) for a, b in zip(colour, ground, strict=True)) < 24, box


def test_the_same_words_make_the_same_file() -> None:
    assert drawn("Lelang")[0] == drawn("Lelang")[0]
    assert card().key == card().key


@pytest.mark.parametrize(
    "said", [{"title": "Lain"}, {"office": "Lain"}, {"day": "Lain"}, {"host": "lain.go.id"}]
)
def test_whatever_it_shows_is_in_its_key(said: dict[str, str]) -> None:
    assert card(**said).key != card().key
