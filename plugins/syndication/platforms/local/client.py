"""An account on the local timeline, over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from syndication.model import JSON, Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import Answer, Judge, Said
from syndication.platforms.protocol import Clock, Deferred, Failure, InDoubt, NotSetUp, Secrets

DEFAULT_SECONDS = 10.0
"""The server is on this machine; it answers in milliseconds or not at all."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""What `httpx` raises before it has sent a byte."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> LocalClient:  # noqa: ARG001 -- needs none
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: the channel names no host, or one that is not on this machine.
    """
    if urlsplit(channel.options.get("host", "")).hostname not in LOOPBACK:
        raise NotSetUp(f'Saluran "{channel.name}": host harus alamat di mesin ini.')
    return LocalClient(channel, clock)


class LocalClient:
    """Posts as one account. The server keeps one post for one key, for ever."""

    def __init__(self, channel: Channel, clock: Clock) -> None:
        """Ask the channel's host directly: no proxy of the environment stands before it."""
        self._clock = clock
        self._judge = Judge("Lokal", ())
        self._host = channel.options["host"].rstrip("/")
        self._http = httpx.Client(
            base_url=self._host,
            timeout=float(channel.options.get("timeout", DEFAULT_SECONDS)),
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def prepare(self, payload: Payload) -> Prepared:
        """Do nothing: the server takes the card's picture by its address."""
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        """Publish the post, or hear again of the one that this key made.

        Raises:
            Failure: one of the four.
        """
        answer = self._ask(
            "POST", "/api/posts", body=prepared.payload.body, headers={"Idempotency-Key": key}
        )
        return self._receipt(answer)

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:  # noqa: ARG002 -- for ever
        """Tell that a key may always be sent again."""
        return True

    def _ask(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, JSON] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        failure: Failure
        try:
            response = self._http.request(method, path, json=body, headers=headers)
        except UNSENT as error:
            failure = Deferred(f"Server lokal tidak tersambung ({type(error).__name__}).")
        except httpx.HTTPError as error:
            failure = InDoubt(f"Server lokal tidak menjawab utuh ({type(error).__name__}).")
        else:
            return Answer(response.status_code, dict(response.headers), response.text)
        raise failure

    def _receipt(self, answer: Answer) -> Receipt:
        post_id = answer.data.get("id")
        if answer.status in (HTTPStatus.OK, HTTPStatus.CREATED) and isinstance(post_id, str):
            return Receipt(post_id, f"{self._host}/posts/{post_id}", self._clock())
        raise self._judge.failure(_said(answer))


def _said(answer: Answer) -> Said:
    words = answer.data.get("error")
    return Said(answer.status, words=words if isinstance(words, str) else "")
