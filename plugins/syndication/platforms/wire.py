"""One account's way to its platform, for SDKs that speak through `requests`.

An SDK hides what matters to us: it follows redirects, waits without end, drops the status or the
headers, and quotes tokens in its errors and logs. So it is given this session to speak through,
and what the platform answered is read from here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from syndication.platforms.answers import Answer
from syndication.platforms.hosts import MOST_BYTES, on_loopback
from syndication.platforms.protocol import Deferred, Failure, InDoubt, Secret
from syndication.platforms.reached import ReachedAdapter
from syndication.platforms.secrecy import Blotter, hush

STUMBLES = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What SDKs raise over an answer that is not what they expect."""

EARLY = (
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
)
"""What `requests` raises before it has sent a byte, besides failures to connect."""


class Wire(requests.Session):
    """A session with one host, which makes one request for one call and keeps what was answered.

    `stated` is the address that the SDK has built in and `host` the one that is really asked.
    """

    def __init__(
        self, stated: str, host: str, *, hidden: Collection[Secret], seconds: float
    ) -> None:
        """Open nothing yet; `hidden` are the secrets that no text from here may hold."""
        super().__init__()
        self._stated = stated.rstrip("/")
        self._host = host.rstrip("/")
        self._seconds = seconds
        self._hide = Blotter(hidden)
        self._heard: list[Answer] = []
        self.trust_env = not on_loopback(host)
        self.auth = _as_it_is
        self.headers["Connection"] = "close"
        self.mount("https://", ReachedAdapter())
        self.mount("http://", ReachedAdapter())
        hush()

    def ask(self, call: Callable[[], object], *stumbles: type[Exception]) -> Answer:
        """Let the SDK make its request, and return what the platform answered to it.

        What the SDK makes of the answer does not matter; `stumbles` are its own errors.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        self._heard.clear()
        failure: Failure = InDoubt(f"{self._name}: tidak ada jawaban.")
        stumbles = (*STUMBLES, *stumbles)
        try:
            call()
        except OSError as error:  # `requests` derives all of its errors from it
            failure = self._unanswered(error)
        except stumbles:
            if not self._heard:
                raise
        if self._heard:
            return self._heard[-1]
        # Raised outside of the `except`, so that no SDK error hangs on it as its context.
        raise failure

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Turn to the real host before the request is signed, for a signature covers the host."""
        request.url = self._host + str(request.url).removeprefix(self._stated)
        return super().prepare_request(request)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # noqa: ANN401 -- as in `requests`
        """Send once, follow nothing, and read the whole answer in time."""
        deadline = time.monotonic() + self._seconds
        kwargs.update(timeout=self._seconds, allow_redirects=False, stream=True)
        try:
            response = super().send(request, **kwargs)
            body = _read(response, deadline)
        finally:
            self.close()  # a kept connection may be gone by the next request: no answer, in doubt
        response.raw = BytesIO(body)
        self._heard.append(Answer.heard(response.status_code, response.headers, body, self._hide))
        return response

    @property
    def _name(self) -> str:
        return urlsplit(self._host).netloc

    def _unanswered(self, error: OSError) -> Failure:
        # Only the kind is told: the text of such an error quotes the address, tokens included.
        kind = type(_root(error)).__name__
        if _unsent(error):
            return Deferred(f"Tidak tersambung ke {self._name} ({kind}); belum ada yang terkirim.")
        return InDoubt(f"{self._name} tidak menjawab utuh ({kind}); unggahan mungkin sudah tayang.")


def _read(response: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    try:
        while chunk := response.raw.read1(decode_content=True):
            body += chunk
            if len(body) > MOST_BYTES or time.monotonic() > deadline:
                raise requests.ReadTimeout("too long")
    except (HTTPError, OSError) as error:
        raise requests.ConnectionError(type(error).__name__) from error
    return bytes(body)


def _unsent(error: OSError) -> bool:
    """Tell whether an error came before the first byte of the request."""
    if not isinstance(error, requests.RequestException):
        return True  # `requests` wraps whatever happens once it has begun to send
    return isinstance(_reason(error), NewConnectionError) or isinstance(error, EARLY)


def _reason(error: BaseException) -> object:
    return getattr(error.args[0] if error.args else None, "reason", None)


def _root(error: BaseException) -> BaseException:
    reason = _reason(error)
    if isinstance(reason, BaseException):
        return _root(reason)
    return error.__cause__ or error


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Stand in for credentials, so that `requests` looks for none in `~/.netrc`."""
    return request
