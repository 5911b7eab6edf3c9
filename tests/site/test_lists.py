"""Home, lists, site map and the page that tells real posts from false ones."""

from __future__ import annotations

import re
from pathlib import Path

from tests.site.conftest import FILES, HERE, SETTINGS, SITEURL, Site, build


def addresses(site: Site, path: str) -> list[str]:
    links = [str(link["href"]) for link in site.page(path).select("a[href]")]
    return [link.split("#")[0] for link in links if link.startswith(SITEURL)]


def test_no_link_leads_nowhere(site: Site) -> None:
    for page in site.pages():
        for link in addresses(site, str(page.relative_to(site.root))):
            path = link.removeprefix(f"{SITEURL}/")
            if path == "verifikasi/register.json":
                continue  # written by the syndication plugin
            assert (site.root / path).exists(), (page, link)


def test_every_fragment_exists(site: Site) -> None:
    for file in site.pages():
        page = site.page(str(file.relative_to(site.root)))
        ids = [str(element["id"]) for element in page.select("[id]")]
        assert len(ids) == len(set(ids)), file
        for link in page.select('a[href^="#"]'):
            assert str(link["href"])[1:] in ids, (file, link)


def test_the_register_shows_posts_and_how_to_check_them(site: Site) -> None:
    page = site.page("verifikasi")
    assert len(page.select(".steps li")) == 3
    row = page.select_one(".register tbody tr")
    assert row is not None
    assert "Potensi <i>Media</i>" in row.get_text()
    assert row.select_one('a.u-syndication[href="https://x.com/kantor/status/1"]')
    assert page.select_one(f'a[href="{SITEURL}/verifikasi/register.json"]')


def test_an_office_section_has_its_page(site: Site) -> None:
    links = addresses(site, "penulis/seksi-hukum-dan-informasi")
    assert f"{SITEURL}/artikel/potensi-media-sosial/" in links


def test_the_site_map_leads_to_pages_lists_and_categories(site: Site) -> None:
    links = addresses(site, "peta-situs")
    for path in ("hubungi-kami/", "arsip/", "kategori/berita/", "artikel/jahat/", "verifikasi/"):
        assert f"{SITEURL}/{path}" in links, path


def test_a_missing_page_is_not_indexed(site: Site) -> None:
    page = site.page("404.html")
    assert page.select_one('meta[name="robots"][content="noindex"]')
    assert not page.select('link[rel="canonical"]')


def test_components_are_shown_in_development_only(site: Site, tmp_path: Path) -> None:
    assert not (site.root / "_komponen").exists()
    files = FILES | {"publishconf.py": f'{SETTINGS}SITEURL = ""\n'}
    done = build(tmp_path, files=files)
    assert done.returncode == 0, done.stdout + done.stderr
    page = Site(tmp_path / "output").page("_komponen")
    css = (HERE / "theme" / "README.md").read_text("utf-8").partition("## Components")[2]
    for name in re.findall(r"`\.([a-z-]+)`", css.partition("##")[0]):
        assert page.select_one(f".{name}"), name


def test_titles_differ(site: Site) -> None:
    titles = []
    for file in site.pages():
        title = site.page(str(file.relative_to(site.root))).title
        assert title is not None
        titles.append(title.get_text())
    assert sorted(titles) == sorted(set(titles))
