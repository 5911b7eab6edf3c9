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
        yield url


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_every_screen_without_an_error(
    browser: Browser, server: str, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(server)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.post')).display") == "grid"
    assert said == []
    context.close()
