"""Every article has a card for those who share it, with a picture or without."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from tests.site.conftest import SITEURL, Site, build
from tests.site.test_article import graph

ARTICLES = ["potensi-media-sosial", "en/artikel/potensi-media-sosial", "jahat", "program"]


def said(site: Site, path: str, name: str) -> str:
    [meta] = site.page(path).select(f'meta[property="og:image{name}"]')
    return str(meta["content"])


@pytest.mark.parametrize("article", ARTICLES)
def test_the_card_is_there_as_the_page_says(site: Site, article: str) -> None:
    path = article if "/" in article else f"artikel/{article}"
    address = said(site, path, "")
    assert re.fullmatch(rf"{SITEURL}/kartu/(en/)?[a-z-]+\.jpg\?v=[0-9a-f]{{8}}", address)
    file = site.root / address.removeprefix(f"{SITEURL}/").split("?")[0]
    with Image.open(file) as image:
        assert [str(side) for side in image.size] == [
            said(site, path, ":width"),
            said(site, path, ":height"),
        ]
        assert f"image/{str(image.format).lower()}" == said(site, path, ":type")


@pytest.mark.parametrize(
    ("path", "alt"),
    [
        (
            "artikel/jahat",
            'KPKNL Pekalongan: <script>alert(1)</script> & "kutipan". Alt "berkutip" <i>',
        ),
        ("artikel/program", "KPKNL Pekalongan: Ditarik: Program Keringanan Utang"),
        ("en/artikel/potensi-media-sosial", "KPKNL Pekalongan: What Social Media Can Do"),
    ],
)
def test_the_card_has_words_for_those_who_cannot_see_it(site: Site, path: str, alt: str) -> None:
    assert said(site, path, ":alt") == alt


def test_structured_data_shows_the_picture_and_the_card(site: Site) -> None:
    images = graph(site.page("artikel/jahat"))["NewsArticle"]["image"]
    assert images == [f"{SITEURL}/images/uji.png", said(site, "artikel/jahat", "")]


def test_other_pages_keep_the_sites_own_card(site: Site) -> None:
    assert said(site, "hubungi-kami", "") == f"{SITEURL}/theme/img/card.png"


def test_a_card_is_drawn_once(site: Site) -> None:
    root = site.root.parent
    kept = {file: file.stat().st_mtime_ns for file in (root / "var/pictures/kartu").iterdir()}
    assert len(kept) == len(ARTICLES)
    done = build(root, files={})
    assert done.returncode == 0, done.stdout + done.stderr
    assert kept == {f: f.stat().st_mtime_ns for f in (root / "var/pictures/kartu").iterdir()}
