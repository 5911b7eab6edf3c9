"""One account's way to its platform, for SDKs that speak through `requests`.

An SDK hides what matters to us: it follows redirects, waits without end, drops the status or the
headers, and quotes tokens in its errors and logs. So it is given this session to speak through,
and what the platform answered is read from here.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from syndication.model import Channel
from syndication.platforms.answers import Answer
from syndication.platforms.protocol import Deferred, Failure, InDoubt, NotSetUp, Secret
from syndication.platforms.reached import ReachedAdapter

DEFAULT_SECONDS = 30.0
"""How long one answer may take in all, unless the channel's `timeout` says otherwise."""

MOST_BYTES = 1 << 20
"""More than any answer to our requests; a body without end must not fill the memory."""

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

TALKATIVE = ("oauthlib", "requests_oauthlib", "tweepy")
"""Libraries that write tokens, signatures and whole answers to the log at DEBUG."""

STUMBLES = (AttributeError, KeyError, TypeError, ValueError, RecursionError)
"""What SDKs raise over an answer that is not what they expect."""


def on_loopback(host: str) -> bool:
    """Tell whether an address leads to this machine."""
    return urlsplit(host).hostname in LOOPBACK


def seconds(channel: Channel) -> float:
    """Read how long the channel waits for an answer.

    Raises:
        NotSetUp: the channel's `timeout` is no number above 0.
    """
    stated = channel.options.get("timeout", "") or str(DEFAULT_SECONDS)
    try:
        value = float(stated)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        raise NotSetUp(f'Saluran "{channel.name}": timeout "{stated}" bukan jumlah detik.')
    return value


class Wire(requests.Session):
    """A session with one host, which makes one request for one call and keeps what was answered.

    `stated` is the address that the SDK has built in and `host` the one that is really asked.
    """

    def __init__(
        self, stated: str, host: str, *, hidden: Collection[Secret], seconds: float
    ) -> None:
        """Open nothing yet; `hidden` are the secrets that no text from here may hold."""
        super().__init__()
        self.stated = stated.rstrip("/")
        self.host = host.rstrip("/")
        self.seconds = seconds
        self._heard: list[Answer] = []
        self._hidden = _forms(hidden)
        self.trust_env = not on_loopback(host)
        # A connection that was kept may be gone by the next request, which then looks unanswered.
        self.headers["Connection"] = "close"
        self.mount("https://", ReachedAdapter())
        self.mount("http://", ReachedAdapter())
        _hush()

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
        request.url = self.host + str(request.url).removeprefix(self.stated)
        return super().prepare_request(request)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:  # noqa: ANN401 -- as in `requests`
        """Send once, follow nothing, and read the whole answer in time."""
        deadline = time.monotonic() + self.seconds
        kwargs.update(timeout=self.seconds, allow_redirects=False, stream=True)
        response = super().send(request, **kwargs)
        with response:
            body = _read(response, deadline)
        response.raw = BytesIO(body)
        headers = {name.lower(): self.hide(value) for name, value in response.headers.items()}
        text = body.decode("utf-8", errors="replace")
        self._heard.append(Answer(response.status_code, headers, self.hide(text)))
        return response

    def hide(self, text: str) -> str:
        """Blot out every secret of the account."""
        for form in self._hidden:
            text = text.replace(form, "…")
        return text

    @property
    def _name(self) -> str:
        return urlsplit(self.host).netloc

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
    except HTTPError as error:
        raise requests.ConnectionError(type(error).__name__) from error
    return bytes(body)


def _unsent(error: OSError) -> bool:
    """Tell whether an error came before the first byte of the request."""
    if not isinstance(error, requests.RequestException):
        return True  # `requests` wraps whatever happens once it has begun to send
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    early = (
        requests.exceptions.ProxyError,
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
        requests.exceptions.InvalidHeader,
    )
    return isinstance(reason, NewConnectionError) or isinstance(error, early)


def _root(error: BaseException) -> BaseException:
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    if isinstance(reason, BaseException):
        return _root(reason)
    return error.__cause__ or error


def _forms(secrets: Collection[Secret]) -> tuple[str, ...]:
    forms = {form for each in secrets if each for form in (str(each), quote(str(each), safe=""))}
    return tuple(sorted(forms, key=len, reverse=True))


def _quiet(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG


def _hush() -> None:
    """Keep the libraries that log secrets at DEBUG from doing so, whatever level is set."""
    for name in list(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in TALKATIVE:
            logging.getLogger(name).addFilter(_quiet)
