from __future__ import annotations

import json
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
from bs4 import BeautifulSoup

from syndication.model import Channel, Response
from syndication.platforms import registry
from syndication.platforms.answers import DocumentedError
from syndication.platforms.local.page import marked
from syndication.platforms.local.store import SCHEMA
from syndication.platforms.protocol import Answerable, NotSetUp, Refused
from tests.platforms.contract import Contract
from tests.platforms.fakes.local import Through, timeline
from tests.platforms.fakes.stage import Reply, Stage, playing
from tests.platforms.samples import NOW, clock

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


@pytest.fixture
def post(web: httpx.Client) -> str:
    """The number of a post that people can answer."""
    made: str = web.post("/api/posts", json=POST).json()["id"]
    return made


def say(web: httpx.Client, post: str, **form: str) -> httpx.Response:
    said = {"author": "Warga", "text": "Kapan?", "parent": ""} | form
    return web.post(f"/posts/{post}/responses", data=said)


def test_readers_answer_posts_and_each_other(web: httpx.Client, post: str) -> None:
    first = say(web, post, text="Kapan dibuka? <b>")
    assert first.status_code == 303
    number = first.headers["Location"].partition("#tanggapan-")[2]
    second = say(web, post, author="Tetangga", text="Saya juga.", parent=number)
    assert second.headers["Location"].startswith(f"/posts/{post}#")
    page = BeautifulSoup(web.get(f"/posts/{post}").text, "html.parser")
    outer, inner = page.select("article.response")
    assert "Kapan dibuka? <b>" in outer.get_text()
    assert inner.find_parent("ol") in outer.find_parent("li").select("ol")  # type: ignore[union-attr]
    assert [each.get_text() for each in page.select(".official")] == []
    assert "2 tanggapan" in web.get("/").text


def test_the_account_is_known_from_readers_who_take_its_name(web: httpx.Client, post: str) -> None:
    number = say(web, post, author="@kpknl").headers["Location"].partition("#tanggapan-")[2]
    answer = {"account": "kpknl", "post": post, "parent": number, "text": "Senin."}
    assert web.post("/api/responses", json=answer).status_code == 201
    page = BeautifulSoup(web.get(f"/posts/{post}").text, "html.parser")
    shown = [bool(each.select(".official")) for each in page.select("article.response")]
    assert shown == [False, True]
    official = [each["official"] for each in web.get(f"/api/responses?posts={post}").json()]
    assert official == [False, True]


def test_one_key_makes_one_answer(web: httpx.Client, post: str) -> None:
    answer = {"account": "kpknl", "post": post, "parent": "", "text": "Senin."}
    made = [
        web.post("/api/responses", json=answer, headers={"Idempotency-Key": "k"}) for _ in range(2)
    ]
    assert [each.status_code for each in made] == [201, 200]
    assert made[0].json() == made[1].json()
    assert len(web.get(f"/api/responses?posts={post}").json()) == 1


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"text": " "}, "Isi nama"),
        ({"author": ""}, "Isi nama"),
        ({"author": "a" * 61}, "Paling panjang 60"),
        ({"text": "a" * 2001}, "2000 untuk tanggapan"),
    ],
    ids=["no words", "no name", "a long name", "long words"],
)
def test_a_form_that_lacks_something_says_so(
    web: httpx.Client, post: str, form: dict[str, str], told: str
) -> None:
    answer = say(web, post, **form)
    assert answer.status_code == 400
    alert = BeautifulSoup(answer.text, "html.parser").select("[role=alert]")
    assert told in alert[0].get_text()
    assert web.get(f"/api/responses?posts={post}").json() == []


def test_no_other_site_speaks_for_a_reader(web: httpx.Client, post: str) -> None:
    for address in (f"/posts/{post}/responses", f"/posts/{post}/likes"):
        said = {"author": "Warga", "text": "Kapan?"}
        there = web.post(address, data=said, headers={"Origin": "https://lain.example"})
        assert there.status_code in (400, 404)
    assert web.get("/api/figures", params={"posts": post}).json()[post] == {
        "views": 0, "likes": 0, "replies": 0,
    }  # fmt: skip


@pytest.mark.parametrize("gone", [True, False], ids=["withdrawn", "unknown"])
def test_only_posts_that_stand_are_answered(web: httpx.Client, post: str, *, gone: bool) -> None:
    number = post if gone else "999"
    say(web, post)
    if gone:
        web.delete(f"/api/posts/{post}")
    answer = {"account": "kpknl", "post": number, "parent": "", "text": "Senin."}
    assert web.post("/api/responses", json=answer).status_code == 404
    assert say(web, number).status_code == 404
    assert web.post(f"/posts/{number}/likes").status_code == 404
    assert web.get("/api/responses", params={"posts": number}).json() == []
    assert web.get("/api/figures", params={"posts": number}).json() == {}


def test_an_answer_needs_what_it_answers(web: httpx.Client, post: str) -> None:
    other = web.post("/api/posts", json=POST).json()["id"]
    number = say(web, other).headers["Location"].partition("#tanggapan-")[2]
    assert say(web, post, parent=number).status_code == 404
    assert say(web, post, parent="x").status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"account": 1, "post": "1", "parent": "", "text": "x"}', b"[" * 20_000],
    ids=["nothing", "a list", "no fields", "a number", "endless brackets"],
)
def test_an_answer_that_is_none_is_refused(web: httpx.Client, body: bytes) -> None:
    assert web.post("/api/responses", content=body).status_code == 400


def test_a_response_that_is_gone_is_not_answered(server: str, post: str) -> None:
    channel = Channel("lokal", "local", "id", options={"host": server})
    client = registry.client_for(channel, {}, clock)
    assert isinstance(client, Answerable)
    gone = Response("999", post, f"{server}/posts/{post}", "Warga", "Kapan?", NOW)
    with pytest.raises(Refused, match="sudah tidak ada"):
        client.reply(gone, "Senin.", key="k")


def test_pages_let_forms_go_nowhere_else_and_run_no_script(web: httpx.Client, post: str) -> None:
    policy = web.get(f"/posts/{post}").headers["Content-Security-Policy"]
    assert "form-action 'self'" in policy
    assert "default-src 'none'" in policy
    assert "<script" not in web.get(f"/posts/{post}").text


def test_a_timeline_from_before_people_could_answer_is_brought_up_to_date(tmp_path: Path) -> None:
    database = tmp_path / "t.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.executescript(SCHEMA)
        connection.execute(
            "INSERT INTO posts (account, content, at) VALUES (?, ?, ?)",
            ("kpknl", json.dumps(POST), "2026-11-01T00:00:00+00:00"),
        )
    with timeline(database) as url, httpx.Client(base_url=url, trust_env=False) as web:
        assert say(web, "1").status_code == 303
        assert "1 tanggapan" in web.get("/").text
