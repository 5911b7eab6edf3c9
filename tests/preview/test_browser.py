"""The open preview in a real browser: copying, following the Markdown, and staying on loopback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from syndication.preview import write
from tests.preview.samples import BUILT, article, drafted

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@dataclass
class Seen:
    """A page, with what its console said and where its requests went."""

    page: Page
    console: list[str] = field(default_factory=list)
    hosts: set[str | None] = field(default_factory=set)

    def __post_init__(self) -> None:
        def asked(request: Request) -> None:
            self.hosts.add(urlsplit(request.url).hostname)

        self.page.on("console", lambda message: self.console.append(message.text))
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", asked)


@pytest.fixture
def seen(browser: Browser) -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block")
    yield Seen(context.new_page())
    context.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "content"
    made.mkdir()
    (made / "judul.txt").write_text("Judul Pertama", "utf-8")
    return made


@pytest.fixture
def address(tmp_path: Path, source: Path) -> Iterator[str]:
    """Serve as a writer does, on any free port; the first line names it."""
    folder = tmp_path / "pratinjau"
    rebuild = [sys.executable, "-m", "tests.preview.rebuild", str(folder), str(source)]
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "syndication.preview.serve", str(folder)),
            *("--port", "0", "--watch", str(source), "--", *rebuild),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with server:
        assert server.stdout
        yield server.stdout.readline().split()[1].rstrip("/")
        server.terminate()


def test_a_post_is_copied_exactly(seen: Seen, address: str) -> None:
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.goto(f"{address}/id/1/")
    button = seen.page.get_by_role("button", name="Salin teks untuk X")
    button.focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_role("status")).to_have_text("Teks tersalin.")
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied == "Kantor membuka lelang.\n\n#Lelang\nhttps://kantor.example.go.id/artikel/1/"
    expect(button).to_have_text("Salin teks")


def test_without_a_clipboard_the_text_is_selected(seen: Seen, address: str) -> None:
    seen.page.add_init_script("delete Navigator.prototype.clipboard")
    seen.page.goto(f"{address}/id/1/")
    seen.page.get_by_role("button", name="Salin teks untuk X").click()
    expect(seen.page.get_by_role("status")).to_contain_text("Ctrl+C")
    assert "Kantor membuka lelang." in seen.page.evaluate("String(getSelection())")


def test_an_open_page_follows_its_source(seen: Seen, address: str, source: Path) -> None:
    seen.page.goto(address)
    expect(seen.page.get_by_role("link", name="Judul Pertama")).to_be_visible()
    (source / "judul.txt").write_text("Judul Kedua", "utf-8")
    expect(seen.page.get_by_role("link", name="Judul Kedua")).to_be_visible()


def test_a_failed_build_is_said_until_it_works_again(
    seen: Seen, address: str, source: Path
) -> None:
    seen.page.goto(f"{address}/id/1/")
    heading = seen.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Judul Pertama")
    (source / "judul.txt").write_text("", "utf-8")
    expect(seen.page.get_by_role("alert")).to_contain_text("judul.txt: judul kosong.")
    (source / "judul.txt").write_text("Judul Pertama", "utf-8")
    expect(seen.page.get_by_role("alert")).to_be_hidden()


def test_a_page_that_did_not_change_is_left_in_peace(
    seen: Seen, address: str, source: Path
) -> None:
    seen.page.goto(f"{address}/id/2/")
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Yang Tetap")
    seen.page.evaluate("window.unspoilt = true")
    other = seen.page.context.new_page()
    other.goto(address)
    with seen.page.expect_response(lambda answer: answer.request.method == "HEAD"):
        (source / "judul.txt").write_text("Judul Kedua", "utf-8")
    expect(other.get_by_role("link", name="Judul Kedua")).to_be_visible()
    assert seen.page.evaluate("window.unspoilt")


def test_says_nothing_to_the_console_and_stays_on_loopback(seen: Seen, address: str) -> None:
    seen.page.goto(f"{address}/id/1/")
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Judul Pertama")
    seen.console.clear()  # the wait for the first build is answered 404
    for path in ("/", "/id/1/", "/id/2/"):
        with seen.page.expect_request(f"{address}/changes"):
            seen.page.goto(f"{address}{path}")
    assert seen.console == []
    assert seen.hosts == {"127.0.0.1"}


def test_opens_as_a_file_too(seen: Seen, tmp_path: Path) -> None:
    write([drafted(article())], tmp_path / "pratinjau", built_at=BUILT)
    seen.page.goto((tmp_path / "pratinjau" / "index.html").as_uri())
    seen.page.get_by_role("link", name="Lelang Kendaraan Dinas").click()
    expect(seen.page.get_by_role("button", name="Salin teks untuk X")).to_be_visible()
    painted = "getComputedStyle(document.querySelector('.post')).borderTopWidth"
    assert seen.page.evaluate(painted) == "4px"
    assert seen.console == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    long = "https://kantor.example.go.id/" + "sangat-panjang" * 30
    drafts = [drafted(article(title="Sangat" * 40), text=f"{'panjang' * 40} {long}")]
    write(drafts, tmp_path / "pratinjau", built_at=BUILT)
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for name in ("index.html", "id/15170/index.html"):
        page.goto((tmp_path / "pratinjau" / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
