"""A post that a person makes, in a real browser: its text is copied and its picture is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from syndication.drafts import draft
from syndication.model import Channel
from syndication.preview import Site, write
from tests.preview.samples import BUILT, SITE, article

pytestmark = pytest.mark.browser

PIXEL = Path(__file__).parents[2] / "theme" / "static" / "img" / "logo.png"
CHANNELS = [Channel(name, name, "id") for name in ("whatsapp", "youtube")]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context.new_page()
        chromium.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an article's page in a preview of both channels."""
    folder = tmp_path_factory.mktemp("preview")
    output = folder / "output"
    (output / "images").mkdir(parents=True)
    (output / "images" / "lelang.png").write_bytes(PIXEL.read_bytes())
    drafts = [draft(article(), channel) for channel in CHANNELS]
    write(drafts, folder / "pratinjau", built_at=BUILT, site=Site(SITE, output))
    return (folder / "pratinjau" / "id" / "15170" / "index.html").as_uri()


@pytest.mark.parametrize("name", ["WhatsApp", "YouTube"])
def test_its_text_is_copied_exactly(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=f"Salin teks untuk {name}").click()
    expect(page.get_by_role("status")).to_have_text("Teks tersalin.")
    copied = page.evaluate("navigator.clipboard.readText()")
    (channel,) = (each for each in CHANNELS if each.name == name.lower())
    payload = draft(article(), channel).payload
    assert payload
    assert copied == payload.text
    assert copied.count(article().url) == 1


def test_says_what_to_do_and_shows_the_picture(page: Page, address: str) -> None:
    page.goto(address)
    posts = page.locator("article.post")
    expect(posts).to_have_count(2)
    for number in range(2):
        post = posts.nth(number)
        expect(post).to_contain_text("catat tautannya")
        picture = post.get_by_role("img", name="Palu lelang di atas meja")
        assert picture.evaluate("image => image.naturalWidth") > 0
