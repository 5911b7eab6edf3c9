"""What writers' HTML may be on the page: nothing that runs, restyles, or loads from elsewhere."""

from __future__ import annotations

from gettext import NullTranslations
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from pelican.readers import MarkdownReader
from pelican.settings import read_settings

from kantor import body, reader
from kantor.embeds import as_cards
from kantor.safe_html import clean, is_ours
from tests.site.conftest import HERE

WORDS = NullTranslations()


def published(html: str) -> str:
    return clean(as_cards(html, WORDS))


@pytest.mark.parametrize(
    ("html", "left"),
    [
        pytest.param("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>", id="script"),
        pytest.param("<SCRIPT SRC=//x.example/a.js></SCRIPT>a", "a", id="script from elsewhere"),
        pytest.param("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)", id="script in script"),
        pytest.param("<p onclick='alert(1)'>a</p>", "<p>a</p>", id="handler"),
        pytest.param('<img/onerror="a()" src="/a.png">', '<img src="/a.png">', id="handler, slash"),
        pytest.param('<a href="javascript:alert(1)">a</a>', "<a>a</a>", id="javascript address"),
        pytest.param('<a href="jav&#x09;ascript:a()">a</a>', "<a>a</a>", id="hidden javascript"),
        pytest.param('<a href=" &#14; JaVaScRiPt:a()">a</a>', "<a>a</a>", id="odd javascript"),
        pytest.param('<a href="data:text/html,<b>">a</a>', "<a>a</a>", id="data address"),
        pytest.param('<a href="vbscript:a()">a</a>', "<a>a</a>", id="vbscript address"),
        pytest.param('<p style="position:fixed">a</p>', "<p>a</p>", id="style"),
        pytest.param("<style>body{display:none}</style>a", "a", id="style sheet"),
        pytest.param('<link rel="stylesheet" href="//x.example/">a', "a", id="link"),
        pytest.param('<meta http-equiv="refresh" content="0;url=//x.example">a', "a", id="meta"),
        pytest.param('<base href="//x.example/">a', "a", id="base"),
        pytest.param("<svg><script>a()</script><a href=x>b</a></svg>c", "c", id="drawing"),
        pytest.param(
            "<math><mtext><table><mglyph><style><img src=x onerror=a()></style></table></math>c",
            "c",
            id="mutation through math",
        ),
        pytest.param(
            '<noscript><p title="</noscript><img src=x onerror=a()>"></noscript>',
            '<img src="x">"&gt;',
            id="mutation through noscript",
        ),
        pytest.param("<form action=//x.example><input name=a>b</form>", "b", id="form"),
        pytest.param("<button onclick=a()>a</button>b", "b", id="button"),
        pytest.param("<marquee onstart=a()>a</marquee>", "a", id="marquee"),
        pytest.param("a<!--[if IE]><script>a()</script><![endif]-->b", "ab", id="comment"),
        pytest.param('<p id="a b" class="masthead skip">a</p>', "<p>a</p>", id="not ours"),
        pytest.param('<p class="footnote masthead">a</p>', '<p class="footnote">a</p>', id="class"),
        pytest.param('<img srcset="/a.png, //x.example/b.png 2x">', "<img>", id="srcset"),
        pytest.param('<img src="data:image/svg+xml,<svg/>">', "<img>", id="picture as data"),
        pytest.param('<iframe src="javascript:a()"></iframe>b', "b", id="frame that runs"),
        pytest.param("<iframe srcdoc='<script>a()</script>'></iframe>b", "b", id="frame in place"),
        pytest.param('<object data="data:text/html,a"></object>b', "b", id="object"),
        pytest.param(
            '<a href="/a" target="_blank" ping="//x.example">a</a>', '<a href="/a">a</a>', id="ping"
        ),
    ],
)
def test_what_is_hostile_is_gone(html: str, left: str) -> None:
    assert published(html) == left


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="tata-cara">Tata cara</h2>',
        '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>',
        '<td class="right">1.250</td>',
        "<dl><dt>Limit</dt><dd>Harga terendah</dd></dl>",
        '<abbr title="Barang Milik Negara">BMN</abbr>',
        '<figure><img src="/images/a.png" alt="A"><figcaption>A</figcaption></figure>',
        '<img src="{static}/images/a b.png" alt="">',
        '<a href="{filename}lain.md" title="Lain">lain</a>',
        '<a href="mailto:a@example.go.id">a</a> <a href="tel:1500991">b</a>',
        "<details><summary>Syarat</summary><p>Isi</p></details>",
        '<code class="language-python">a</code>',
        '<p lang="en">a <mark>b</mark> <kbd>c</kbd><br>d</p>',
        '<picture><source srcset="/a.avif 1x, /b.avif 2x"><img src="/a.jpg"></picture>',
    ],
)
def test_what_articles_are_made_of_stays(html: str) -> None:
    if html.startswith("<td"):
        html = f"<table><tbody><tr>{html}</tr></tbody></table>"
    assert published(html) == html


