"""What Instagram fetches: from a build through the live site to the post, with real programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from syndication.model import State
from tests.platforms.fakes.instagram import Instagram
from tests.platforms.fakes.stage import playing
from tests.project import Project

USER = "1784140000"
SECRETS = {"SIAR_INSTAGRAM_ACCESS_TOKEN": "EAAG-rahasia-akun"}


@dataclass
class Office:
    """A project whose channel is a fake Instagram that really fetches the pictures."""

    project: Project
    instagram: Instagram


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    instagram = Instagram(USER, SECRETS["SIAR_INSTAGRAM_ACCESS_TOKEN"], fetches=True)
    with playing(instagram) as stage:
        project = Project(tmp_path / "kantor")
        options = {"user_id": USER, "pause": "0", "host": stage.url, "carousel": "yes"}
        channel = {"platform": "instagram", "lang": "id", "account": "kpknl.contoh"} | options
        project.configure(SYNDICATION_CHANNELS={"instagram": channel})
        with project.served():
            assert project.siar("init", "--since", "2026-01-01").returncode == 0
            yield Office(project, instagram)
    assert instagram.complaints == []


def test_an_article_without_a_picture_goes_out_with_a_card(office: Office) -> None:
    office.project.article("mobil", Title="Lelang Mobil Dinas")
    done = office.project.invoke("siar", **SECRETS)
    assert done.returncode == 0, done.stdout + done.stderr
    (post,) = office.instagram.published()
    assert post["alt_text"] == "Kartu bertuliskan: Lelang Mobil Dinas"
    assert str(post["text"]).count(f"{office.project.siteurl}/artikel/mobil/") == 1


def test_the_articles_picture_goes_out_made_to_fit(office: Office) -> None:
    images = office.project.root / "content" / "images"
    images.mkdir()
    Image.new("RGB", (2400, 600), "navy").save(images / "mobil.png")
    office.project.article("mobil", Gambar="images/mobil.png", Gambar_alt="Sebuah mobil dinas")
    done = office.project.invoke("siar", **SECRETS)
    assert done.returncode == 0, done.stdout + done.stderr
    (post,) = office.instagram.published()
    assert post["alt_text"] == "Sebuah mobil dinas"
    assert str(post["image_url"]).endswith("/images/mobil.png.instagram.jpg")


def with_two_pictures(project: Project) -> None:
    images = project.root / "content" / "images"
    images.mkdir()
    Image.new("RGB", (2400, 600), "navy").save(images / "mobil.png")
    Image.new("RGB", (600, 900), "maroon").save(images / "denah.jpg")
    body = "Lelang mobil dinas dibuka besok.\n\n![Denah aula]({static}/images/denah.jpg)\n"
    lead = {"Gambar": "images/mobil.png", "Gambar_alt": "Sebuah mobil dinas"}
    project.article("mobil", body, **lead)


def test_the_pictures_of_the_body_go_out_as_a_carousel(office: Office) -> None:
    with_two_pictures(office.project)
    done = office.project.invoke("siar", **SECRETS)
    assert done.returncode == 0, done.stdout + done.stderr
    (post,) = office.instagram.published()
    site = office.project.siteurl
    assert post["children"] == [
        {"image_url": f"{site}/images/{name}.carousel.jpg", "alt_text": alt}
        for name, alt in (("mobil.png", "Sebuah mobil dinas"), ("denah.jpg", "Denah aula"))
    ]
    for name in ("mobil.png", "denah.jpg"):
        with Image.open(office.project.root / "output" / "images" / f"{name}.carousel.jpg") as made:
            assert (made.format, made.size) == ("JPEG", (1080, 1350))


def test_a_page_of_a_carousel_that_is_not_live_holds_the_post_back(office: Office) -> None:
    with_two_pictures(office.project)
    assert office.project.build().returncode == 0
    (office.project.root / "output" / "images" / "denah.jpg.carousel.jpg").unlink()
    assert office.project.invoke("deploy").returncode == 0
    office.project.siar("relay", **SECRETS)
    (entry,) = office.project.entries()
    assert (entry.state, "denah.jpg.carousel.jpg" in entry.reason) == (State.QUEUED, True)
    assert office.instagram.containers == {}


def test_a_picture_that_is_not_live_holds_the_post_back(office: Office) -> None:
    office.project.article("mobil")
    assert office.project.build().returncode == 0
    (entry,) = office.project.entries()
    assert entry.payload
    (card,) = (office.project.root / "output" / "artikel" / "mobil").glob("kartu-*.jpg")
    assert entry.payload.media[0].url.endswith(f"/artikel/mobil/{card.name}")
    card.unlink()
    assert office.project.invoke("deploy").returncode == 0
    office.project.siar("relay", **SECRETS)
    (entry,) = office.project.entries()
    assert entry.state is State.QUEUED
    assert card.name in entry.reason
    assert office.instagram.containers == {}
