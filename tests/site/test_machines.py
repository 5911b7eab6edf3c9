"""What machines read: feeds, sitemaps, and small files with fixed names."""

from __future__ import annotations

import json
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from syndication import clock
from tests.site.conftest import SITEURL, Site

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def xml(site: Site, path: str) -> ET.Element:
    return ET.fromstring(site.text(path))  # noqa: S314 -- we wrote it ourselves


def locations(site: Site, path: str) -> list[str]:
    return [str(loc.text) for loc in xml(site, path).iter(f"{MAP}loc")]


def test_atom_says_its_language_and_keeps_identities(site: Site) -> None:
    feed = xml(site, "atom.xml")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "id"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert "tag:kantor.example.go.id,2022-07-18:id/15170" in ids
    assert len(ids) == len(set(ids)) == 3


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("feed.json", 3),
        ("en/feed.json", 1),
        ("kategori/artikel/feed.json", 1),
        ("en/kategori/articles/feed.json", 1),
    ],
)
def test_each_list_has_its_own_feed(site: Site, path: str, titles: int) -> None:
    feed = json.loads(site.text(path))
    assert len(feed["items"]) == titles
    assert feed["feed_url"] == f"{SITEURL}/{path}"
    assert feed["language"] == ("en" if path.startswith("en/") else "id")


def test_a_withdrawn_entry_says_so(site: Site) -> None:
    items = {item["url"]: item for item in json.loads(site.text("feed.json"))["items"]}
    item = items[f"{SITEURL}/artikel/program/"]
    assert item["title"] == "Ditarik: Program Keringanan Utang"
    assert item["content_html"].startswith("<p><strong>Artikel ini telah ditarik.</strong>")


def test_a_feed_has_absolute_addresses_only(site: Site) -> None:
    for item in json.loads(site.text("feed.json"))["items"]:
        assert 'href="#' not in item["content_html"]
        assert 'src="/' not in item["content_html"]


def test_rss_does_not_pass_its_guid_off_as_an_address(site: Site) -> None:
    channel = xml(site, "rss.xml")
    guids = list(channel.iter("guid"))
    assert guids
    assert {guid.get("isPermaLink") for guid in guids} == {"false"}


def test_the_sitemap_lists_every_page_once(site: Site) -> None:
    listed = locations(site, "sitemap.xml")
    pages = {
        f"{SITEURL}/{page.relative_to(site.root)}".removesuffix("index.html")
        for page in site.pages()
        if page.name != "404.html" and "/halaman/" not in str(page.relative_to(site.root))
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == pages


def test_the_sitemap_dates_pages_by_their_content(site: Site) -> None:
    urls = xml(site, "sitemap.xml").iter(f"{MAP}url")
    dates = {url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in urls}
    seed = f"{SITEURL}/artikel/potensi-media-sosial/"
    assert dates[seed] == "2022-07-20T10:00:00+07:00"
    assert dates[f"{SITEURL}/kategori/artikel/"] == "2022-07-20T10:00:00+07:00"
    assert dates[f"{SITEURL}/hubungi-kami/"] is None


def test_the_news_sitemap_is_never_empty(site: Site) -> None:
    news = xml(site, "sitemap-berita.xml")
    assert locations(site, "sitemap-berita.xml")
    for title in news.iter(f"{NEWS}title"):
        assert title.text != "Program Keringanan Utang"


def test_robots_may_read_everything(site: Site) -> None:
    text = site.text("robots.txt")
    assert f"Sitemap: {SITEURL}/sitemap.xml" in text
    assert "Disallow" not in text


def test_the_security_contact_holds_for_less_than_a_year(site: Site) -> None:
    lines = dict(line.split(": ", 1) for line in site.text(".well-known/security.txt").splitlines())
    expires = datetime.fromisoformat(lines["Expires"])
    assert 0 < (expires - clock.now()).days < 365
    assert lines["Canonical"] == f"{SITEURL}/.well-known/security.txt"


def test_the_manifest_names_the_office(site: Site) -> None:
    manifest = json.loads(site.text("manifest.webmanifest"))
    assert manifest["name"] == "KPKNL Pekalongan"
    for icon in manifest["icons"]:
        assert (site.root / icon["src"].lstrip("/")).exists()


def test_the_icon_is_a_file_for_those_who_ask(site: Site) -> None:
    assert (site.root / "favicon.ico").read_bytes().startswith(b"\0\0\1\0")
    [icon] = site.page("").select('link[rel="icon"]')
    assert str(icon["href"]).startswith(f"{SITEURL}/theme/img/icon.svg")
    [icon] = site.page("arsip").select('link[rel="icon"]')
    assert str(icon["href"]).startswith("data:image/svg+xml,%3Csvg")


def test_pages_name_their_feeds(site: Site) -> None:
    for path, prefix in (("", ""), ("en/artikel", "en/")):
        links = site.page(path).select('link[rel="alternate"][type*="+"]')
        assert {str(link["href"]) for link in links} == {
            f"{SITEURL}/{prefix}{name}" for name in ("atom.xml", "rss.xml", "feed.json")
        }
