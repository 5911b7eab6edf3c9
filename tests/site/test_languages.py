"""Both languages: phrases translated, pages linked to their translation, lists kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.site.conftest import FILES, HERE, SITEURL, Site, build

LANGUAGES = ("id", "en")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
METHODS = {
    HERE / "theme": [("templates/**.html", "jinja2")],
    HERE / "plugins" / "kantor": [("**.py", "python")],
}


def phrases() -> Iterator[str | tuple[str, ...]]:
    for folder, methods in METHODS.items():
        options = {pattern: {"newstyle_gettext": "true"} for pattern, _ in methods}
        for _, _, message, _, _ in extract_from_dir(str(folder), methods, options):
            yield message


def catalogue(lang: str) -> Catalog:
    path = HERE / "theme" / "translations" / lang / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=lang)


def strings(value: str | Sequence[str] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_is_translated(lang: str) -> None:
    known = catalogue(lang)
    for phrase in set(phrases()):
        message = known.get(strings(phrase)[0])
        assert message is not None, phrase
        assert not message.fuzzy, phrase
        assert all(strings(message.string)), phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_keeps_the_placeholders(lang: str) -> None:
    for message in catalogue(lang):
        wanted = set(PLACEHOLDER.findall(strings(message.id)[-1]))
        for text in strings(message.string) if message.id else ():
            assert set(PLACEHOLDER.findall(text)) == wanted, message.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_translation_is_left_over(lang: str) -> None:
    used = {strings(phrase)[0] for phrase in phrases()}
    left = [m.id for m in catalogue(lang) if m.id and strings(m.id)[0] not in used]
    assert left == []


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("artikel/potensi-media-sosial", "/en/artikel/potensi-media-sosial/"),
        ("en/artikel/potensi-media-sosial", "/artikel/potensi-media-sosial/"),
        ("arsip", "/en/arsip/"),
        ("en", "/"),
        ("en/verifikasi", "/verifikasi/"),
        ("artikel/jahat", "/en/#tanpa-terjemahan"),
        ("en/kategori/articles", "/#tanpa-terjemahan"),
    ],
)
def test_the_switch_leads_to_the_translation_or_says_there_is_none(
    site: Site, path: str, there: str
) -> None:
    [link] = site.page(path).select(".languages a")
    assert link["href"] == SITEURL + there


def test_the_home_page_can_say_that_there_is_no_translation(site: Site) -> None:
    for path, says in (("en", "no English version"), ("", "belum tersedia")):
        notice = site.page(path).select_one(".on-arrival#tanpa-terjemahan")
        assert notice is not None
        assert says in notice.get_text()


def test_translations_name_each_other(site: Site) -> None:
    expected = {
        "id": f"{SITEURL}/artikel/potensi-media-sosial/",
        "en": f"{SITEURL}/en/artikel/potensi-media-sosial/",
    }
    for path in ("artikel/potensi-media-sosial", "en/artikel/potensi-media-sosial"):
        links = site.page(path).select('link[rel="alternate"][hreflang]')
        assert {link["hreflang"]: link["href"] for link in links} == expected


def test_the_english_page_is_english(site: Site) -> None:
    page = site.page("en/artikel/potensi-media-sosial")
    text = page.get_text(" ")
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert "Monday, 18 July 2022" in text
    assert "Read 2,541 times" in text
    assert page.select_one('section.footnote[aria-label="Footnotes"]')
    for phrase in ("Bagikan", "Langsung ke isi", "Dibaca", "Senin"):
        assert phrase not in text


def test_each_side_lists_its_own(site: Site) -> None:
    id_links = {str(link["href"]) for link in site.page("artikel").select("main a")}
    en_links = {str(link["href"]) for link in site.page("en/artikel").select("main a")}
    assert f"{SITEURL}/en/artikel/potensi-media-sosial/" in en_links
    assert f"{SITEURL}/artikel/potensi-media-sosial/" in id_links
    assert not [link for link in id_links if "/en/" in link]
    assert not [link for link in en_links if f"{SITEURL}/artikel/" in link]


def test_every_page_names_its_language(site: Site) -> None:
    for page in site.pages():
        path = page.relative_to(site.root)
        expected = "en" if path.parts[0] == "en" else "id"
        assert f'<html lang="{expected}">' in page.read_text("utf-8"), path


def test_a_site_in_one_language_offers_no_other(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if "/en/" not in name}
    assert build(tmp_path, files=files).returncode == 0
    page = Site(tmp_path / "output").page("")
    assert not page.select(".languages a")
    assert not (tmp_path / "output" / "en").exists()
