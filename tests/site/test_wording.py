"""Small pure parts of the site's plugin, as tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kantor.body import THEME_IDS, anchor
from kantor.outline import Heading, outline
from kantor.redirects import saved_at
from kantor.wording import linked, plain, shorten
from tests.site.conftest import HERE
from visits.figures import read_views


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Tugas humas", "tugas-humas"),
        ("2021 dalam angka", "bagian-2021-dalam-angka"),
        ("Café & résumé", "cafe-resume"),
        ("???", "bagian"),
        ("Sumber", "bagian-sumber"),
    ],
)
def test_anchor(heading: str, expected: str) -> None:
    assert anchor(heading, "-") == expected


def test_no_heading_takes_an_id_of_the_theme() -> None:
    templates = HERE / "theme" / "templates"
    around = [templates / name for name in ("base.html", "article.html", "page.html")]
    texts = [path.read_text("utf-8") for path in (*around, *templates.glob("parts/*"))]
    assert {one for text in texts for one in re.findall(r' id="([^"{]+)"', text)} == THEME_IDS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("pendek", "pendek", id="fits"),
        pytest.param("Satu dua tiga. Empat lima enam", "Satu dua tiga.", id="sentence"),
        pytest.param("satu dua tiga, empat lima enam", "satu dua tiga…", id="word"),
    ],
)
def test_shorten(text: str, expected: str) -> None:
    assert shorten(text, 20) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("https://a.id/x.", '<a href="https://a.id/x">https://a.id/x</a>.'),
        (
            "(https://a.id/?x=1&y=2)",
            '(<a href="https://a.id/?x=1&amp;y=2">https://a.id/?x=1&amp;y=2</a>)',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
    ids=["escaped", "full stop", "query", "script"],
)
def test_linked(text: str, expected: str) -> None:
    assert linked(text) == expected


def test_plain() -> None:
    assert plain("<p>Satu &amp;\n<b>dua</b></p>") == "Satu & dua"


def test_outline_keeps_the_order_and_drops_markup() -> None:
    markup = '<h2 id="a">Satu <em>dua</em></h2><p>x</p><h3 id="b">Tiga</h3><h2>tanpa id</h2>'
    assert outline(markup) == [Heading(2, "a", "Satu dua"), Heading(3, "b", "Tiga")]


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/kpknl/baca-artikel/1/Judul.html", "kpknl/baca-artikel/1/Judul.html"),
        ("https://lama.example.go.id/kpknl/1/Judul.html?x=1", "kpknl/1/Judul.html"),
        ("/artikel/lama/", "artikel/lama/index.html"),
        ("/artikel/lama", "artikel/lama/index.html"),
        ("/artikel/Judul%20Lama.html", "artikel/Judul Lama.html"),
    ],
)
def test_saved_at(address: str, file: str) -> None:
    assert saved_at(address) == file


def test_no_views_file_means_no_figures(tmp_path: Path) -> None:
    assert read_views(tmp_path / "tidak-ada.json") is None


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", '{"since": "kemarin", "counts": {}}', '{"since": "2022-01-01", "counts": []}'],
)
def test_a_views_file_that_is_none_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kunjungan.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"kunjungan\.json: bukan berkas kunjungan"):
        read_views(path)
