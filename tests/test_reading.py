"""The pictures of an article: its own, and the photographs of its body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from syndication.model import Article, Picture
from syndication.reading import read

SITE = "https://kpknl.example.go.id"
LEAD = Picture(f"{SITE}/images/mobil.jpg", "Lima mobil", "sidik mobil.jpg")


@dataclass
class Content:
    """What Pelican hands over."""

    content: str = ""
    metadata: Mapping[str, object] = field(default_factory=dict)
    title: str = "Lelang"
    lang: str = "id"
    date: datetime = datetime(2026, 11, 24, tzinfo=UTC)
    url: str = "artikel/lelang/"


def article(html: str = "", *, gambar: str = "images/mobil.jpg", made: str = "sidik") -> Article:
    said = {"id": "a-1", "gambar": gambar, "gambar_alt": "Lima mobil"} if gambar else {"id": "a-1"}
    return read(
        Content(html, said),
        siteurl=SITE,
        source="content/artikel/lelang.md",
        zone=ZoneInfo("Asia/Makassar"),
        digest_of=lambda url: f"{made} {url.rpartition('/')[2]}" if url.startswith(SITE) else "",
    )


@pytest.mark.parametrize(
    ("html", "further"),
    [
        pytest.param("<p>Tanpa gambar.</p>", (), id="none"),
        pytest.param(
            f'<p><img alt="Denah" src="{SITE}/images/denah.png"></p>', ("denah.png",), id="one"
        ),
        pytest.param(
            f'<picture><source srcset="{SITE}/gambar/a/480.avif 480w">'
            f'<img src="{SITE}/images/denah.png" alt="Denah"></picture>',
            ("denah.png",),
            id="one with its copies",
        ),
        pytest.param(
            f'<img src="{SITE}/images/b.jpg" alt="B"><img src="{SITE}/images/a.webp" alt="A">',
            ("b.jpg", "a.webp"),
            id="two, in their order",
        ),
        pytest.param(
            f'<img src="{SITE}/images/a.png" alt="A"> <img src="{SITE}/images/a.png" alt="A">',
            ("a.png",),
            id="the same twice",
        ),
        pytest.param(f'<img src="{SITE}/images/mobil.jpg" alt="x">', (), id="the lead again"),
        pytest.param(f'<img src="{SITE}/images/bagan.svg" alt="Bagan">', (), id="a drawing"),
        pytest.param('<img src="https://lain.example/a.jpg" alt="A">', (), id="of another site"),
        pytest.param('<img alt="A">', (), id="no address"),
    ],
)
def test_the_photographs_of_a_body_follow_the_lead(html: str, further: tuple[str, ...]) -> None:
    read = article(html)
    assert read.picture == LEAD
    assert tuple(each.url.rpartition("/")[2] for each in read.pictures) == further
    assert all(each.alt and each.digest for each in read.pictures)


def test_a_picture_without_words_is_read_so_that_somebody_notices() -> None:
    (picture,) = article(f'<img src="{SITE}/images/denah.png">').pictures
    assert picture.alt == ""


BODY = f'<img src="{SITE}/images/denah.png" alt="Denah">'


@pytest.mark.parametrize(
    ("html", "gambar", "differs"),
    [
        pytest.param("", "images/mobil.jpg", True, id="its lead"),
        pytest.param(BODY, "", True, id="one of its body"),
        pytest.param("<p>Tanpa gambar.</p>", "", False, id="there is none"),
    ],
)
def test_another_picture_under_the_same_address_makes_another_page(
    html: str, gambar: str, *, differs: bool
) -> None:
    first, second = (article(html, gambar=gambar, made=made).digest for made in ("a", "b"))
    assert (first != second) is differs
