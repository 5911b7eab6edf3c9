"""The folder of pages: what is written, what is left alone, and what a page holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from bs4 import BeautifulSoup, Tag

from syndication.drafts import Draft
from syndication.model import Media, Problem, Severity
from syndication.office import Office
from syndication.preview import ForeignFolder, Site, page_of, write
from tests.preview.samples import BUILT, PICTURE, SITE, article, channel, drafted, refused

PLATFORMS = [
    "x",
    "facebook",
    "instagram",
    "threads",
    "mastodon",
    "bluesky",
    "telegram",
    "whatsapp",
    "youtube",
    "local",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pratinjau"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    image = tmp_path / "output" / "images" / "lelang.png"
    image.parent.mkdir(parents=True)
    image.write_bytes(b"a picture")
    return Site(SITE, tmp_path / "output")


def page(folder: Path, name: str = "index.html") -> BeautifulSoup:
    return BeautifulSoup((folder / name).read_bytes(), "html.parser")


def post(folder: Path, draft: Draft) -> Tag:
    where = page_of(draft.article.lang, draft.article.id)
    found = page(folder, where).find(id=f"saluran-{draft.channel.name}")
    assert isinstance(found, Tag)
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def files(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def test_writes_a_page_for_each_article_and_an_index(folder: Path) -> None:
    drafts = [
        drafted(article("1")),
        drafted(article("1"), channel("facebook")),
        refused(article("2")),
    ]
    assert write(drafts, folder, built_at=BUILT) == 3
    assert files(folder) >= {"index.html", "id/1/index.html", "id/2/index.html"}


@pytest.mark.parametrize(
    ("later", "changed"),
    [
        pytest.param([drafted(article("1")), drafted(article("2"))], 0, id="nothing"),
        pytest.param(
            [drafted(article("1")), drafted(article("2"), text="Baru.")], 2, id="one text"
        ),
        pytest.param([drafted(article("1"))], 1, id="one gone: only the index"),
    ],
)
def test_only_changed_pages_are_written_again(
    folder: Path, later: Sequence[Draft], changed: int
) -> None:
    write([drafted(article("1")), drafted(article("2"))], folder, built_at=BUILT)
    before = (folder / "id/1/index.html").stat()
    assert write(later, folder, built_at=BUILT) == changed
    after = (folder / "id/1/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_removes_vanished_pages_and_nothing_else(folder: Path, site: Site) -> None:
    write([drafted(article("1")), drafted(article("2"))], folder, built_at=BUILT, site=site)
    (folder / "id" / "catatan.txt").write_text("milik orang lain")
    write([drafted(article("3", picture=None))], folder, built_at=BUILT, site=site)
    assert files(folder) == {
        *("index.html", "id/3/index.html", "id/catatan.txt", "manifest.json"),
        *("icon.svg", "preview.css", "preview.js"),
    }
    assert not (folder / "id" / "1").exists()
    assert not (folder / "pictures").exists()


def test_never_removes_outside_its_folder(folder: Path) -> None:
    write([], folder, built_at=BUILT)
    outside = folder.parent / "penting.txt"
    outside.write_text("jangan hilang")
    names = ["../penting.txt", str(outside), ".", "tidak/ada.html"]
    (folder / "manifest.json").write_text(json.dumps({"files": names}))
    write([], folder, built_at=BUILT)
    assert outside.read_text() == "jangan hilang"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("index.html", "situs", id="a built site"),
        pytest.param("manifest.json", '{"name": "Kantor"}', id="another manifest"),
        pytest.param("manifest.json", "[]", id="a list"),
        pytest.param("manifest.json", "{", id="a broken manifest"),
    ],
)
def test_refuses_a_folder_that_is_not_its_own(folder: Path, name: str, content: str) -> None:
    folder.mkdir()
    (folder / name).write_text(content)
    with pytest.raises(ForeignFolder, match="pratinjau"):
        write([drafted(article())], folder, built_at=BUILT)
    assert files(folder) == {name}
    assert (folder / name).read_text() == content


@pytest.mark.parametrize(
    "name", ["../../etc", "a/b", "Ω", "", ".", "A", "x" * 300, "a b", "a\x00b"]
)
def test_page_names_are_safe(name: str) -> None:
    path = PurePosixPath(page_of("id", name))
    assert len(path.parts) == 3
    assert all(part.isascii() and len(part) <= 80 and part[0] != "." for part in path.parts)
    assert all(
        set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_") for part in path.parts[:2]
    )


def test_page_names_differ_as_their_articles_do() -> None:
    names = ["a b", "a-b", "A-b", "a/b", "a.b"]
    assert len({page_of("id", name) for name in names}) == len(names)


def test_two_articles_with_one_id_both_have_a_page(folder: Path) -> None:
    first = article("1")
    second = replace(article("1"), url=f"{SITE}/artikel/lain/", title="Yang Kedua")
    write([drafted(first), drafted(second)], folder, built_at=BUILT)
    links = page(folder).select(".entry h3 a")
    titles = [words(page(folder, str(link["href"])).select("h1")[0]) for link in links]
    assert titles == [words(link) for link in links]
    assert set(titles) == {first.title, second.title}


def test_the_newest_article_stands_first(folder: Path) -> None:
    days = {"lama": 3, "baru": 21, "tengah": 9}
    drafts = [drafted(article(name, title=name, day=day)) for name, day in days.items()]
    write(drafts, folder, built_at=BUILT)
    assert [words(each) for each in page(folder).select(".entry h3")] == ["baru", "tengah", "lama"]


def test_the_index_counts_and_says_when(folder: Path) -> None:
    write([drafted(article("1")), refused(article("2"))], folder, built_at=BUILT)
    index = page(folder)
    assert [words(each) for each in index.select(".totals dd")] == ["2", "1", "1"]
    assert "Selasa, 24 November 2026 pukul 09.15 WIB" in words(index)
    assert [words(each) for each in index.select(".chip")] == ["X belum dapat dikirim", "X 30/280"]


def test_no_article_is_said_with_the_remedy(folder: Path) -> None:
    assert write([], folder, built_at=BUILT) == 1
    assert "SYNDICATION_CHANNELS" in words(page(folder))


def test_a_refusal_names_reason_and_file(folder: Path) -> None:
    draft = refused(article(), reason="Singkatkan 344 karakter.")
    write([draft], folder, built_at=BUILT)
    for shown in (post(folder, draft), page(folder).select_one(".mend")):
        assert shown
        assert "Singkatkan 344 karakter." in words(shown)
    assert "content/artikel/15170.md" in words(post(folder, draft))
    assert not post(folder, draft).select("button")


def test_problems_stand_with_their_article_or_on_the_index(folder: Path) -> None:
    problems = [
        Problem("content/artikel/1.md", 12, "Nama tidak dikenal.", "Periksa.", Severity.WARNING),
        Problem("content/artikel/rusak.md", 0, "Tanggal salah.", "Betulkan."),
    ]
    write([drafted(article("1"))], folder, built_at=BUILT, problems=problems)
    shown = [words(each) for each in page(folder, "id/1/index.html").select(".problem")]
    assert shown == ["Perlu dilihat Nama tidak dikenal. Periksa. content/artikel/1.md, baris 12"]
    assert [words(each) for each in page(folder).select(".problem")] == [
        "Kesalahan Tanggal salah. Betulkan. content/artikel/rusak.md",
        *shown,
    ]


def test_an_article_without_a_file_claims_no_problem(folder: Path) -> None:
    problem = Problem("", 0, "Setelan salah.", "Betulkan.")
    write([drafted(article())], folder, built_at=BUILT, problems=[problem])
    assert "Setelan salah." in words(page(folder))
    assert "Setelan salah." not in words(page(folder, "id/15170/index.html"))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_shows_text_count_and_copy_button(folder: Path, platform: str) -> None:
    text = "Kantor <b>membuka</b> & menutup\n\nlelang.  #Lelang\nhttps://kantor.example.go.id/a"
    draft = drafted(article(), channel(platform), text=text)
    write([draft], folder, built_at=BUILT)
    shown = post(folder, draft)
    copied = shown.find(id=shown.select("button")[0]["data-copies"])
    assert isinstance(copied, Tag)
    assert copied.get_text() == text
    assert [each.get_text() for each in copied.select(".hashtag")] == ["#Lelang"]
    assert len(shown.select("meter")) == 1
    assert draft.payload
    assert draft.payload.sha256 in words(shown)


@pytest.mark.parametrize(
    ("platform", "state", "by_hand"),
    [
        pytest.param("x", "Siap dikirim", False, id="sent by a client"),
        pytest.param("whatsapp", "Siap disalin", True, id="posted by a person"),
    ],
)
def test_channels_without_a_client_are_by_hand(
    folder: Path, platform: str, state: str, *, by_hand: bool
) -> None:
    draft = drafted(article(), channel(platform))
    write([draft], folder, built_at=BUILT)
    shown = post(folder, draft)
    assert words(shown.select(".state")[0]) == state
    assert ("Diunggah sendiri" in words(shown)) is by_hand


def test_an_excess_is_said_in_numbers(folder: Path) -> None:
    draft = drafted(article(), text="a" * 300, hashtags=())
    write([draft], folder, built_at=BUILT)
    shown = words(post(folder, draft))
    assert "Melebihi batas" in shown
    assert "300 dari 280" in shown
    assert "Kurangi 20 agar muat." in shown


def test_the_card_shows_picture_title_and_host(folder: Path, site: Site) -> None:
    draft = drafted(article(), channel("facebook"))
    write([draft], folder, built_at=BUILT, site=site)
    [card] = post(folder, draft).select(".card")
    assert words(card) == "kantor.example.go.id Lelang Kendaraan Dinas Kendaraan dinas dilelang."
    [image] = card.select("img")
    assert image["alt"] == PICTURE.alt
    assert (folder / "id" / "15170" / str(image["src"])).read_bytes() == b"a picture"
    assert f"{PICTURE.alt} (24 dari 1.000)" in words(post(folder, draft))


def test_an_attached_picture_takes_the_cards_place(folder: Path, site: Site) -> None:
    media = Media(PICTURE.url, "Palu", "image/png", "0" * 64)
    draft = drafted(article(), channel("telegram"), media=(media,))
    write([draft], folder, built_at=BUILT, site=site)
    shown = post(folder, draft)
    assert not shown.select(".card")
    assert [each["alt"] for each in shown.select(".screen img")] == ["Palu"]


def test_whoever_approves_a_carousel_sees_every_picture_with_its_words(
    folder: Path, site: Site
) -> None:
    said = ("Palu", "Denah aula", "Lima mobil")
    media = tuple(Media(PICTURE.url, alt, "image/jpeg", "0" * 64) for alt in said)
    draft = drafted(article(), channel("instagram"), media=media)
    write([draft], folder, built_at=BUILT, site=site)
    shown = post(folder, draft)
    assert [each["alt"] for each in shown.select(".screen img")] == list(said)
    assert all(f"{alt} ({len(alt)} dari 1.000)" in words(shown) for alt in said)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"{SITE}/images/belum.png", id="not built"),
        pytest.param(f"{SITE}/../rahasia.png", id="outside the site"),
        pytest.param("https://lain.example/images/lelang.png", id="another site"),
        pytest.param(f"{SITE}/halaman.html", id="no picture"),
    ],
)
def test_a_picture_that_the_site_lacks_is_named(folder: Path, site: Site, url: str) -> None:
    (site.output.parent / "rahasia.png").write_bytes(b"secret")
    (site.output / "halaman.html").write_text("halaman")
    picture = type(PICTURE)(url, "Palu")
    draft = drafted(article(picture=picture))
    write([draft], folder, built_at=BUILT, site=site)
    assert f"Gambar belum ada di situs yang dibangun: {url}" in words(post(folder, draft))
    assert not any(name.startswith("pictures/") for name in files(folder))


def test_pages_are_strict_and_need_no_network(folder: Path, site: Site) -> None:
    evil = article(title='<script src="https://jahat.example/x.js"></script> & "kutip"')
    drafts = [drafted(evil, channel(platform)) for platform in PLATFORMS]
    write(drafts, folder, built_at=BUILT, site=site)
    for name in ("index.html", "id/15170/index.html"):
        html = page(folder, name)
        policy = html.select_one('meta[http-equiv="Content-Security-Policy"]')
        assert policy
        assert "default-src 'none'" in str(policy["content"])
        assert "unsafe" not in str(policy["content"])
        assert not html.select("style, [style], [onclick], script:not([src])")
        assert evil.title in html.get_text()
        loaded = [str(each["src"]) for each in html.select("[src]")]
        loaded += [str(each["href"]) for each in html.select("link[href]")]
        here = (folder / name).parent
        assert {(here / each).resolve().is_relative_to(folder) for each in loaded} == {True}
        assert {(here / each).is_file() for each in loaded} == {True}


def test_every_link_within_the_preview_leads_somewhere(folder: Path) -> None:
    drafts = [drafted(article("1")), refused(article("2"), channel("facebook"))]
    write(drafts, folder, built_at=BUILT)
    for name in ("index.html", "id/1/index.html", "id/2/index.html"):
        for link in page(folder, name).select("a[href]:not([href^=http])"):
            path, _, anchor = str(link["href"]).partition("#")
            target = (folder / name).parent / path if path else folder / name
            assert target.is_file()
            assert not anchor or BeautifulSoup(target.read_bytes(), "html.parser").find(id=anchor)


def test_approvals_and_urgency_are_shown(folder: Path) -> None:
    urgent = replace(article(), category="Pengumuman", priority=True)
    office = Office(categories={"pengumuman": 2})
    write([drafted(urgent)], folder, built_at=BUILT, office=office)
    text = words(page(folder, page_of("id", "15170")))
    assert "2 orang, sebelum dikirim" in text
    assert "mendesak: didahulukan" in text
    write([drafted(urgent)], folder, built_at=BUILT)
    assert "Persetujuan" not in words(page(folder, page_of("id", "15170")))
