"""What every card keeps, whatever its title: format, weight, and a title within its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cards import identity, tall, wide

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
ANY_TITLE = pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)


@dataclass(frozen=True)
class Kind:
    """A kind of card, its size, the most bytes it may have, and where nothing is drawn."""

    draw: Callable[[str], bytes]
    size: tuple[int, int]
    most_bytes: int
    free: tuple[tuple[int, int, int, int], ...]


def _tall(title: str) -> bytes:
    return tall.draw(tall.Card(title, "KPKNL Pekalongan", "Senin, 18 Juli 2022", "go.id"), FONT)


def _wide(title: str) -> bytes:
    return wide.draw(wide.Card(title, "KPKNL Pekalongan", "Berita · Senin, 18 Juli 2022"), FONT)


KINDS = {
    "tall": Kind(
        _tall, (1080, 1350), 250_000, ((0, 0, 72, 1240), (1008, 0, 1080, 1240), (0, 200, 1080, 250))
    ),
    "wide": Kind(
        _wide, (1200, 630), 175_000, ((0, 0, 60, 520), (1140, 0, 1200, 520), (0, 118, 1200, 130))
    ),
}
ANY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@ANY_KIND
@ANY_TITLE
def test_it_is_a_file_that_every_platform_takes(kind: Kind, title: str) -> None:
    data = kind.draw(title)
    with Image.open(BytesIO(data)) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", kind.size, "RGB")
        assert not image.info.get("progressive")
    assert 30_000 < len(data) < kind.most_bytes


@ANY_KIND
@ANY_TITLE
def test_the_title_stays_in_its_place(kind: Kind, title: str) -> None:
    ground = Image.new("RGB", (1, 1), identity.DEEP).getpixel((0, 0))
    image = Image.open(BytesIO(kind.draw(title)))
    for box in kind.free:
        for _, colour in image.crop(box).getcolors(100_000) or ():
            assert isinstance(colour, tuple)
            assert isinstance(ground, tuple)
            assert max(abs(a - b) for a, b in zip(colour, ground, strict=True)) < 24, box


@ANY_KIND
def test_the_same_words_make_the_same_file(kind: Kind) -> None:
    assert kind.draw("Lelang") == kind.draw("Lelang")
