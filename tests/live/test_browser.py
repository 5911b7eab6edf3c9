"""The office's own site under the development server, in a real browser with its own rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.live.running import PATIENCE_S, Live, running
from tests.project import Project

pytestmark = pytest.mark.browser


@pytest.fixture
def office(tmp_path: Path) -> Project:
    project = Project(tmp_path / "kantor")
    project.article("satu", Title="Yang Pertama")
    return project


@pytest.fixture
def live(office: Project) -> Iterator[Live]:
    with running(office.root / "publishconf.py", office.root / "live.log") as server:
        server.hear(server.shows("artikel/satu/", "Yang Pertama"))
        yield server


@pytest.fixture
def page(live: Live) -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        opened = chromium.new_page()
        opened.goto(f"{live.url}artikel/satu/")
        yield opened
        chromium.close()


def test_the_open_page_follows_the_file(office: Project, page: Page) -> None:
    expect.set_options(timeout=PATIENCE_S * 1_000)
    blocked: list[str] = []
    page.on("console", lambda said: blocked.append(said.text))
    notice, heading = page.get_by_role("alert"), page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Yang Pertama")

    office.article("satu", Title="Yang Kedua")
    expect(heading).to_have_text("Yang Kedua")

    office.article("satu", Title="Yang Ketiga", Date="kemarin")
    expect(notice).to_contain_text("content/artikel/satu-id.md:3")
    expect(heading).to_have_text("Yang Kedua")

    office.article("satu", Title="Yang Ketiga")
    expect(heading).to_have_text("Yang Ketiga")
    expect(notice).to_be_hidden()
    assert [text for text in blocked if "Content Security Policy" in text] == []
