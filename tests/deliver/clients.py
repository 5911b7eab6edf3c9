"""Clients of the test platform: with a safe key, with `find` only, with neither."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import httpx

from syndication.model import Payload, Prepared, Receipt
from syndication.platforms.protocol import Barred, Clock, Deferred, InDoubt, Refused

Gate = Callable[[str], None]
"""Is told each point that the client passes; a test may stop it there."""


def open_gate(name: str) -> None:
    """Let it pass."""
    del name


class Plain:
    """A platform with neither a safe key nor a timeline to search."""

    def __init__(
        self, url: str, clock: Clock, *, seconds: float = 10.0, gate: Gate = open_gate
    ) -> None:
        self.gate = gate
        self.url = url
        self.clock = clock
        self.http = httpx.Client(
            base_url=url,
            timeout=seconds,
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )

    def prepare(self, payload: Payload) -> Prepared:
        try:
            answer = self.http.post("/media")
        except httpx.HTTPError as error:
            raise Deferred(type(error).__name__) from error
        self.gate("prepared")
        return Prepared(payload, {"media": answer.json()["media"]})

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        self.gate("calling")
        body = {"text": prepared.payload.text, "link": prepared.payload.link}
        try:
            answer = self.http.post("/posts", json=body, headers={"Idempotency-Key": key})
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Deferred(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise InDoubt(type(error).__name__) from error
        self.gate("answered")
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> Receipt:
        match answer.status_code:
            case 400:
                raise Refused("400")
            case 401:
                raise Barred("401")
            case 429:
                pause = timedelta(seconds=int(answer.headers["Retry-After"]))
                raise Deferred("429", retry_after=pause)
            case 201 if "id" in answer.json():
                return self._receipt(answer.json()["id"])
        raise InDoubt(f"{answer.status_code} tanpa nomor")

    def _receipt(self, post_id: str) -> Receipt:
        return Receipt(post_id, f"{self.url}/posts/{post_id}", self.clock())


class Keyed(Plain):
    """One record for one key, for ever."""

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:
        return since <= now


class Seeking(Plain):
    """No safe key, but a timeline that can be read."""

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        del since
        try:
            posts = self.http.get("/posts").json()
        except httpx.HTTPError as error:
            raise Deferred(type(error).__name__) from error
        for post in posts:
            if post["link"] == prepared.payload.link and post["id"] not in known:
                return self._receipt(post["id"])
        return None


class Broken:
    """A client with a bug, whose error text holds a token."""

    where = "deliver"

    def prepare(self, payload: Payload) -> Prepared:
        if self.where == "prepare":
            raise RuntimeError("token=RAHASIA")
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- never gets far
        raise RuntimeError("token=RAHASIA")


KINDS: dict[str, type[Plain]] = {"key": Keyed, "find": Seeking, "neither": Plain}
