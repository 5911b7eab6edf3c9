"""One account's way to its platform where no SDK is kept: over `httpx`."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

import httpx

from syndication.model import JSON
from syndication.platforms.answers import Answer
from syndication.platforms.hosts import MOST_BYTES, on_loopback
from syndication.platforms.protocol import Deferred, Failure, InDoubt, Secret
from syndication.platforms.secrecy import Blotter, hush

UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""What `httpx` raises before it has sent a byte; TLS failures are among its ConnectErrors."""


class Direct:
    """A client with one host, which makes one request for one call and follows nothing."""

    def __init__(self, host: str, *, hidden: Collection[Secret] = (), seconds: float) -> None:
        """Open nothing yet; `hidden` are the secrets that no text from here may hold."""
        self._seconds = seconds
        self._hide = Blotter(hidden)
        self._http = httpx.Client(
            base_url=host,
            timeout=seconds,
            trust_env=not on_loopback(host),
            # A connection that was kept may be gone by the next request.
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        hush()

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, JSON] | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make one request with a JSON body, and return the whole answer.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        return self._answer(
            self._http.build_request(method, path, json=body, headers=headers, params=query)
        )

    def upload(self, path: str, *, form: Mapping[str, str], name: str, jpeg: bytes) -> Answer:
        """Post a form with a picture in its field `name`, and return the whole answer.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        files = {name: (f"{name}.jpg", jpeg, "image/jpeg")}
        return self._answer(self._http.build_request("POST", path, data=form, files=files))

    def send(
        self,
        method: str,
        address: str,
        *,
        content: str | bytes,
        headers: Mapping[str, str],
        query: Mapping[str, str],
    ) -> Answer:
        """Make the request that an SDK has written, and return the whole answer.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        request = self._http.build_request(
            method, address, content=content, headers=headers, params=query
        )
        return self._answer(request)

    def _answer(self, request: httpx.Request) -> Answer:
        try:
            return self._send(request)
        except httpx.HTTPError as error:
            failure = self._unanswered(error)
        # Raised outside of the `except`: the text of an `httpx` error may hold the address.
        raise failure

    def _send(self, request: httpx.Request) -> Answer:
        deadline = time.monotonic() + self._seconds
        text = bytearray()
        response = self._http.send(request, stream=True)
        try:
            for chunk in response.iter_bytes():
                text += chunk
                if len(text) > MOST_BYTES or time.monotonic() > deadline:
                    raise httpx.ReadTimeout("too long")
        finally:
            response.close()
        return Answer.heard(response.status_code, response.headers, bytes(text), self._hide)

    def _unanswered(self, error: httpx.HTTPError) -> Failure:
        kind = type(error).__name__
        name = self._http.base_url.netloc.decode()
        if isinstance(error, UNSENT):
            return Deferred(f"Tidak tersambung ke {name} ({kind}); belum ada yang terkirim.")
        return InDoubt(f"{name} tidak menjawab utuh ({kind}); unggahan mungkin sudah tayang.")
