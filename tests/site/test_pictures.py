"""From a phone's photo to what readers load: upright, small, silent about where it was taken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from PIL import ExifTags, Image, ImageCms

from kantor.pictures import copies
from kantor.pictures.markup import with_copies
from kantor.pictures.original import Album, Original, Size, Unreadable
from tests.site.conftest import FILES, SITEURL, Site, build

PLACE = ((6, 0, 0.0), (53, 0, 18.5))
SECRETS = (b"Exif", b"GPS", b"Telepon Petugas", b"Catatan rahasia", b"http://ns.adobe.com")
TOP, BOTTOM = (200, 30, 30), (30, 30, 200)
SHOWN = """\
---
Title: Serah Terima Kendaraan
Date: 2026-11-21 08:00
Slug: foto
Author: Seksi Pelayanan Lelang
ID: 20261121-foto
Gambar: images/FOTO HP.JPG
Gambar_alt: Kendaraan di halaman kantor
---

Isi pertama dengan <img src="/images/tegak.jpg" alt="Tegak > lebar"> di tengah.

![Bersandi]({static}/images/FOTO%20HP.JPG)

![Bergerak]({static}/images/gerak.gif)

![Peta]({static}/images/peta.svg)
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"></svg>'


def exif(orientation: int) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.Base.Model] = "Telepon Petugas"
    told.get_ifd(ExifTags.IFD.GPSInfo).update({1: "S", 2: PLACE[0], 3: "E", 4: PLACE[1]})
    return told


