"""The preview's server: whom it answers, what it tells open pages, and how it builds."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from pathlib import Path

import httpx
import pytest

from syndication.preview import write
from syndication.preview.live import News, application
from syndication.preview.serve import PortTaken, RebuildFailed, running, serve
from tests.preview.samples import BUILT, article, drafted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "pratinjau"
    made.mkdir()
    return made


def get(folder: Path, path: str, host: str = "127.0.0.1") -> httpx.Response:
    app = application(folder, News(), lambda: True)

    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get(path)

    return asyncio.run(answer())


def test_serves_the_pages_strictly(folder: Path) -> None:
    write([drafted(article())], folder, built_at=BUILT)
    answer = get(folder, "/id/15170/")
    assert "Lelang Kendaraan Dinas" in answer.text
    assert answer.headers["Server-Timing"] == f"page;desc={answer.headers['ETag']}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_an_etag_lives_as_long_as_its_page(folder: Path) -> None:
    drafts = [drafted(article("1")), drafted(article("2"))]
    write(drafts, folder, built_at=BUILT)
    before = {path: get(folder, path).headers["ETag"] for path in ("/id/1/", "/id/2/")}
    write([drafts[0], drafted(article("2"), text="Baru.")], folder, built_at=BUILT)
    assert get(folder, "/id/1/").headers["ETag"] == before["/id/1/"]
    assert get(folder, "/id/2/").headers["ETag"] != before["/id/2/"]


@pytest.mark.parametrize("path", ["/", "/id/15170/", "/../rahasia.txt", "/%2e%2e/rahasia.txt"])
def test_what_is_not_there_yet_waits(folder: Path, path: str) -> None:
    (folder.parent / "rahasia.txt").write_text("rahasia")
    answer = get(folder, path)
    assert answer.status_code == 404
    assert "Belum ada halaman di sini" in answer.text
    assert get(folder, "/preview.js").status_code == 200


def test_answers_only_under_its_own_name(folder: Path) -> None:
    assert get(folder, "/", host="jahat.example").status_code == 400


def test_news_reach_every_page_at_once_and_after_each_build() -> None:
    async def told() -> list[str]:
        news = News()
        rounds = 0

        def closing() -> bool:
            return rounds > 2

        heard = []
        async for event in news.stream(closing):
            heard.append(json.loads(event.split("data: ")[1])["failure"])
            rounds += 1
            news.tell("gagal" if rounds == 1 else "")
        return heard

    assert asyncio.run(told()) == ["", "gagal", ""]


def test_a_waiting_stream_shows_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("syndication.preview.live.PULSE", 0.001)

    async def heard() -> list[str]:
        stream = News().stream(lambda: False)
        return [await anext(stream), await anext(stream)]

    assert asyncio.run(heard())[1] == ": \n\n"


def test_a_command_is_run_and_its_words_are_shown(capfd: pytest.CaptureFixture[str]) -> None:
    running([sys.executable, "-c", "print('tersusun')"])()
    assert capfd.readouterr().out == "tersusun\n"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        pytest.param("raise SystemExit('Tanggal salah.')", "Tanggal salah.", id="says why"),
        pytest.param("raise SystemExit(3)", r"gagal \(3\)", id="says nothing"),
    ],
)
def test_a_failed_command_says_why(code: str, reason: str) -> None:
    with pytest.raises(RebuildFailed, match=reason):
        running([sys.executable, "-c", code])()


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(RebuildFailed, match="tidak-ada-perintah"):
        running(["tidak-ada-perintah"])()


def test_a_taken_port_is_said_before_anything_is_built(tmp_path: Path) -> None:
    built: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            serve(tmp_path, port=port, watch=tmp_path, rebuild=lambda: built.append("x"))
    assert not built
