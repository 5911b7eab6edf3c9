"""What browsers may do: nothing inline, nothing from elsewhere, the same in pages and headers."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from tests.site.conftest import SITEURL, Site, parse

LOADED = "script[src], link[rel=stylesheet], link[rel=preload], link[rel=manifest], img"


def test_every_page_carries_a_strict_policy(site: Site) -> None:
    for path in site.pages():
        page = parse(path.read_text("utf-8"))
        [meta] = page.select('meta[http-equiv="Content-Security-Policy"]')
        policy = str(meta["content"])
        assert "default-src 'none'" in policy, path
        assert "script-src 'self'" in policy, path
        assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", ""), path
        assert "frame-ancestors" not in policy, path


def test_only_the_search_runs_webassembly(site: Site) -> None:
    running = {
        str(path.relative_to(site.root))
        for path in site.pages()
        if "wasm-unsafe-eval" in path.read_text("utf-8")
    }
    assert running == {"cari/index.html", "en/cari/index.html"}


def test_nothing_is_inline(site: Site) -> None:
    for path in site.pages():
        text = path.read_text("utf-8")
        page = parse(text)
        assert not page.select("style, [style]"), path
        kinds = {script.get("type") for script in page.select("script:not([src])")}
        assert kinds == {"application/ld+json"}, path
        assert not re.search(r"<[^>]+\son\w+=", text), path


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    for path in site.pages():
        for element in parse(path.read_text("utf-8")).select(LOADED):
            address = urljoin(SITEURL, str(element.get("src") or element.get("href")))
            assert address.startswith(f"{SITEURL}/"), (path, address)


def test_the_headers_say_the_same_and_more(site: Site) -> None:
    text = site.text("_headers")
    assert "  Content-Security-Policy: default-src 'none'; script-src 'self';" in text
    assert "frame-ancestors 'none'" in text
    assert "  X-Content-Type-Options: nosniff\n" in text
    assert "  Strict-Transport-Security: max-age=" in text


def test_theme_files_are_asked_for_by_their_digest(site: Site) -> None:
    [style] = site.page("").select('link[rel="stylesheet"]')
    assert re.fullmatch(rf"{SITEURL}/theme/css/site\.css\?v=[0-9a-f]{{8}}", str(style["href"]))
