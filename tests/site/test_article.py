"""The article page: every part of the office's old page, and what was promised beyond it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.site.conftest import SITEURL, Site

SEED = "artikel/potensi-media-sosial"
URL = f"{SITEURL}/artikel/potensi-media-sosial/"


def words(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text(" ").split())


def graph(page: BeautifulSoup) -> dict[str, dict[str, object]]:
    script = page.find("script", type="application/ld+json")
    assert isinstance(script, Tag)
    return {thing["@type"]: thing for thing in json.loads(script.get_text())["@graph"]}


@pytest.mark.parametrize(
    ("part", "selector", "shown"),
    [
        ("address", ".strip address", "Jl. Lapangan Banteng Timur No.2-4, Jakarta Pusat"),
        ("telephone", ".strip address a", "1 500\N{NON-BREAKING HYPHEN}991"),
        ("languages", ".strip .languages", "ID | EN"),
        ("login", ".strip .tools", "Login Pegawai"),
        ("breadcrumb", ".breadcrumb", "KPKNL Pekalongan Artikel"),
        ("title", "h1", "Potensi Media Sosial bagi Publikasi Berita Instansi Pemerintah"),
        ("author", ".byline", "Seksi Hukum dan Informasi"),
        ("date", "time.dt-published", "Senin, 18 Juli 2022"),
        ("updated", "time.dt-updated", "20 Juli 2022"),
        ("views", ".views", "Dibaca 2.541 kali"),
        ("views since", ".heading .meta:last-child", "sejak 1 Januari 2022"),
        ("views are a demonstration", ".heading .meta:last-child", "data peragaan"),
        ("body", ".e-content", "Media sosial menjadi sumber informasi utama masyarakat."),
        ("compiler", ".compiler", "Penyusun: Seksi Hukum dan Informasi"),
        ("sources", ".sources", "Peraturan Menteri Nomor 83 Tahun 2012"),
        ("disclaimer", ".disclaimer", "Tulisan ini adalah pendapat pribadi."),
        ("site map", ".colophon nav", "Peta Situs"),
        ("ministry e-mail", ".colophon nav", "Email Kemenkeu"),
        ("whistleblowing", ".colophon nav", "Wise"),
        ("procurement", ".colophon nav", "LPSE"),
        ("contact", ".colophon nav", "Hubungi Kami"),
        ("demonstration", ".colophon", "Situs peragaan"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_the_old_page_lives_on(site: Site, part: str, selector: str, shown: str) -> None:
    assert shown in words(site.page(SEED), selector), part


def test_an_old_address_leads_to_the_article(site: Site) -> None:
    stub = site.page("kpknl-pekalongan/baca-artikel/15170/POTENSI-MEDIA-SOSIAL.html")
    assert stub.select_one(f'meta[http-equiv="refresh"][content="0; url={URL}"]')
    assert stub.select_one(f'link[rel="canonical"][href="{URL}"]')


def test_the_head_carries_what_the_relay_checks(site: Site) -> None:
    page = site.page(SEED)
    assert page.select_one(f'link[rel="canonical"][href="{URL}"]')
    assert page.select_one('meta[name="siar:digest"][content="ab12"]')
    assert not site.page("artikel/jahat").select_one('meta[name="siar:digest"]')


def test_the_lead_picture_has_its_words_and_its_size(site: Site) -> None:
    photo = site.page("artikel/jahat").select_one("picture > img.u-photo")
    assert photo is not None
    assert photo["alt"] == 'Alt "berkutip" <i>'
    assert (photo["width"], photo["height"]) == ("64", "36")


def test_official_posts_stand_under_the_article(site: Site) -> None:
    page = site.page(SEED)
    link = page.select_one(".official a.u-syndication")
    assert link is not None
    assert link["href"] == "https://x.com/kantor/status/1"
    assert words(page, ".official li") == "X (@kantor) 24 November 2026"
    time = page.select_one(".official time")
    assert time is not None
    assert time["datetime"] == "2026-11-24T09:00:00+00:00"  # HTML knows no microseconds


def test_the_account_on_mastodon_is_named_as_the_writer(site: Site) -> None:
    named = site.page(SEED).select('meta[name="fediverse:creator"]')
    assert [each["content"] for each in named] == ["@kantor@sosial.example"]


def test_an_article_without_a_figure_shows_none(site: Site) -> None:
    page = site.page("artikel/jahat")
    assert page.select_one(".views") is None
    assert "Jumlah pembacaan" not in page.get_text()


def test_a_withdrawn_article_says_so_first(site: Site) -> None:
    page = site.page("artikel/program")
    assert "Program ini berakhir pada Desember 2021." in words(page, ".notice.withdrawn")
    assert "tarif pada paragraf kedua dibetulkan" in words(page, ".notice.correction")
    assert words(page, "title").startswith("Ditarik: ")
    assert words(page, ".e-content") == "Isi yang tidak berlaku lagi."
    news = graph(page)["NewsArticle"]
    assert news["creativeWorkStatus"] == "Withdrawn"
    assert news["correction"] == ["12 Maret 2021: tarif pada paragraf kedua dibetulkan."]


def test_a_withdrawn_article_is_not_offered_for_sharing(site: Site) -> None:
    assert site.page("artikel/program").select_one(".share") is None
    assert site.page(SEED).select_one(".share")


def test_a_withdrawn_article_is_not_recommended(site: Site) -> None:
    home = site.page("")
    assert not home.select('main a[href$="/artikel/program/"]')
    assert site.page("arsip").select('main a[href$="/artikel/program/"]')


def test_what_writers_type_is_shown_and_never_run(site: Site) -> None:
    for path in ("artikel/jahat", "", "artikel", "arsip", "kategori/berita", "peta-situs"):
        page = site.page(path)
        for script in page.find_all("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", path
        assert not page.select("[onerror]"), path
    page = site.page("artikel/jahat")
    assert words(page, "h1") == '<script>alert(1)</script> & "kutipan"'
    assert words(page, ".compiler") == "Penyusun: <u>Penyusun</u>"
    assert words(page, ".picture figcaption") == "Foto: <b>Seksi</b>"
    assert graph(page)["NewsArticle"]["headline"] == '<script>alert(1)</script> & "kutipan"'


def test_addresses_in_sources_are_links(site: Site) -> None:
    link = site.page(SEED).select_one(".sources a")
    assert link is not None
    assert link["href"] == "https://example.org/digital-2021"


def test_contents_appear_from_three_headings_on(site: Site) -> None:
    page = site.page(SEED)
    links = [str(link["href"]) for link in page.select(".toc a")]
    assert links == ["#tugas-humas", "#bagian-2021-dalam-angka", "#risiko"]
    for link in links:
        assert page.select_one(f".e-content h2{link}"), link
    assert site.page("artikel/jahat").select_one(".toc") is None


@pytest.mark.parametrize(
    "start",
    [
        "https://wa.me/?text=",
        "https://www.facebook.com/sharer/sharer.php?u=",
        "https://x.com/intent/post?",
        "https://t.me/share/url?",
        "https://www.threads.com/intent/post?text=",
        "mailto:?subject=",
    ],
)
def test_sharing_is_a_plain_link(site: Site, start: str) -> None:
    links = [str(link["href"]) for link in site.page("artikel/jahat").select(".share a")]
    [link] = [link for link in links if link.startswith(start)]
    assert "https%3A//kantor.example.go.id/artikel/jahat/" in link
    assert "<script>" not in link


def test_microformats_name_the_entry(site: Site) -> None:
    entry = site.page(SEED).select_one("article.h-entry")
    assert entry is not None
    for part in ("p-name", "p-author", "dt-published", "e-content", "u-url", "p-category"):
        assert entry.select_one(f".{part}"), part


def test_structured_data_tells_the_same(site: Site) -> None:
    things = graph(site.page(SEED))
    news = things["NewsArticle"]
    assert news["datePublished"] == "2022-07-18T09:00:00+07:00"
    assert news["dateModified"] == "2022-07-20T10:00:00+07:00"
    assert news["publisher"] == {"@id": f"{SITEURL}/#kantor"}
    assert things["GovernmentOffice"]["name"] == "KPKNL Pekalongan"
    trail = things["BreadcrumbList"]["itemListElement"]
    assert isinstance(trail, list)
    assert [step["name"] for step in trail][:2] == ["KPKNL Pekalongan", "Artikel"]


def test_the_body_is_fit_for_every_reader(site: Site) -> None:
    page = site.page(SEED)
    frame = page.select_one("section.table-frame")
    assert frame is not None
    assert (frame["aria-label"], frame["tabindex"]) == ("Tabel 1", "0")
    assert words(page, "td.right") == "86,6"
    assert words(page, 'section.footnote[aria-label="Catatan kaki"]') != ""
    picture = site.page("artikel/jahat").select_one(".e-content figure img")
    assert picture is not None
    assert (picture["loading"], picture["width"]) == ("lazy", "64")
    assert words(site.page("artikel/jahat"), ".e-content figcaption") == "Keterangan bagan"


def test_the_views_file_is_no_part_of_the_site(site: Site) -> None:
    assert not list(Path(site.root).rglob("kunjungan.json"))
