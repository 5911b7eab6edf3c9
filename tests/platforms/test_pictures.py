from __future__ import annotations

from io import BytesIO
from unittest.mock import patch

import httpx
import pytest
from PIL import Image

from syndication.platforms.pictures import Frame, NoPicture, fetch, fitted
from tests.platforms.fakes.pictures import album, photograph

ANY = Frame(most_bytes=10_000_000)


def drawn(mode: str, size: tuple[int, int], kind: str) -> bytes:
    written = BytesIO()
    Image.new(mode, size).save(written, kind)
    return written.getvalue()


@pytest.mark.parametrize(
    ("frame", "size"),
    [
        pytest.param(ANY, (1600, 1200), id="as it is, upright"),
        pytest.param(Frame(10_000_000, longest_side=800), (800, 600), id="a side"),
        pytest.param(Frame(10_000_000, most_pixels=480_000), (800, 600), id="pixels in all"),
        pytest.param(Frame(10_000_000, most_pixels=1), (1, 1), id="hardly anything"),
    ],
)
def test_is_made_to_fit(frame: Frame, size: tuple[int, int]) -> None:
    with Image.open(BytesIO(fitted(photograph(), frame))) as picture:
        assert picture.size == size


def test_no_cache_gives_the_picture_before_it() -> None:
    with album() as site, patch.object(httpx, "stream", wraps=httpx.stream) as asked:
        for _ in range(2):
            assert fetch(f"{site}/foto.jpg?lebar=9", seconds=5) == photograph()
    first, second = (str(each.args[1]) for each in asked.call_args_list)
    assert first != second
    assert all("lebar=9" in each for each in (first, second))


@pytest.mark.parametrize("most_bytes", [400_000, 100_000, 5_000])
def test_is_small_enough_in_bytes_and_the_same_every_time(most_bytes: int) -> None:
    written = fitted(photograph(), Frame(most_bytes))
    assert len(written) <= most_bytes
    assert written == fitted(photograph(), Frame(most_bytes))


def test_leaves_place_and_camera_behind() -> None:
    assert b"Makassar" in photograph()
    written = fitted(photograph(), ANY)
    assert b"Makassar" not in written
    assert b"Exif" not in written


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("P", "GIF"), ("CMYK", "JPEG"), ("LA", "PNG"), ("1", "BMP")]
)
def test_takes_pictures_of_every_kind(mode: str, kind: str) -> None:
    with Image.open(BytesIO(fitted(drawn(mode, (9, 7), kind), ANY))) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (9, 7))


def test_what_is_transparent_becomes_white() -> None:
    with Image.open(BytesIO(fitted(drawn("RGBA", (9, 9), "PNG"), ANY))) as picture:
        assert picture.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<h1>Masuk</h1>", id="a page"),
        pytest.param(photograph()[:5000], id="cut off"),
        pytest.param(drawn("1", (20_000, 10_000), "PNG"), id="a bomb"),
    ],
)
def test_what_cannot_be_opened_says_so(data: bytes) -> None:
    with pytest.raises(NoPicture, match="dibuka"):
        fitted(data, ANY)


def test_what_cannot_be_fetched_says_so() -> None:
    with album() as url:
        assert fetch(f"{url}/foto.jpg", seconds=10) == photograph()
        with pytest.raises(NoPicture, match="HTTP 404"):
            fetch(f"{url}/lain.jpg", seconds=10)
    for address in (url, "gambar.jpg", "http://[", "mailto:a@b"):
        with pytest.raises(NoPicture):
            fetch(address, seconds=10)