def photo(file: Path, orientation: int = 1, size: Size = Size(4032, 3024), **more: Any) -> None:  # noqa: ANN401, B008
    """Write what a camera held at that orientation would: upright, its upper half is red."""
    lying = orientation >= 5
    upright = Image.new("RGB", (size.height, size.width) if lying else (size.width, size.height))
    upright.paste(TOP, (0, 0, upright.width, upright.height // 2))
    upright.paste(BOTTOM, (0, upright.height // 2, upright.width, upright.height))
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    held = upright if back is None else upright.transpose(back)
    file.parent.mkdir(parents=True, exist_ok=True)
    held.save(file, exif=exif(orientation), comment=b"Catatan rahasia", **more)


def original(file: Path) -> Original:
    found = Album(file.parent, file.parent / "cache").find(file)
    assert found
    return found


def colours(image: Image.Image) -> tuple[str, str]:
    """Name the colour in the upper and in the lower half."""
    plain = image.convert("RGB")
    middle = plain.width // 2
    found = [plain.getpixel((middle, plain.height * part // 4)) for part in (1, 3)]
    return tuple("red" if p[0] > p[2] else "blue" for p in found)  # type: ignore[index, return-value]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_phone_was_held_the_picture_stands_upright(
    tmp_path: Path, orientation: int
) -> None:
    file = tmp_path / "foto.jpg"
    photo(file, orientation, Size(1024, 768))
    found = original(file)
    lying = orientation >= 5
    assert found.size == (Size(768, 1024) if lying else Size(1024, 768))
    for name in ("clean.jpg", "480.avif", "480.webp"):
        copies.make(found, [name], tmp_path / "copies")
        with Image.open(tmp_path / "copies" / name) as copy:
            assert colours(copy) == ("red", "blue")
            assert (copy.height > copy.width) is lying


@pytest.mark.parametrize("suffix", [".jpg", ".JPEG", ".png", ".webp", ".avif"])
def test_no_copy_tells_where_it_was_taken(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"foto{suffix}"
    photo(file, 6, Size(800, 600))
    assert b"Telepon Petugas" in file.read_bytes()
    found = original(file)
    names = [copies.clean_name(found), *copies.sized_names(found)]
    copies.make(found, names, tmp_path / "copies")
    made = list((tmp_path / "copies").iterdir())
    assert {each.name for each in made} == set(names)
    for each in made:
        data = each.read_bytes()
        assert not [secret for secret in SECRETS if secret in data], each.name
        with Image.open(each) as copy:
            assert not dict(copy.getexif()), each.name


def test_a_phones_jpeg_with_more_frames_is_a_photo_too(tmp_path: Path) -> None:
    file = tmp_path / "foto.jpg"
    depth = Image.new("RGB", (80, 60))
    photo(file, 6, Size(1024, 768), format="MPO", save_all=True, append_images=[depth])
    with Image.open(file) as opened:
        assert opened.format == "MPO"
    assert original(file).size == Size(768, 1024)


def test_wide_colours_become_those_of_every_screen(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo(tmp_path / "foto.jpg", 1, Size(500, 400), icc_profile=lab)
    photo(tmp_path / "rusak.jpg", 1, Size(500, 400), icc_profile=b"not a profile")
    for name in ("foto.jpg", "rusak.jpg"):
        found = original(tmp_path / name)
        copies.make(found, ["clean.jpg", "480.webp"], tmp_path / name[:-4])
        for made in (tmp_path / name[:-4]).iterdir():
            with Image.open(made) as copy:
                assert "icc_profile" not in copy.info
                assert colours(copy) == ("red", "blue")


def test_a_drawing_keeps_its_transparency(tmp_path: Path) -> None:
    drawing = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    drawing.paste((200, 30, 30, 255), (0, 0, 600, 150))
    drawing.quantize(16).save(tmp_path / "bagan.png")
    found = original(tmp_path / "bagan.png")
    copies.make(found, ["clean.png", "480.avif", "480.webp"], tmp_path / "copies")
    for made in (tmp_path / "copies").iterdir():
        with Image.open(made) as copy:
            assert copy.convert("RGBA").getpixel((100, copy.height - 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        pytest.param(Size(4032, 3024), (480, 800, 1200, 1600), id="photo"),
        pytest.param(Size(1600, 900), (480, 800, 1200, 1600), id="chart"),
        pytest.param(Size(1250, 900), (480, 800, 1250), id="no copy hardly smaller than the next"),
        pytest.param(Size(500, 2000), (500,), id="small"),
        pytest.param(Size(64, 36), (64,), id="tiny"),
    ],
)
def test_no_copy_is_larger_than_its_original(size: Size, widths: tuple[int, ...]) -> None:
    assert Original(Path("a.jpg"), "0" * 64, size).widths == widths


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("foto.jpg", b"bukan gambar", id="text"),
        pytest.param("foto.jpg", b"", id="empty"),
        pytest.param("foto.HEIC", b"....ftypheic", id="no browser shows it"),
    ],
)
def test_a_file_that_is_no_picture_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    album = Album(tmp_path, tmp_path / "cache")
    assert album.find(tmp_path / name) is None
    assert album.unreadable == {tmp_path / name}


def test_a_photo_that_ends_early_is_unreadable(tmp_path: Path) -> None:
    photo(tmp_path / "foto.jpg", 1, Size(900, 700))
    whole = (tmp_path / "foto.jpg").read_bytes()
    (tmp_path / "foto.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unreadable):
        copies.make(original(tmp_path / "foto.jpg"), ["480.webp"], tmp_path / "copies")
    assert not list(tmp_path.glob("copies/*"))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_does_not_stop_a_photo(tmp_path: Path) -> None:
    image = Image.new("RGB", (600, 400), TOP)
    image.save(tmp_path / "foto.jpg", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f")
    found = original(tmp_path / "foto.jpg")
    copies.make(found, ["clean.jpg"], tmp_path / "copies")
    assert found.size == Size(600, 400)


def test_what_was_learnt_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file, cache = tmp_path / "foto.jpg", tmp_path / "cache"
    photo(file, 1, Size(600, 400))
    album = Album(tmp_path, cache)
    first = album.find(file)
    album.remember()
    state = file.stat()
    file.write_bytes(b"x" * state.st_size)  # same size, same time: nobody looks inside again
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert Album(tmp_path, cache).find(file) == first
    photo(file, 1, Size(700, 400))
    assert Album(tmp_path, cache).find(file) != first


def test_a_spoilt_memory_is_only_forgotten(tmp_path: Path) -> None:
    photo(tmp_path / "foto.jpg", 1, Size(600, 400))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "index.json").write_text("{", "utf-8")
    assert original(tmp_path / "foto.jpg").size == Size(600, 400)


def test_a_writers_own_choice_of_sources_is_left_alone(tmp_path: Path) -> None:
    body = '<picture><source srcset="a.webp"><img src="/images/a.png" alt=""></picture>'
    assert with_copies(body, Album(tmp_path, tmp_path), "") == body


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a photo of 12 megapixels as it comes from a phone, and others."""
    root = tmp_path_factory.mktemp("foto")
    images = root / "content" / "images"
    photo(images / "FOTO HP.JPG", 6)
    photo(images / "tegak.jpg", 8, Size(1500, 1000))
    photo(images / "tak tampil.jpg", 1, Size(900, 600))
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("navy", "red")]
    frames[0].save(images / "gerak.gif", save_all=True, append_images=frames[1:])
    done = build(
        root, files=FILES | {"content/artikel/foto.md": SHOWN, "content/images/peta.svg": SVG}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Site(root / "output")


def photo_of(shown: Site) -> Tag:
    found = shown.page("artikel/foto").select_one("figure.picture picture")
    assert isinstance(found, Tag)
    return found


def test_a_photo_from_a_phone_just_works(shown: Site) -> None:
    lead = photo_of(shown)
    image = lead.select_one("img")
    assert isinstance(image, Tag)
    assert image["src"] == f"{SITEURL}/images/FOTO%20HP.JPG"
    assert image["fetchpriority"] == "high"
    assert "loading" not in image.attrs
    assert (image["width"], image["height"]) == ("1600", "2133")
    kinds = [str(source["type"]) for source in lead.select("source")]
    assert kinds == ["image/avif", "image/webp"]


def test_every_file_that_a_page_offers_is_there_and_as_large_as_it_says(shown: Site) -> None:
    page = shown.page("artikel/foto")
    choices = [str(source["srcset"]) for source in page.select("source")]
    assert len(choices) == 6
    for choice in choices:
        for each in choice.split(", "):
            address, said = each.split(" ")
            file = shown.root / address.removeprefix(f"{SITEURL}/")
            with Image.open(file) as image:
                assert f"{image.width}w" == said


def test_pictures_in_the_text_load_late_and_offer_their_copies(shown: Site) -> None:
    page = shown.page("artikel/foto")
    image = page.select_one('.e-content p > picture > img[src="/images/tegak.jpg"]')
    assert isinstance(image, Tag)
    assert (image["loading"], image["decoding"]) == ("lazy", "async")
    assert (image["width"], image["height"]) == ("1000", "1500")
    assert image["alt"] == "Tegak > lebar"
    for path in ("images/gerak.gif", "images/peta.svg"):
        plain = page.select_one(f'.e-content figure > img[src="{SITEURL}/{path}"]')
        assert isinstance(plain, Tag), path
        assert (shown.root / path).exists()


def test_no_original_leaves_the_office(shown: Site) -> None:
    for file in shown.root.rglob("*"):
        if file.is_file():
            assert b"Telepon Petugas" not in file.read_bytes(), file
    assert (shown.root / "images" / "tak tampil.jpg").exists()
    assert len((shown.root / "images" / "FOTO HP.JPG").read_bytes()) < 400_000


def test_a_photo_full_of_detail_stays_light_on_a_phone(tmp_path: Path) -> None:
    bands = [Image.effect_noise((700, 525), 28).resize((2800, 2100)) for _ in "rgb"]
    Image.merge("RGB", bands).save(tmp_path / "foto.jpg", quality=92)
    copies.make(original(tmp_path / "foto.jpg"), ["800.avif", "800.webp"], tmp_path / "copies")
    assert (tmp_path / "copies" / "800.avif").stat().st_size <= copies.MOST_BYTES_AT_800


def test_building_again_makes_nothing_anew_and_drops_what_is_shown_no_more(
    shown: Site,
) -> None:
    root = shown.root.parent
    before = {file: file.stat().st_mtime_ns for file in (root / "var" / "pictures").rglob("*.*")}
    copy = set((shown.root / "gambar").rglob("*.avif"))
    assert copy
    less = SHOWN.replace("Gambar: images/FOTO HP.JPG\n", "").replace("FOTO%20HP.JPG", "peta.svg")
    done = build(root, files=FILES | {"content/artikel/foto.md": less})
    assert done.returncode == 0, done.stdout + done.stderr
    after = {file: file.stat().st_mtime_ns for file in (root / "var" / "pictures").rglob("*.*")}
    changed = {f.name for f in before if before[f] != after.get(f)}
    assert changed == {"index.json"}
    assert set((shown.root / "gambar").rglob("*.avif")) < copy


def test_a_spoilt_picture_is_named_with_its_remedy(tmp_path: Path) -> None:
    spoilt = tmp_path / "content" / "images" / "rusak.jpg"
    photo(spoilt, 1, Size(900, 700))
    spoilt.write_bytes(spoilt.read_bytes()[:3000])
    done = build(tmp_path, files=FILES)
    assert done.returncode != 0
    assert "content/images/rusak.jpg: gambar ini rusak" in done.stdout + done.stderr