@given(st.text(alphabet="<>/=\"' \tabsciprtonmge&;:!-", max_size=60))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = published(html)
    assert published(once) == once


@pytest.mark.parametrize(
    ("html", "link", "says"),
    [
        pytest.param(
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0" title="Cara ikut">',
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "Cara ikut Video at youtube.com",
            id="YouTube",
        ),
        pytest.param(
            '<iframe src="//www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>',
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "Video at youtube.com",
            id="YouTube without scheme or title",
        ),
        pytest.param(
            '<iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e"></iframe>',
            "https://vimeo.com/76979871",
            "Video at vimeo.com",
            id="Vimeo",
        ),
        pytest.param(
            '<iframe src="https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3960.9'
            '!2d109.6753!3d-6.8886!2m3!1f0" style="border:0" allowfullscreen></iframe>',
            "https://www.google.com/maps/search/?api=1&query=-6.8886,109.6753",
            "Map at google.com",
            id="Google Maps",
        ),
        pytest.param(
            '<iframe src="https://maps.google.com/maps?z=1&amp;q=Pekalongan&amp;output=embed">',
            "https://www.google.com/maps/search/?api=1&query=Pekalongan",
            "Map at google.com",
            id="Google Maps by name",
        ),
        pytest.param(
            '<iframe src="https://www.openstreetmap.org/export/embed.html?bbox=1&amp;marker=-6.8%2C109.6">',
            "https://www.openstreetmap.org/?mlat=-6.8&mlon=109.6",
            "Map at openstreetmap.org",
            id="OpenStreetMap",
        ),
        pytest.param(
            '<iframe src="https://x.example/a?b=1&amp;c=2"></iframe>',
            "https://x.example/a?b=1&c=2",
            "To be seen at x.example",
            id="a frame from anywhere",
        ),
        pytest.param(
            '<video><source src="https://x.example/a.mp4"></video>',
            "https://x.example/a.mp4",
            "To be seen at x.example",
            id="a film",
        ),
        pytest.param(
            '<p><img src="https://x.example/a.png" alt="Gedung"></p>',
            "https://x.example/a.png",
            "Gedung Picture at x.example",
            id="a picture from elsewhere",
        ),
    ],
)
def test_an_embed_becomes_a_link_that_loads_nothing(html: str, link: str, says: str) -> None:
    page = BeautifulSoup(published(html), "html.parser")
    [card] = page.select("a.embed")
    assert card["href"] == link
    assert " ".join(card.get_text().split()) == says
    assert not page.select("[src], [srcset], iframe, video, object")


def test_a_foreign_picture_within_a_link_leaves_its_words() -> None:
    html = '<a href="/a"><img src="https://x.example/a.png" alt="Gedung"></a>'
    assert published(html) == '<a href="/a">Gedung</a>'


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("/images/a.png", True),
        ("images/foto 10:30.png", True),
        ("{static}/images/a.png", True),
        ("//x.example/a.png", False),
        ("\\\\x.example/a.png", False),
        ("/\t/x.example/a.png", False),
        ("https:x.example", False),
        ("//[", False),
    ],
)
def test_an_address_is_ours_or_not(address: str, *, ours: bool) -> None:
    assert is_ours(address) is ours


def test_the_reader_cleans_body_and_summary(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "Title: A\nLang: id\nSummary: B <img src=x onerror=a()> c\n\n"
        'Isi <b onclick="a()">d</b>.\n\n'
        '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>\n',
        encoding="utf-8",
    )
    safe = SimpleNamespace(reader_classes={})
    reader.register(safe)
    assert set(safe.reader_classes) >= {"md", "markdown"}
    text, metadata = safe.reader_classes["md"](settings()).read(str(file))
    assert "onerror" not in metadata["summary"]
    assert "<p>Isi <b>d</b>.</p>" in text
    assert "Video di youtube.com" in text


def test_our_own_articles_come_out_as_markdown_wrote_them() -> None:
    plain, files = MarkdownReader(settings()), sorted((HERE / "content").rglob("*.md"))
    safe = reader.SafeMarkdownReader(settings())
    assert len(files) > 20
    for file in files:
        assert unescape(safe.read(str(file))[0]) == unescape(plain.read(str(file))[0]), file


def settings() -> dict[str, object]:
    read: dict[str, object] = read_settings(str(HERE / "pelicanconf.py"))
    body.configure(SimpleNamespace(settings=read))
    return read
