"""What platforms fetch is in the site: the article's picture made to fit, or a card."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from syndication.drafts import draft
from syndication.model import Article, Channel, Picture
from syndication.pictures.publish import Planned, Site, publish, publishing
from tests.platforms.samples import ARTICLE

FONT = Path(__file__).resolve().parents[2] / "theme" / "static" / "font" / "plus-jakarta-sans.woff2"
URL = "https://kpknl.example.go.id"
INSTAGRAM = Channel("ig", "instagram", "id")
FITTED = "gambar/lelang.jpg.instagram.jpg"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(URL, tmp_path / "output", tmp_path / "cache", "KPKNL Pekalongan", FONT)
    put(site, "gambar/lelang.jpg", "navy")
    return site


def put(site: Site, path: str, colour: str) -> Path:
    file = site.output / path
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (1600, 400), colour).save(file)
    return file


def planned(article: Article = ARTICLE, channel: Channel = INSTAGRAM) -> Planned:
    return Planned.of(draft(article, channel))


def files(site: Site) -> set[str]:
    return {str(file.relative_to(site.output)) for file in site.output.rglob("*") if file.is_file()}


def test_the_articles_picture_is_made_to_fit_beside_the_original(site: Site) -> None:
    assert publish([planned()], site) == ()
    assert files(site) == {"gambar/lelang.jpg", FITTED}
    with Image.open(site.output / FITTED) as made:
        assert made.format == "JPEG"
        assert 0.8 <= made.width / made.height <= 1.91


def test_without_a_picture_a_card_is_drawn_beside_the_page(site: Site) -> None:
    publish([planned(replace(ARTICLE, picture=None))], site)
    (card,) = files(site) - {"gambar/lelang.jpg"}
    assert card.startswith("artikel/kartu-")
    with Image.open(site.output / card) as made:
        assert made.size == (1080, 1350)


@pytest.mark.parametrize("content", [None, b"<svg/>", b""], ids=["not there", "a drawing", "empty"])
def test_a_picture_that_cannot_be_opened_is_replaced_by_a_card(
    site: Site, content: bytes | None
) -> None:
    source = site.output / "gambar" / "lelang.jpg"
    source.unlink()
    if content is not None:
        source.write_bytes(content)
    (said,) = publish([planned()], site)
    assert said.startswith(f"{ARTICLE.title}: gambarnya tidak dapat dibuka")
    with Image.open(site.output / FITTED) as made:
        assert made.size == (1080, 1350)


def test_the_preview_finds_each_picture_when_it_shows_the_post(site: Site) -> None:
    (shown,) = publishing([draft(ARTICLE, INSTAGRAM)], site)
    assert shown == draft(ARTICLE, INSTAGRAM)
    assert files(site) == {"gambar/lelang.jpg", FITTED}


def test_what_was_made_is_kept_and_made_anew_when_it_changes(site: Site) -> None:
    publish([planned()], site)
    (kept,) = site.cache.iterdir()
    marked = BytesIO()
    Image.new("RGB", (8, 8), "red").save(marked, "JPEG")
    kept.write_bytes(marked.getvalue())
    publish([planned()], site)
    assert (site.output / FITTED).read_bytes() == marked.getvalue()

    put(site, "gambar/lelang.jpg", "green")
    publish([planned()], site)
    with Image.open(site.output / FITTED) as made:
        assert made.width == 1440


def test_a_release_that_is_served_keeps_its_file(site: Site) -> None:
    publish([planned()], site)
    served = site.output.parent / "served.jpg"
    served.hardlink_to(site.output / FITTED)
    before = served.read_bytes()
    put(site, "gambar/lelang.jpg", "green")
    publish([planned()], site)
    assert served.read_bytes() == before
    assert (site.output / FITTED).read_bytes() != before


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://lain.example/a.jpg", id="another site"),
        pytest.param(f"{URL}/../../keluar.jpg", id="out of the folder"),
        pytest.param(f"{URL}.lain.example/a.jpg", id="a name that begins alike"),
    ],
)
def test_nothing_is_written_elsewhere(site: Site, url: str) -> None:
    elsewhere = replace(ARTICLE, picture=Picture(url, "Juru lelang"))
    publish([planned(elsewhere)], site)
    assert files(site) == {"gambar/lelang.jpg"}
    assert {path.name for path in site.output.parent.iterdir()} <= {"output", "cache"}


@pytest.mark.parametrize("platform", ["whatsapp", "telegram", "threads", "x"])
def test_nothing_is_made_for_who_fetches_nothing(site: Site, platform: str) -> None:
    publish([planned(channel=Channel("a", platform, "id"))], site)
    assert files(site) == {"gambar/lelang.jpg"}
