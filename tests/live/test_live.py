"""The development server over real files and processes: what it builds, tells and serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kantor.live.builder import FAILED, MORE, failure
from kantor.live.pages import with_script
from tests.live.running import Live, running

SETTINGS = """\
SITENAME = "Kantor"
PATH = "content"
THEME = "theme"
PLUGINS = []
TIMEZONE = "Asia/Jakarta"
DIRECT_TEMPLATES = ["index"]
"""
ARTICLE = "Title: {title}\nDate: 2026-11-20\nSlug: satu\n\nIsi.\n"
PAGE = "satu.html"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site of one article, with a template of its own for it."""
    for folder in ("content", "theme/templates"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pelicanconf.py").write_text(SETTINGS)
    (tmp_path / "theme" / "templates" / "article.html").write_text(
        "<body><h1>{{ article.title }}</h1><p>{{ SITENAME }}</p></body>"
    )
    write(tmp_path, "Yang Pertama")
    return tmp_path


@pytest.fixture
def live(root: Path) -> Iterator[Live]:
    with running(root / "pelicanconf.py", root / "live.log") as server:
        server.hear(server.shows(PAGE, "Yang Pertama"))
        yield server


def write(root: Path, title: str) -> None:
    (root / "content" / "satu.md").write_text(ARTICLE.format(title=title))


def test_what_is_saved_is_served(live: Live, root: Path) -> None:
    mark = live.get(PAGE).headers["ETag"]
    write(root, "Yang Kedua")
    live.hear(live.shows(PAGE, "<h1>Yang Kedua</h1>"))
    assert live.get(PAGE).headers["ETag"] != mark
    assert live.get(PAGE).headers["Cache-Control"] == "no-store"


def test_a_template_is_read_anew(live: Live, root: Path) -> None:
    (root / "theme" / "templates" / "article.html").write_text("<b>{{ article.title }}</b>")
    live.hear(live.shows(PAGE, "<b>Yang Pertama</b>"))


def test_settings_are_read_anew(live: Live, root: Path) -> None:
    (root / "pelicanconf.py").write_text(SETTINGS.replace("Kantor", "Kantor Baru"))
    live.hear(live.shows(PAGE, "<p>Kantor Baru</p>"))


def test_a_failed_build_leaves_the_last_page_and_says_why(live: Live, root: Path) -> None:
    good = (root / "theme" / "templates" / "article.html").read_text()
    (root / "theme" / "templates" / "article.html").write_text("{{ article.tidak.ada }}")
    said = live.hear(bool)
    assert said.startswith(FAILED)
    assert "tidak" in said
    assert "<h1>Yang Pertama</h1>" in live.get(PAGE).text
    (root / "theme" / "templates" / "article.html").write_text(f"{good}<i>lagi</i>")
    live.hear(live.shows(PAGE, "<i>lagi</i>"))


def test_settings_that_are_no_python_do_not_end_the_server(live: Live, root: Path) -> None:
    (root / "pelicanconf.py").write_text("SITENAME = ")
    assert live.hear(bool).splitlines()[0] == FAILED
    (root / "pelicanconf.py").write_text(SETTINGS.replace("Kantor", "Kantor Lagi"))
    live.hear(live.shows(PAGE, "<p>Kantor Lagi</p>"))


def test_a_page_that_is_not_there_waits_for_it(live: Live) -> None:
    answer = live.get("belum-ada.html")
    assert answer.status_code == 404
    assert "ETag" not in answer.headers
    assert 'data-etag=""' in answer.text


def test_the_script_is_not_in_the_built_site(live: Live, root: Path) -> None:
    assert "_langsung" in live.get(PAGE).text
    assert "_langsung" not in (root / "var" / "devserver" / PAGE).read_text()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("<body>a</body>", "<body>a{}</body>", id="before the end of the body"),
        pytest.param("<p>a", "<p>a{}", id="at the end where no body is closed"),
        pytest.param("a</body>b</body>", "a</body>b{}</body>", id="before the last"),
    ],
)
def test_where_the_script_goes(page: str, expected: str) -> None:
    tag = '<script src="/_langsung/ikuti.js" data-etag="&quot;1&quot;" defer></script>'
    assert with_script(page, '"1"') == expected.format(tag)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("a.md:3: salah\n", [FAILED, "a.md:3: salah"], id="our own words"),
        pytest.param(
            "Traceback (most recent call last):\n  x\nValueError: y\n",
            [FAILED, "ValueError: y", MORE],
            id="of a traceback only its end",
        ),
        pytest.param("", [FAILED], id="nothing said"),
    ],
)
def test_what_a_failed_build_tells(said: str, expected: list[str]) -> None:
    assert failure(said).splitlines() == expected
