"""`siar announce` on a deployed site, with a hub and an IndexNow that listen on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.project import NOWHERE, Project

KEY = "0123456789abcdef"


class Ears(ThreadingHTTPServer):
    """Hears what is posted, and answers with `status`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Mouth)
        self.status = 202
        self.heard: list[tuple[str, str]] = []
        self.address = f"http://127.0.0.1:{self.server_port}"

    def feeds(self) -> list[str]:
        """Return the feeds that the hub was told of, and forget them."""
        told = [parse_qs(body) for path, body in self._taken("/hub")]
        assert all(each["hub.mode"] == ["publish"] for each in told)
        assert all(each["hub.url"] == each["hub.topic"] for each in told)
        return sorted(each["hub.url"][0] for each in told)

    def pages(self) -> list[dict[str, object]]:
        """Return what IndexNow was told, and forget it."""
        return [json.loads(body) for path, body in self._taken("/indexnow")]

    def _taken(self, path: str) -> list[tuple[str, str]]:
        taken = [each for each in self.heard if each[0] == path]
        self.heard = [each for each in self.heard if each[0] != path]
        return taken


class Mouth(BaseHTTPRequestHandler):
    server: Ears

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.heard.append((self.path, body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as it is named there
        """Say nothing."""


@pytest.fixture
def ears() -> Iterator[Ears]:
    with Ears() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def project(tmp_path: Path, ears: Ears) -> Iterator[Project]:
    """An office with one article, deployed and served; it tells the ears."""
    project = Project(tmp_path / "kantor")
    project.extra = {
        "WEBSUB_HUBS": [f"{ears.address}/hub"],
        "INDEXNOW_KEY": KEY,
        "INDEXNOW_ENDPOINT": f"{ears.address}/indexnow",
        "SYNDICATION_PUBLISH": True,
        "SYNDICATION_CHANNELS": {},
    }
    project.article("mobil")
    with project.served():
        show(project)
        yield project


def show(project: Project) -> None:
    if not (project.root / "var" / "ledger.sqlite3").exists():
        assert project.siar("init").returncode == 0
    for task in ("publish", "deploy"):
        done = project.invoke(task)
        assert done.returncode == 0, done.stdout + done.stderr


def announced(project: Project) -> str:
    said = project.siar("announce")
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def test_what_changed_is_told_once(project: Project, ears: Ears) -> None:
    announced(project)
    assert f"{project.siteurl}/atom.xml" in ears.feeds()
    assert ears.pages() == []

    project.article("rumah")
    show(project)
    announced(project)
    told = ears.feeds()
    assert f"{project.siteurl}/atom.xml" in told
    assert f"{project.siteurl}/feed.json" in told
    (said,) = ears.pages()
    assert f"{project.siteurl}/artikel/rumah/" in said["urlList"]  # type: ignore[operator]
    assert f"{project.siteurl}/artikel/mobil/" not in said["urlList"]  # type: ignore[operator]
    assert said["key"] == KEY
    assert said["keyLocation"] == f"{project.siteurl}/{KEY}.txt"
    assert (project.root / "deploy" / "current" / f"{KEY}.txt").read_text() == KEY

    assert "tidak ada yang baru" in announced(project)
    assert ears.heard == []


def test_what_failed_is_told_at_the_next_round(project: Project, ears: Ears) -> None:
    announced(project)
    project.article("rumah")
    show(project)
    ears.heard.clear()
    ears.status = 429
    said = project.siar("announce")
    assert said.returncode == 1
    assert "127.0.0.1 menjawab 429. Akan dicoba lagi" in said.stdout
    ears.heard.clear()
    ears.status = 200
    announced(project)
    assert f"{project.siteurl}/atom.xml" in ears.feeds()
    assert len(ears.pages()) == 1


def test_a_page_that_is_gone_is_told(project: Project, ears: Ears) -> None:
    project.article("rumah")
    show(project)
    announced(project)
    (project.root / "content" / "artikel" / "rumah-id.md").unlink()
    (project.root / "output" / "artikel" / "rumah" / "index.html").unlink()
    show(project)
    announced(project)
    (said,) = ears.pages()
    assert f"{project.siteurl}/artikel/rumah/" in said["urlList"]  # type: ignore[operator]


def test_a_damaged_memory_tells_once_more(project: Project, ears: Ears) -> None:
    announced(project)
    ears.heard.clear()
    (project.root / "var" / "announced.json").write_text("[1", "utf-8")
    announced(project)
    assert ears.feeds()


def test_feeds_name_the_hub(project: Project, ears: Ears) -> None:
    output = project.root / "output"
    hub = f"{ears.address}/hub"
    assert f'<link rel="hub" href="{hub}"' in (output / "atom.xml").read_text("utf-8")
    assert f'rel="hub" href="{hub}"' in (output / "rss.xml").read_text("utf-8")
    assert json.loads((output / "feed.json").read_text("utf-8"))["hubs"] == [
        {"type": "WebSub", "url": hub}
    ]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({}, "Tidak ada yang perlu dikabari"),
        ({"INDEXNOW_KEY": "pendek"}, "8 sampai 128"),
        ({"WEBSUB_HUBS": "https://hub.example/"}, "harus berupa daftar"),
        ({"INDEXNOW_KEY": KEY}, "Tayangkan dahulu situsnya"),
    ],
    ids=["nobody", "bad key", "no list", "not live"],
)
def test_settings_are_explained(tmp_path: Path, settings: dict[str, object], says: str) -> None:
    project = Project(tmp_path / "kantor", siteurl=NOWHERE)
    project.configure(SYNDICATION_CHANNELS={}, **settings)
    said = project.siar("announce")
    assert says in said.stdout + said.stderr
    assert "Traceback" not in said.stderr
