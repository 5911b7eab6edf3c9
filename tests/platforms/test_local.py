from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import ClassVar

import httpx
import pytest

from syndication.model import Channel
from syndication.platforms import registry
from syndication.platforms.answers import DocumentedError
from syndication.platforms.local.page import marked
from syndication.platforms.protocol import NotSetUp
from tests.platforms.contract import Contract
from tests.platforms.fakes.local import Through, timeline
from tests.platforms.fakes.stage import Reply, Stage, playing
from tests.platforms.samples import clock

POST = {
    "account": "kpknl",
    "lang": "id",
    "text": "Halo #Lelang2026 <b>",
    "link": "https://a.id/x",
    "card": {"title": "Judul", "description": "", "image": "", "alt": ""},
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    database = tmp_path_factory.mktemp("local") / "timeline.sqlite3"
    with timeline(database) as url:
        yield url, database


@pytest.fixture
def server(running: tuple[str, Path]) -> str:
    """Address the real server, which starts empty for each test."""
    url, database = running
    with closing(sqlite3.connect(database)) as connection, connection:
        for table in ("posts", "responses", "counts"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
    return url


class TestLocal(Contract):
    """The real server, behind a stage that can spoil its answers."""

    channel: ClassVar[Channel] = Channel("lokal-id", "local", "id", account="kpknl-contoh")

    @pytest.fixture
    def stage(self, server: str) -> Iterator[Stage]:
        with playing(Through(server)) as stage:
            yield stage

    def worded(self, error: DocumentedError) -> Reply:
        raise AssertionError(error)


@pytest.fixture
def web(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, trust_env=False) as client:
        yield client


def test_one_key_makes_one_post_for_ever(web: httpx.Client) -> None:
    headers = {"Idempotency-Key": "k"}
    first = web.post("/api/posts", json=POST, headers=headers)
    again = web.post("/api/posts", json={**POST, "text": "Lain"}, headers=headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert web.delete(f"/api/posts/{first.json()['id']}").status_code == 200
    assert web.post("/api/posts", json=POST, headers=headers).status_code == 200
    assert web.get("/api/posts").json() == []


def test_posts_without_a_key_are_all_kept(web: httpx.Client) -> None:
    ids = [web.post("/api/posts", json=POST).json()["id"] for _ in range(2)]
    assert [post["id"] for post in web.get("/api/posts").json()] == ids[::-1]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'"text"', id="a word"),
        pytest.param(b"{}", id="no fields"),
        pytest.param(b'{"account": "a", "lang": "id", "text": "x"}', id="no link"),
        pytest.param(b"[" * 20_000, id="endless brackets"),
    ],
)
def test_a_post_that_is_none_is_refused(web: httpx.Client, body: bytes) -> None:
    assert web.post("/api/posts", content=body).status_code == 400
    assert web.get("/api/posts").json() == []


@pytest.mark.parametrize(
    "change",
    [
        {"text": "  "},
        {"text": 5},
        {"account": ""},
        {"link": "javascript:alert(1)"},
        {"card": {"image": "data:image/png;base64,AA"}},
        {"card": {"colour": "red"}},
        {"more": "x"},
    ],
    ids=str,
)
def test_a_wrong_field_is_refused(web: httpx.Client, change: dict[str, object]) -> None:
    answer = web.post("/api/posts", json={**POST, **change})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_pages_show_what_readers_would_see(web: httpx.Client) -> None:
    post_id = web.post("/api/posts", json=POST).json()["id"]
    for address in ("/", "/@kpknl", f"/posts/{post_id}"):
        answer = web.get(address)
        assert answer.status_code == 200
        assert "Halo <span" in answer.text
        assert "&lt;b&gt;" in answer.text
        assert " WITA</time>" in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert web.get("/timeline.css").headers["Content-Type"].startswith("text/css")


def test_pages_of_nothing_say_so(web: httpx.Client) -> None:
    assert "Belum ada unggahan" in web.get("/").text
    assert web.get("/@lain").status_code == 404
    assert web.get("/posts/9").status_code == 404
    assert web.put("/api/posts/9", json=POST).status_code == 404
    assert web.delete("/api/posts/9").status_code == 404


def test_a_withdrawn_post_says_so_at_its_address(web: httpx.Client) -> None:
    post_id = web.post("/api/posts", json=POST).json()["id"]
    web.delete(f"/api/posts/{post_id}")
    answer = web.get(f"/posts/{post_id}")
    assert answer.status_code == 410
    assert "ditarik" in answer.text
    assert "Halo" not in answer.text
    assert web.put(f"/api/posts/{post_id}", json=POST).status_code == 404


def test_health_is_told(web: httpx.Client) -> None:
    assert web.get("/health").json() == {"ok": True, "posts": 0}


def test_runs_as_a_program_that_prints_its_address(tmp_path: Path) -> None:
    module = "syndication.platforms.local.server"
    command = [sys.executable, "-m", module, "--database", str(tmp_path / "t.sqlite3")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        assert httpx.get(f"{url}/health", trust_env=False).json() == {"ok": True, "posts": 0}
        process.terminate()
        assert process.wait(timeout=20) in (0, -signal.SIGTERM)


def test_posts_outlive_the_server(tmp_path: Path) -> None:
    database = tmp_path / "folder" / "timeline.sqlite3"
    with timeline(database) as url:
        httpx.post(f"{url}/api/posts", json=POST, trust_env=False)
    with timeline(database) as url:
        assert len(httpx.get(f"{url}/api/posts", trust_env=False).json()) == 1


@pytest.mark.parametrize("host", ["", "https://sosial.example.go.id", "127.0.0.1:80"])
def test_only_this_machine_is_asked(host: str) -> None:
    channel = Channel("lokal", "local", "id", options={"host": host})
    with pytest.raises(NotSetUp, match="host"):
        registry.client_for(channel, {}, clock)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("satu\ndua\n\ntiga", "<p>satu<br>dua</p><p>tiga</p>"),
        ("#UU_ITE #2024", '<p><span class="post-tag">#UU_ITE</span> #2024</p>'),
        ("C# dan a#b", "<p>C# dan a#b</p>"),
        ("@kpknl.id a@b.id", '<p><span class="post-tag">@kpknl.id</span> a@b.id</p>'),
        (
            "lihat https://a.id/?a=1&b=2.",
            '<p>lihat <a class="post-link" href="https://a.id/?a=1&amp;b=2">a.id/?a=1&amp;b=2</a>.</p>',
        ),
        ("<script>", "<p>&lt;script&gt;</p>"),
    ],
    ids=["lines", "hashtags", "no hashtag", "accounts", "an address", "markup"],
)
def test_words_are_marked(text: str, html: str) -> None:
    assert str(marked(text)) == html
