"""The index that the search page reads: made whole, made again only when a page changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kantor import search
from tests.site.conftest import FILES, SETTINGS, SITEURL, Site, build

PAGE = '<!doctype html><html lang="id"><title>A</title><h1>A</h1><p data-pagefind-body>{}</p>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE.format("lelang"))
    return tmp_path


def test_both_languages_are_indexed_and_nothing_unused_is_published(site: Site) -> None:
    entry = json.loads(site.text("pagefind/pagefind-entry.json"))
    pages = {lang: facts["page_count"] for lang, facts in entry["languages"].items()}
    assert pages == {"id": 4, "en": 1}
    names = {path.name for path in (site.root / "pagefind").iterdir()}
    assert not {name for name in names if "ui" in name or "worker" in name}


def test_what_did_not_change_is_not_indexed_again(root: Path) -> None:
    assert "1 halaman" in search.index(root)
    entry = root / "pagefind" / "pagefind-entry.json"
    first = entry.stat().st_mtime_ns
    assert "tidak ada halaman yang berubah" in search.index(root)
    assert entry.stat().st_mtime_ns == first


@pytest.mark.parametrize("name", ["index.html", "lain/index.html"], ids=["changed", "new"])
def test_what_changed_is_indexed_again_without_leftovers(root: Path, name: str) -> None:
    search.index(root)
    before = set((root / "pagefind" / "fragment").iterdir())
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text(PAGE.format("piutang"))
    search.index(root)
    after = set((root / "pagefind" / "fragment").iterdir())
    assert len(after) == len(list(root.rglob("*.html")))
    assert after != before


def test_an_index_is_made_apart_from_the_build(tmp_path: Path) -> None:
    files = FILES | {"publishconf.py": f"{SETTINGS}SEARCH_IN_BUILD = False\n"}
    assert build(tmp_path, files=files).returncode == 0
    output = tmp_path / "output"
    assert not (output / "pagefind").exists()
    subprocess.run([sys.executable, "-m", "kantor.search", output], check=True)
    assert (output / "pagefind" / "pagefind.js").is_file()


def test_a_failure_leaves_the_old_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    search.index(root)
    (root / "index.html").write_text(PAGE.format("piutang"))
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    with pytest.raises(RuntimeError, match="Pagefind gagal"):
        search.index(root)
    assert (root / "pagefind" / "pagefind.js").is_file()


def test_a_development_build_has_no_index(tmp_path: Path) -> None:
    done = build(tmp_path, files=FILES | {"publishconf.py": f"{SETTINGS}SITEURL = ''\n"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "output" / "cari" / "index.html").is_file()
    assert not (tmp_path / "output" / "pagefind").exists()


@pytest.mark.parametrize(("side", "lang"), [("", "id"), ("en/", "en")])
def test_a_browser_can_search_by_itself(site: Site, side: str, lang: str) -> None:
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    told = ET.fromstring(site.text(f"{side}opensearch.xml"))  # noqa: S314 -- we wrote it
    [url] = told.findall(f"{space}Url")
    assert url.get("template") == f"{SITEURL}/{side}cari/?q={{searchTerms}}"
    assert told.findtext(f"{space}Language") == lang
    assert len(told.findtext(f"{space}ShortName") or "") <= 16  # the specification's bound
    [link] = site.page(f"{side}cari").select('link[rel="search"]')
    assert link["href"] == f"{SITEURL}/{side}opensearch.xml"
