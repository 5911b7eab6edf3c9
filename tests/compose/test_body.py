from __future__ import annotations

import pytest

from syndication.compose.body import read

BODIES = [
    ("<p>Satu.</p><p>Dua.</p>", ("Satu.", "Dua."), "paragraphs"),
    ("<p>Satu\n  baris.</p>", ("Satu baris.",), "white space is single"),
    ("<h2>Judul</h2><p>Isi.</p>", ("Isi.",), "a heading says nothing alone"),
    (
        "<figure><img alt='x'><figcaption>Foto.</figcaption></figure><p>Isi.</p>",
        ("Isi.",),
        "a caption",
    ),
    ("<table><tr><td>1</td></tr></table><p>Isi.</p>", ("Isi.",), "a table"),
    (
        "<pre><code>x = 1</code></pre><p>Isi <code>kode</code>.</p>",
        ("Isi kode.",),
        "code in a line stays",
    ),
    ("<script>x()</script><style>a{}</style><p>Isi.</p>", ("Isi.",), "scripts and styles"),
    ("<blockquote><p>Kata orang.</p></blockquote><p>Isi.</p>", ("Isi.",), "others’ words"),
    (
        "<p>Isi.<sup id='fnref:1'><a class='footnote-ref'>1</a></sup></p>",
        ("Isi.",),
        "a footnote’s mark",
    ),
    ("<p>Isi.</p><div class='footnote'><ol><li>Catatan.</li></ol></div>", ("Isi.",), "footnotes"),
    ("<p>Luas 5 m<sup>2</sup>.</p>", ("Luas 5 m².",), "a raised figure"),
    ("<p>Harga <del>5</del> 6.</p>", ("Harga 6.",), "what is struck through is not said"),
    ("<p>Satu.<br>Dua.</p>", ("Satu.", "Dua."), "a line break parts"),
    ("<p hidden>Rahasia.</p><p>Isi.</p>", ("Isi.",), "what is hidden"),
    ("<p><img src='a.jpg' alt='Foto'></p>", (), "a picture has no text"),
    ("Isi tanpa tag", ("Isi tanpa tag",), "no tags at all"),
    ("<div>Satu.<div>Dua.</div></div>", ("Satu.", "Dua."), "blocks of any kind"),
    ("<p>Satu <b>tebal.<p>Dua", ("Satu tebal.", "Dua"), "tags that were never closed"),
    ("https://a.go.id", ("https://a.go.id",), "an address is no file to open"),
    ("<p>e\u0301\u202eabc\u00ad\u200b</p>", ("éabc",), "NFC, and nothing unseen"),
    ("<p>z" + "\u0323" * 50 + "</p>", ("\u1e93" + "\u0323" * 4,), "heaped marks are cut down"),
    ("", (), "nothing"),
]


@pytest.mark.parametrize(
    ("html", "paragraphs"), [pytest.param(*row[:2], id=row[2]) for row in BODIES]
)
def test_reads_the_running_text(html: str, paragraphs: tuple[str, ...]) -> None:
    assert read(html).paragraphs == paragraphs


def test_keeps_items_apart() -> None:
    body = read("<p>Bawa:</p><ul><li>KTP</li><li><p>NPWP</p><ul><li>asli</li></ul></li></ul>")
    assert body.paragraphs == ("Bawa:",)
    assert body.items == ("KTP", "NPWP", "asli")


def test_everything_is_evidence() -> None:
    body = read("<h2>Judul</h2><table><tr><td>Rp5</td><td>3</td></tr></table><ul><li>KTP</li></ul>")
    for words in ("Judul", "Rp5", "KTP"):
        assert words in body.everything
    assert "Rp53" not in body.everything
