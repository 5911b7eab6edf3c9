"""A real HTTP server that plays a platform, and spoils its answers when told to.

`Stage` plays any `Platform`: a fake that answers by itself, or a real server that it asks.
A `Fault` says for the next publishing request whether it is published, and what the client
then gets. Over HTTP, for a relay that runs as a process:

    GET  /_published   what is public now, as a list
    GET  /_attempts    how many publishing requests came
    POST /_faults      a list of faults, as objects with the fields of `Fault`
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, runtime_checkable
from urllib.parse import parse_qsl, urlsplit

from syndication.model import JSON, Figures

JSON_TYPE: Mapping[str, str] = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Request:
    """What came in. Header names are in lower case; of a repeated name the last counts.

    `asked` is the query as it came, with every repetition.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    asked: str = ""

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    """What goes out."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def data(status: int, value: object, **headers: str) -> Reply:
    return Reply(status, json.dumps(value), {**JSON_TYPE, **headers})


class Platform(Protocol):
    """What a stage plays."""

    def publishes(self, request: Request) -> bool:
        """Tell whether the public could see something after this request."""

    def reply(self, request: Request) -> Reply:
        """Do what is asked."""

    def published(self) -> list[dict[str, JSON]]:
        """List what the public sees, each with its `id` and `text`."""


@runtime_checkable
class Talked(Protocol):
    """A platform on which people answer; the tests speak for them."""

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Let somebody answer a post, or the response `parent` below it; return the id."""


@runtime_checkable
class Counted(Protocol):
    """A platform that counts how its posts are seen and used."""

    def count(self, post_id: str, figures: Figures) -> None:
        """Let a post have these figures, as far as the platform has them at all."""


@dataclass(frozen=True)
class Fault:
    """What befalls one publishing request, or one that only reads.

    `publish`: whether the platform carries it out. `then` is what the client gets: "reply" (what is
    given here), "truth" (what the platform says), "half" (half of that), "drip" (a byte now and
    then, for ever), "drop" (the connection closes), "hang" (nothing, until the stage ends).
    """

    publish: bool
    then: str = "reply"
    status: int = 500
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


NO_FAULT = Fault(publish=True, then="truth")


class Stage(ThreadingHTTPServer):
    """The server. `faults` are used up in order; `requests` are all that came.

    `silences` are the same for requests that publish nothing.

    `dealt` counts the publishing requests that the platform has dealt with: a client that gave up
    may be quicker than the server.
    """

    daemon_threads = True

    def __init__(self, platform: Platform, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.platform = platform
        self.faults: deque[Fault] = deque()
        self.silences: deque[Fault] = deque()
        self.requests: list[Request] = []
        self.dealt = threading.Semaphore(0)
        self.ended = threading.Event()
        self._turn = threading.Lock()

    def carry_out(self, request: Request) -> Reply:
        """Let the platform do what is asked, one request at a time."""
        with self._turn:
            return self.platform.reply(request)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def attempts(self) -> int:
        return sum(self.platform.publishes(request) for request in self.requests)

    def published(self) -> list[dict[str, JSON]]:
        return self.platform.published()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stage

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        request = self._request()
        if request.path.startswith("/_"):
            self._write(self._control(request))
            return
        self.server.requests.append(request)
        publishes = self.server.platform.publishes(request)
        due = self.server.faults if publishes else self.server.silences
        fault = due.popleft() if due else NO_FAULT
        truth = self.server.carry_out(request) if fault.publish else Reply(200)
        if publishes:
            self.server.dealt.release()
        self._answer(fault, truth)

    def _request(self) -> Request:
        address = urlsplit(self.path)
        return Request(
            method=self.command,
            path=address.path,
            query=dict(parse_qsl(address.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length", 0))),
            asked=address.query,
        )

    def _control(self, request: Request) -> Reply:
        if request.path == "/_faults" and request.method == "POST":
            faults = [Fault(**each) for each in json.loads(request.body)]
            self.server.faults.extend(faults)
            return data(200, {"faults": len(self.server.faults)})
        answers: dict[str, Callable[[], object]] = {
            "/_published": self.server.published,
            "/_attempts": lambda: self.server.attempts,
        }
        if request.path not in answers:
            return data(404, {"error": "no such control"})
        return data(200, answers[request.path]())

    def _answer(self, fault: Fault, truth: Reply) -> None:
        self.close_connection = self.close_connection or fault is not NO_FAULT
        match fault.then:
            case "truth":
                self._write(truth)
            case "reply":
                self._write(Reply(fault.status, fault.body, fault.headers))
            case "half":
                self._write(truth, of=2)
            case "drip":
                self._drip(truth)
            case "hang":
                self.server.ended.wait()

    def _write(self, reply: Reply, of: int = 1) -> None:
        body = reply.body.encode()
        self._head(reply, len(body))
        self.wfile.write(body[: len(body) // of])

    def _drip(self, reply: Reply) -> None:
        self._head(reply, 1 << 20)
        while not self.server.ended.wait(0.02):
            self.wfile.write(b" ")

    def _head(self, reply: Reply, length: int) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in the base
        """Say nothing: what came is in `requests`."""

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # a client that no longer waits is part of the play
            self.close_connection = True


@contextmanager
def playing(platform: Platform) -> Iterator[Stage]:
    """Serve a platform on a free port of this machine."""
    stage = Stage(platform)
    thread = threading.Thread(target=stage.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stage
    finally:
        stage.ended.set()
        stage.shutdown()
        thread.join()
        stage.server_close()


def main(platform: Platform) -> None:
    """Serve as a program: `--port N`, 0 for any free one; the first line is the address."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    stage = Stage(platform, parser.parse_args().port)
    sys.stdout.write(f"{stage.url}\n")
    sys.stdout.flush()
    stage.serve_forever()
