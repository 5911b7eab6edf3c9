"""A platform that can fail in every way, and counts what its readers can see."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import Event, Lock

from tests.deliver.servers import Handler, Server, Site


class Fault(StrEnum):
    """What the platform does to a post, an edit or a deletion instead of taking it quietly."""

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
    """A post that readers can see, or could."""

    id: str
    key: str
    link: str
    text: str
    early: bool


@dataclass
class Rules:
    """How the platform behaves: whether a key is safe, and which fault comes next.

    `unedited` tells whether it refuses an edit.
    """

    keyed: bool = False
    fault: Callable[[], Fault] = lambda: Fault.NONE
    unedited: Callable[[], bool] = lambda: False
    retry_after: int = 60


@dataclass
class Board:
    """What the platform took (`taken`, as it was then), and what of it its readers see now."""

    posts: list[Taken] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    by_key: dict[str, Taken] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def links(self) -> Counter[str]:
        """Count the posts of each link."""
        with self.lock:
            return Counter(post.link for post in self.posts)

    def take(self, key: str, data: dict[str, str], *, early: bool) -> Taken:
        """Publish a post."""
        with self.lock:
            number = str(len(self.taken) + 1)
            taken = Taken(number, key, data["link"], data["text"], early)
            self.posts.append(taken)
            self.taken.append(taken)
            self.by_key[key] = taken
            return taken

    def edit(self, number: str, text: str) -> Taken | None:
        """Give a post another text; None where it is gone."""
        with self.lock:
            for place, post in enumerate(self.posts):
                if post.id == number:
                    self.posts[place] = replace(post, text=text)
                    return self.posts[place]
        return None

    def delete(self, number: str) -> Taken | None:
        """Take a post away; None where it is gone already."""
        with self.lock:
            gone = next((post for post in self.posts if post.id == number), None)
            if gone:
                self.posts.remove(gone)
        return gone


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
        """Take a post, edit or delete one, prepare one, or show them all."""
        self.board.calls[f"{request.command} {request.path}"] += 1
        number = request.path.rpartition("/")[2]
        if request.command == "GET":
            with self.board.lock:
                shown = [
                    {"id": post.id, "link": post.link, "text": post.text}
                    for post in self.board.posts
                ]
            request.say(200, json.dumps(shown).encode())
        elif request.path == "/media":
            request.say(201, b'{"media": "m1"}')
        elif request.command == "DELETE":
            self._do(request, lambda: self.board.delete(number))
        elif request.command == "PUT" and self.rules.unedited():
            request.say(400, b"{}")
        elif request.command == "PUT":
            text = json.loads(body)["text"]
            self._do(request, lambda: self.board.edit(number, text))
        else:
            key, data = request.headers["Idempotency-Key"], json.loads(body)
            self._do(request, lambda: self._take(key, data))

    def _do(self, request: Handler, deed: Callable[[], Taken | None]) -> None:
        fault = self.rules.fault()
        done = None if fault in BEFORE else deed()
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
        elif done is None:
            request.say(404, b"{}")
        else:
            request.say(201, json.dumps({"id": done.id}).encode())

    def _take(self, key: str, data: dict[str, str]) -> Taken:
        if self.rules.keyed and key in self.board.by_key:
            return self.board.by_key[key]
        return self.board.take(key, data, early=not self.site.is_live(data["link"]))


def once(*faults: Fault) -> Callable[[], Fault]:
    """Let faults happen in turn, then none."""
    rest = iter(faults)
    return lambda: next(rest, Fault.NONE)
