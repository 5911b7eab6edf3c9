"""The real timeline server of this machine, behind a stage that can spoil its answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import uvicorn

from syndication.clock import now
from syndication.model import JSON
from syndication.platforms.local.server import make_app
from tests.platforms.fakes.stage import JSON_TYPE, Reply, Request

PASSED_ON = ("content-type", "idempotency-key")


ASKING = httpx.Client(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass
class Through:
    """A platform that asks the real server at `url`."""

    url: str

    def publishes(self, request: Request) -> bool:
        return (request.method, request.path) == ("POST", "/api/posts")

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
