"""The card that platforms show for a page: what it says, and its picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cards import identity, wide

FONT = Path(__file__).resolve().parents[2] / "theme" / "static" / "font" / "plus-jakarta-sans.woff2"


def card(title: str, picture: Path | None = None) -> wide.Card:
    name = str(picture or "")
    return wide.Card(title, "KPKNL Pekalongan", "Berita · Senin, 18 Juli 2022", name, name)


def drawn(shown: wide.Card) -> tuple[bytes, Image.Image]:
    data = wide.draw(shown, FONT)
    return data, Image.open(BytesIO(data))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Rp1.250.000 – “lunas”…", "Rp1.250.000 – “lunas”…", id="all there"),
        pytest.param("Peñalosa", "Penalosa", id="an accent"),
        pytest.param("é", "é", id="decomposed, but there once composed"),
        pytest.param("Lelang \N{SNOWMAN}!", "Lelang !", id="a picture"),
        pytest.param("satu\tdua\N{NO-BREAK SPACE}tiga", "satu dua tiga", id="spaces"),
    ],
)
def test_only_what_the_font_has_is_drawn(text: str, shown: str) -> None:
    assert identity.drawable(text, FONT) == shown


def picture(folder: Path, name: str, colour: str) -> Path:
    file = folder / name
    image = Image.new("RGB", (1600, 900), "white")
    image.paste(colour, (100, 100, 1500, 800))
    image.save(file)
    return file


def share(image: Image.Image, box: tuple[int, int, int, int], *, red: bool) -> float:
    pixels = image.crop(box).getcolors(1_000_000) or []
    hits = 0
    for count, colour in pixels:
        assert isinstance(colour, tuple)
        hits += count * ((colour[0] - colour[2] > 100) is red)
    return hits / sum(count for count, _ in pixels)


def test_a_photo_fills_its_side_and_a_drawing_is_shown_whole(tmp_path: Path) -> None:
    side = (720, 0, 1200, 530)
    _, photo = drawn(card("Lelang", picture(tmp_path, "foto.jpg", "red")))
    _, drawing = drawn(card("Lelang", picture(tmp_path, "bagan.png", "red")))
    assert share(photo, side, red=True) > 0.7
    assert 0.3 < share(drawing, side, red=True) < 0.5
    assert share(drawing, (722, 0, 1200, 40), red=False) == 1


@pytest.mark.parametrize("change", ["title", "office", "note", "picture_key"])
def test_a_card_has_another_key_when_it_shows_something_else(change: str) -> None:
    first = card("Lelang")
    assert wide.Card("Lelang", first.office, first.note).key == first.key
    said = {"title": "Lelang", "office": first.office, "note": first.note} | {change: "lain"}
    assert wide.Card(**said).key != first.key
