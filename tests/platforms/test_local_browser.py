"""The timeline in a browser: no error, nothing wider than the screen, no picture without words."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.platforms.fakes.local import timeline

pytestmark = pytest.mark.browser

CHROMIUM = "/usr/bin/chromium"

POST = {
    "account": "kpknl-contoh-dengan-nama-panjang",
    "lang": "id",
    "text": "Lelang barang milik negara terbuka bagi semua warga.\n\n#BarangMilikNegaraIdle\n"
    "https://kpknl.example.go.id/artikel/" + "panjang-sekali-" * 12,
    "link": "https://kpknl.example.go.id/artikel/" + "panjang-sekali-" * 12,
    "card": {
        "title": "Cara Ikut Lelang",
        "description": "Tiga langkah. " * 20,
        "image": "",
        "alt": "",
    },
}


DEEP = 8
"""How many answers to answers the thread has."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with timeline(tmp_path_factory.mktemp("timeline") / "t.sqlite3") as url:
        httpx.post(f"{url}/api/posts", json=POST, trust_env=False).raise_for_status()
        parent = ""
        for depth in range(DEEP):
            said = {"author": "Warga" * 9, "text": f"{depth} {'panjang' * 20}", "parent": parent}
            made = httpx.post(f"{url}/posts/1/responses", data=said, trust_env=False)
            parent = made.headers["Location"].partition("#tanggapan-")[2]
        yield url


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/posts/1"])
def test_fits_every_screen_without_an_error(
    browser: Browser, server: str, width: int, scheme: str, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(server + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.post')).display") == "grid"
    assert said == []
    context.close()


def test_a_reader_asks_with_the_keyboard_alone(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/posts/1")
    page.get_by_label("Nama Anda").last.focus()
    page.keyboard.type("Warga Baru")
    page.keyboard.press("Tab")
    page.keyboard.type("Kapan dibuka?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/1#tanggapan-*")
    shown = page.locator("article.response").last
    assert "Kapan dibuka?" in shown.inner_text()
    assert shown.evaluate("each => each.matches(':target')")
    page.get_by_role("button", name="Suka").click()
    page.wait_for_url("**/posts/1")
    assert page.get_by_text("1 suka").is_visible()
    context.close()


def test_every_field_has_a_name(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/posts/1")
    nameless = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), textarea')]"
        ".filter(each => each.labels.length !== 1).length"
    )
    assert nameless == 0
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(each => each.id)"
        ".filter((id, at, all) => all.indexOf(id) !== at)"
    )
    assert twice == []
    page.close()
