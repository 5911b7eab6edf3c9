"""Pictures made to fit: every size ends between 4:5 and 1.91:1, upright and without a place."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from syndication.pictures.forms import forms, made_to_fit
from syndication.platforms.pictures import NoPicture

INSTAGRAM = forms()["instagram"]
CAROUSEL = forms()["carousel"]


def picture(size: tuple[int, int], kind: str = "JPEG", colour: str = "navy") -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def fitting(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(made_to_fit(data, INSTAGRAM)))
    assert image.format == "JPEG"
    assert INSTAGRAM.narrowest <= image.width / image.height <= INSTAGRAM.widest
    return image


@pytest.mark.parametrize(
    ("size", "becomes"),
    [
        pytest.param((1080, 1350), (1080, 1350), id="4:5 stays"),
        pytest.param((1200, 900), (1200, 900), id="4:3 stays"),
        pytest.param((4000, 3000), (1440, 1080), id="smaller"),
        pytest.param((1000, 2000), (576 * 2, 1440), id="too narrow: a border at both sides"),
        pytest.param((1400, 200), (1400, 733), id="too wide: a border above and below"),
        pytest.param((1, 1), (1, 1), id="a dot"),
    ],
)
def test_sizes(size: tuple[int, int], becomes: tuple[int, int]) -> None:
    assert fitting(picture(size)).size == becomes


@settings(deadline=None)  # how long a busy machine takes shows nothing
@given(width=st.integers(1, 400), height=st.integers(1, 400))
def test_any_size_is_made_to_fit(width: int, height: int) -> None:
    fitting(picture((width, height)))


def test_a_border_hides_nothing() -> None:
    image = fitting(picture((1400, 200)))
    middle, top = image.getpixel((700, 366)), image.getpixel((700, 10))
    assert isinstance(middle, tuple)
    assert isinstance(top, tuple)
    assert middle[0] < 40
    assert top[0] > 200


def test_is_turned_upright_and_tells_no_place() -> None:
    sideways = Image.new("RGB", (1200, 1000), "navy")
    exif = sideways.getexif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "S"
    file = BytesIO()
    sideways.save(file, "JPEG", exif=exif)
    image = fitting(file.getvalue())
    assert image.size == (1000, 1200)
    assert not image.getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_every_kind_becomes_a_jpeg(kind: str) -> None:
    fitting(picture((300, 300), kind))


def test_what_is_no_picture_is_none() -> None:
    with pytest.raises(NoPicture):
        made_to_fit(b"<svg/>", INSTAGRAM)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((1080, 1350), id="as it is"),
        pytest.param((1600, 900), id="wide"),
        pytest.param((900, 1600), id="narrow"),
        pytest.param((4000, 5000), id="large"),
        pytest.param((40, 30), id="small"),
    ],
)
def test_all_pages_of_a_carousel_are_of_one_size(size: tuple[int, int]) -> None:
    with Image.open(BytesIO(made_to_fit(picture(size), CAROUSEL))) as image:
        assert (image.format, image.size) == ("JPEG", (1080, 1350))
        middle = image.getpixel((540, 675))
    assert isinstance(middle, tuple)
    assert middle[2] > 100 > middle[0]
