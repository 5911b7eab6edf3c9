"""The real timeline server of this machine, behind a stage that can spoil its answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import uvicorn

from syndication.clock import now
from syndication.model import JSON, Figures
from syndication.platforms.local.server import make_app
from tests.platforms.fakes.stage import JSON_TYPE, Reply, Request

PASSED_ON = ("content-type", "idempotency-key")


ASKING = httpx.Client(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass
class Through:
    """A platform that asks the real server at `url`."""

    url: str

    def publishes(self, request: Request) -> bool:
        """Tell whether a post, or an answer of the account, is made."""
        return request.method == "POST" and request.path in ("/api/posts", "/api/responses")

    def reply(self, request: Request) -> Reply:
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        answer = ASKING.request(
            request.method,
            self.url + request.path,
            params=dict(request.query),
            content=request.body,
            headers=headers,
        )
        return Reply(answer.status_code, answer.text, JSON_TYPE)

    def published(self) -> list[dict[str, JSON]]:
        posts: list[dict[str, JSON]] = ASKING.get(f"{self.url}/api/posts").json()
        return list(reversed(posts))

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Answer as a reader does: with the form of the page."""
        form = {"author": author, "text": text, "parent": parent}
        answer = ASKING.post(f"{self.url}/posts/{post_id}/responses", data=form)
        assert answer.status_code == HTTPStatus.SEE_OTHER, answer.text
        return answer.headers["Location"].partition("#tanggapan-")[2]

    def count(self, post_id: str, figures: Figures) -> None:
        """Open and like the post as often; nobody can share it, and it is answered by `say`."""
        for _ in range(figures.views or 0):
            ASKING.get(f"{self.url}/posts/{post_id}").raise_for_status()
        for _ in range(figures.likes or 0):
            ASKING.post(f"{self.url}/posts/{post_id}/likes")
        for number in range(figures.replies or 0):
            self.say(post_id, "Warga", f"Tanggapan {number}")


@contextmanager
def timeline(database: Path) -> Iterator[str]:
    """Run the real server on a free port, and give its address."""
    app = make_app(database, ZoneInfo("Asia/Makassar"), now)
    config = uvicorn.Config(app, port=0, log_level="critical", ws="none")
    server = uvicorn.Server(config)
    with config.bind_socket() as listening:
        listening.listen()
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
