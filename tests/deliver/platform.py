"""A platform that can fail in every way, and counts what its readers can see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event, Lock

from tests.deliver.servers import Handler, Server, Site


class Fault(StrEnum):
    """What the platform does to a post instead of taking it quietly."""

    NONE = "none"
    DROP_BEFORE = "hangs up before it takes the post"
    DROP_AFTER = "takes the post and hangs up"
    ERROR_AFTER = "takes the post and answers 500"
    HANG_BEFORE = "never answers, and does not take it"
    HANG_AFTER = "takes the post and never answers"
    HALF = "takes the post and sends half an answer"
    NO_ID = "takes the post and answers without its id"
    LIMIT = "429 with a time to come back"
    REFUSE = "400"
    BAR = "401"


BEFORE = frozenset({Fault.DROP_BEFORE, Fault.HANG_BEFORE, Fault.LIMIT, Fault.REFUSE, Fault.BAR})
HANGING = frozenset({Fault.HANG_BEFORE, Fault.HANG_AFTER})
SILENT = HANGING | {Fault.DROP_BEFORE, Fault.DROP_AFTER}
STATUS = {
    Fault.ERROR_AFTER: 500,
    Fault.NO_ID: 201,
    Fault.LIMIT: 429,
    Fault.REFUSE: 400,
    Fault.BAR: 401,
}


@dataclass(frozen=True)
class Taken:
    """A post that readers can see."""

    id: str
    key: str
    link: str
    text: str
    early: bool


@dataclass
class Rules:
    """How the platform behaves: whether a key is safe, and which fault comes next."""

    keyed: bool = False
    fault: Callable[[], Fault] = lambda: Fault.NONE
    retry_after: int = 60


@dataclass
class Board:
    """What the platform took. `posts` is what its readers see."""

    posts: list[Taken] = field(default_factory=list)
    by_key: dict[str, Taken] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def links(self) -> Counter[str]:
        """Count the posts of each link."""
        with self.lock:
            return Counter(post.link for post in self.posts)


class Platform(Server):
    """A platform with one account. `came` is set when a post arrives, `gone` ends its hanging."""

    def __init__(self, site: Site, rules: Rules | None = None) -> None:
        super().__init__()
        self.site = site
        self.rules = rules or Rules()
        self.board = Board()
        self.came = Event()
        self.gone = Event()

    def answer(self, request: Handler, body: bytes) -> None:
        """Take a post, prepare one, or show them all."""
        self.board.calls[f"{request.command} {request.path}"] += 1
        if request.command == "GET":
            with self.board.lock:
                shown = [{"id": post.id, "link": post.link} for post in self.board.posts]
            request.say(200, json.dumps(shown).encode())
        elif request.path == "/media":
            request.say(201, b'{"media": "m1"}')
        else:
            self._post(request, json.loads(body))

    def _post(self, request: Handler, data: dict[str, str]) -> None:
        fault = self.rules.fault()
        taken = None
        if fault not in BEFORE:
            taken = self._take(request.headers["Idempotency-Key"], data)
        self.came.set()
        if fault in SILENT:
            if fault in HANGING:
                self.gone.wait(timeout=60)
            request.hang_up()
        elif fault is Fault.HALF:
            request.wfile.write(b'HTTP/1.1 201 Created\r\nContent-Length: 30\r\n\r\n{"id"')
            request.hang_up()
        elif fault in STATUS:
            request.say(STATUS[fault], b"{}", Retry_After=str(self.rules.retry_after))
        else:
            assert taken is not None
            request.say(201, json.dumps({"id": taken.id}).encode())

    def _take(self, key: str, data: dict[str, str]) -> Taken:
        with self.board.lock:
            if self.rules.keyed and key in self.board.by_key:
                return self.board.by_key[key]
            number = str(len(self.board.posts) + 1)
            early = not self.site.is_live(data["link"])
            taken = Taken(number, key, data["link"], data["text"], early)
            self.board.posts.append(taken)
            self.board.by_key[key] = taken
            return taken


def once(*faults: Fault) -> Callable[[], Fault]:
    """Let faults happen in turn, then none."""
    rest = iter(faults)
    return lambda: next(rest, Fault.NONE)
