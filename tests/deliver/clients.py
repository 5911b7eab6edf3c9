"""Clients of the test platform: with a safe key, with `find` only, with neither.

The first can edit and delete, the second delete, the third neither.
"""

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
        return self._receipt(self._call("POST", "/posts", prepared.payload, key=key))

    def _call(self, method: str, path: str, payload: Payload | None = None, *, key: str) -> str:
        """Make the one call; return the id of the post that it was about."""
        self.gate("calling")
        body = {"text": payload.text, "link": payload.link} if payload else None
        headers = {"Idempotency-Key": key}
        try:
            answer = self.http.request(method, path, json=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise Deferred(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise InDoubt(type(error).__name__) from error
        self.gate("answered")
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> str:
        match answer.status_code:
            case 400 | 404:
                raise Refused(str(answer.status_code))
            case 401:
                raise Barred("401")
            case 429:
                pause = timedelta(seconds=int(answer.headers["Retry-After"]))
                raise Deferred("429", retry_after=pause)
            case 201 if "id" in answer.json():
                return str(answer.json()["id"])
        raise InDoubt(f"{answer.status_code} tanpa nomor")

    def _receipt(self, post_id: str) -> Receipt:
        return Receipt(post_id, f"{self.url}/posts/{post_id}", self.clock())


class Deleting(Plain):
    """Its posts can be taken back."""

    def withdraw(self, receipt: Receipt) -> None:
        try:
            self._call("DELETE", f"/posts/{receipt.post_id}", key=receipt.post_id)
        except Refused as gone:
            if gone.reason != "404":
                raise


class Keyed(Deleting):
    """One record for one key, for ever; its posts can be edited."""

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:
        return since <= now

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        number = receipt.post_id
        return self._receipt(self._call("PUT", f"/posts/{number}", payload, key=number))


class Seeking(Deleting):
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
            same = (post["link"], post["text"]) == (prepared.payload.link, prepared.payload.text)
            if same and post["id"] not in known:
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
