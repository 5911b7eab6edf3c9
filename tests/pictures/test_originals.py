"""A picture is known by what the writer gave, so that an approval is of this one and no other."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from syndication.drafts import draft
from syndication.model import Channel, Picture
from syndication.pictures.originals import Originals
from tests.platforms.samples import ARTICLE
from tests.project import NOWHERE, Project

SITE = "https://kpknl.example.go.id"
WAITS = "menunggu persetujuan"
DIGEST = hashlib.sha256(b"mobil").hexdigest()
TELEGRAM = {"platform": "telegram", "chat_id": "@kpknl", "host": NOWHERE, "approvals": 1}
INSTAGRAM = {
    "platform": "instagram",
    "user_id": "1",
    "host": NOWHERE,
    "approvals": 1,
    "carousel": "yes",
}


@pytest.mark.parametrize(
    ("url", "digest"),
    [
        pytest.param(f"{SITE}/images/mobil.jpg", DIGEST, id="ours"),
        pytest.param(f"{SITE}/images/mobil%20dinas.jpg", DIGEST, id="ours, with a space"),
        pytest.param(f"{SITE}/images/mobil dinas.jpg", DIGEST, id="the same, as it was typed"),
        pytest.param(f"{SITE}/images/lain.jpg", "", id="not there"),
        pytest.param(f"{SITE}/images", "", id="a folder"),
        pytest.param(f"{SITE}/../rahasia.jpg", "", id="out of the folder"),
        pytest.param("https://lain.example/images/mobil.jpg", "", id="of another site"),
        pytest.param(f"{SITE}.lain.example/images/mobil.jpg", "", id="of a site named alike"),
    ],
)
def test_a_file_of_ours_is_known_by_its_bytes(tmp_path: Path, url: str, digest: str) -> None:
    images = tmp_path / "content" / "images"
    images.mkdir(parents=True)
    for name in ("mobil.jpg", "mobil dinas.jpg", "../../rahasia.jpg"):
        (images / name).write_bytes(b"mobil")
    assert Originals(SITE, tmp_path / "content").digest(url) == digest


@pytest.mark.parametrize(
    "platform", ["bluesky", "instagram", "mastodon", "telegram", "whatsapp", "youtube"]
)
def test_a_payload_is_another_one_with_another_picture(platform: str) -> None:
    picture = Picture(f"{SITE}/images/mobil.jpg", "Lima mobil", DIGEST)
    other = replace(picture, digest=hashlib.sha256(b"lain").hexdigest())
    first, same, second = (
        draft(replace(ARTICLE, picture=each), Channel("kanal", platform, "id")).payload
        for each in (picture, picture, other)
    )
    assert first
    assert same
    assert second
    assert first.sha256 == same.sha256 != second.sha256


def paint(project: Project, name: str, colour: str) -> None:
    file = project.root / "content" / "images" / name
    file.parent.mkdir(exist_ok=True)
    Image.new("RGB", (640, 480), colour).save(file)


def illustrated(project: Project, channel: dict[str, object]) -> None:
    project.configure(SYNDICATION_CHANNELS={"kanal": channel})
    paint(project, "mobil.jpg", "navy")
    paint(project, "denah.png", "green")
    project.article(
        "mobil",
        "Lelang mobil dinas dibuka besok.\n\n![Denah tempat lelang]({static}/images/denah.png)\n",
        Gambar="images/mobil.jpg",
        Gambar_alt="Lima mobil dinas",
    )
    assert project.build().returncode == 0


@pytest.mark.parametrize(
    ("channel", "painted"),
    [
        pytest.param(TELEGRAM, "mobil.jpg", id="uploaded by us"),
        pytest.param(INSTAGRAM, "mobil.jpg", id="made to fit, fetched by the platform"),
        pytest.param(INSTAGRAM, "denah.png", id="a further page of a carousel"),
    ],
)
def test_another_picture_under_the_same_address_is_approved_by_nobody(
    project: Project, channel: dict[str, object], painted: str
) -> None:
    illustrated(project, channel)
    (before,) = project.entries()
    assert before.payload
    assert all(media.digest for media in before.payload.media)
    assert WAITS in project.siar("status").stdout
    assert project.siar("approve", "1").returncode == 0
    assert WAITS not in project.siar("status").stdout

    assert project.build().returncode == 0
    assert project.entries() == [before]
    assert WAITS not in project.siar("status").stdout

    paint(project, painted, "maroon")
    assert project.build().returncode == 0
    (after,) = project.entries()
    assert after.payload
    assert [media.url for media in after.payload.media] == [
        media.url for media in before.payload.media
    ]
    assert after.payload.sha256 != before.payload.sha256
    assert after.article_digest != before.article_digest
    assert WAITS in project.siar("status").stdout
