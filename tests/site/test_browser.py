"""The built site in Debian's Chromium: keyboard, small screens, no script, copy, print."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import pelicanconf
from kantor.hosting.rules import directives_of, policy
from tests.site.conftest import FILES, SETTINGS, build

pytestmark = pytest.mark.browser

SEED = "/artikel/potensi-media-sosial/"
PATHS = (
    "/",
    SEED,
    "/artikel/jahat/",
    "/artikel/",
    "/arsip/",
    "/verifikasi/",
    "/en/",
    "/cari/",
    "/404.html",
)
POLICIES = directives_of(vars(pelicanconf))


# More articles than the search shows at once.
MANY = {
    f"content/artikel/urut-{number}.md": f"Title: Warta {number}\nDate: 2020-01-{number:02}\n"
    f"Category: Berita\nSlug: urut-{number}\nID: urut-{number}\n\nKembang sepatu.\n"
    for number in range(1, 13)
}


class Host(SimpleHTTPRequestHandler):
    """A host that sends the policy as a header too, and keeps quiet."""

    def end_headers(self) -> None:
        page = self.path.partition("?")[0].lstrip("/")
        directives = POLICIES.get(page, pelicanconf.CONTENT_SECURITY_POLICY)
        self.send_header("Content-Security-Policy", policy(directives))
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
        del format, args


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site that was built for the address it is served at."""
    root = tmp_path_factory.mktemp("peramban")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(root / "output")))
    siteurl = f"http://127.0.0.1:{server.server_port}"
    done = build(
        root, files=FILES | MANY | {"publishconf.py": f"{SETTINGS}SITEURL = {siteurl!r}\n"}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield siteurl
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A phone that speaks Indonesian."""
    context = browser.new_context(
        base_url=address, viewport={"width": 390, "height": 844}, locale="id-ID"
    )
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """A tab on the phone."""
    return phone.new_page()


@pytest.mark.parametrize("path", PATHS)
def test_no_page_breaks_its_own_policy(page: Page, path: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.goto(path, wait_until="networkidle")
    assert complaints == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_first_tab_leads_past_the_head(page: Page) -> None:
    page.goto(SEED)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_everything_with_focus_shows_it(page: Page) -> None:
    page.goto(SEED)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", page.evaluate("document.activeElement.outerHTML")


def test_the_button_copies_the_address(phone: BrowserContext, page: Page, address: str) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(SEED)
    page.get_by_role("button", name="Salin tautan").click()
    page.get_by_role("button", name="Tersalin").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address + SEED


def test_without_script_nothing_is_missing(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto(SEED)
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.get_by_role("link", name="WhatsApp").is_visible()
    context.close()


def test_the_switch_goes_there_and_back(page: Page) -> None:
    page.goto(SEED)
    page.get_by_role("link", name="EN", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "What Social Media Can Do"
    page.get_by_role("link", name="ID", exact=True).click()
    assert page.url.endswith(SEED)


def test_a_missing_translation_is_admitted_then_and_only_then(page: Page) -> None:
    page.goto("/en/")
    assert not page.locator("#tanpa-terjemahan").is_visible()
    page.goto("/artikel/jahat/")
    page.get_by_role("link", name="EN", exact=True).click()
    assert page.locator("#tanpa-terjemahan").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_keeps_its_contrast(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        base_url=address, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(SEED)
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    text = page.evaluate("getComputedStyle(document.querySelector('.e-content p')).color")
    assert contrast(ground, text) >= 7
    context.close()


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(r, g, b)` (WCAG 2.2)."""
    channels = [int(part) / 255 for part in colour.removeprefix("rgb(").rstrip(")").split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_paper_gets_the_text_and_its_address(page: Page, address: str) -> None:
    page.goto(SEED)
    page.emulate_media(media="print")
    for gone in (".menu", ".tools", ".toc", ".share", ".related", ".neighbours"):
        for element in page.locator(gone).all():
            assert not element.is_visible(), gone
    assert page.locator(".e-content").is_visible()
    assert address + SEED in page.locator(".printed").inner_text()


@pytest.mark.parametrize(
    ("side", "words", "told", "first"),
    [
        ("", "instagram", "1 hasil untuk “instagram”", "Potensi Media Sosial"),
        ("", "kemasyarakatan", "1 hasil untuk “kemasyarakatan”", "Potensi Media Sosial"),
        ("en/", "heard news", "1 result for “heard news”", "What Social Media Can Do"),
        ("", "Keringanan", "1 hasil untuk “Keringanan”", "Program Keringanan Utang"),
    ],
    ids=["word", "other form", "English side", "withdrawn"],
)
def test_the_search_finds(page: Page, side: str, words: str, told: str, first: str) -> None:
    page.goto(f"/{side}cari/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_text(told).wait_for()
    found = page.locator(".results .p-name")
    assert first in found.first.inner_text()
    assert page.url.endswith(f"?q={words.replace(' ', '%20')}")


def test_lelang_finds_pelelangan(page: Page) -> None:
    page.goto("/cari/?q=lelang")
    found = page.locator(".results .card").filter(has_text="Hubungi Kami")
    assert "pelelangan" in found.locator("mark").first.inner_text()


def test_the_search_works_by_keyboard_alone(page: Page) -> None:
    page.goto("/cari/")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("instagram")
    page.keyboard.press("Enter")
    page.get_by_text("1 hasil").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".results .p-name")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SEED}")


def test_more_results_come_when_asked_and_take_the_focus(page: Page) -> None:
    page.goto("/cari/?q=kembang")
    page.get_by_text("12 hasil untuk “kembang”").wait_for()
    page.get_by_role("button", name="Hasil berikutnya").click()
    cards = page.locator(".results .card")
    cards.nth(11).wait_for()
    eleventh = cards.nth(10).locator("a").get_attribute("href")
    assert page.evaluate("document.activeElement.getAttribute('href')") == eleventh
    assert not page.get_by_role("button", name="Hasil berikutnya").is_visible()


def test_what_is_not_found_is_admitted(page: Page) -> None:
    page.goto("/cari/?q=<i>zzzxxyq</i>")
    page.get_by_text("Tidak ada yang cocok dengan “<i>zzzxxyq</i>”").wait_for()
    assert page.locator(".results .card").count() == 0


def test_a_broken_index_is_admitted(page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto("/cari/?q=lelang")
    page.get_by_text("Pencarian sedang tidak dapat dipakai").wait_for()


def test_without_script_the_search_leads_on(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/cari/")
    assert not page.get_by_role("search").is_visible()
    said = page.locator("noscript").text_content() or ""
    assert "Pencarian memerlukan JavaScript" in said
    page.get_by_role("link", name="Arsip semua artikel").click()
    assert page.url.endswith("/arsip/")
    context.close()
