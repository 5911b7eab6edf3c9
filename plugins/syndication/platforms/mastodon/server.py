"""One account on one server that speaks Mastodon's API: asks through Mastodon.py, and judges."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import mastodon
from mastodon.errors import MastodonError, MastodonNetworkError

from syndication.model import Channel
from syndication.platforms.answers import Answer, judge
from syndication.platforms.hosts import host, seconds
from syndication.platforms.mastodon.limits import ADDRESSES, Limits, limits
from syndication.platforms.mastodon.reading import object_id, retry_after, said
from syndication.platforms.protocol import (
    Barred,
    Clock,
    Deferred,
    Failure,
    InDoubt,
    Refused,
    Secret,
)
from syndication.platforms.wire import Wire

TOKEN_REFUSED = frozenset({400, 401, 403, 422})
"""What servers answer to a bad token (as seen, 2026-11-24)."""


class Server:
    """The server, asked in the account's name. `sdk` makes the requests, `ask` hears them."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Give Mastodon.py our session, so that the answer is ours to judge."""
        self._clock = clock
        self._judge = judge("Mastodon", __package__)
        self._host = host(channel, "")
        self._wire = Wire(self._host, self._host, hidden=[token], seconds=seconds(channel))
        self._wire.headers["Accept-Language"] = "en"  # `errors.toml` knows the English words
        self.sdk = mastodon.Mastodon(
            access_token=token,
            api_base_url=self._host,
            ratelimit_method="throw",
            request_timeout=seconds(channel),
            version_check_mode="none",
            mastodon_version="4.0.0",
            session=self._wire,
        )
        # With this version it asks for none, and sends pictures to the second media API.
        self.sdk.mastodon_major = 4
        self._limits: Limits | None = None
        self._my_id = ""

    def ask(self, call: Callable[[], object]) -> Answer:
        """Make one request, and return the whole answer.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        return self._wire.ask(partial(_plainly, call), MastodonError)

    def look(self, call: Callable[[], object]) -> Answer:
        """Make a request by which nothing becomes public; one half answered may be repeated.

        Raises:
            Deferred: no whole answer came back.
        """
        try:
            return self.ask(call)
        except InDoubt as doubt:
            later = Deferred(f"{doubt.reason.partition(';')[0]}; dicoba lagi nanti.")
        raise later

    def ask_as_of_old(self) -> None:
        """Send pictures to the first media API from now on: not every server has the second."""
        self.sdk.mastodon_major = 1

    def me(self) -> Answer:
        """Ask whose account this is, which tells whether the token is good."""
        return self.look(self.sdk.account_verify_credentials)

    def my_id(self) -> str:
        """Give the account's id on this server, asking once.

        Raises:
            Failure: the server could not be asked.
        """
        if not self._my_id:
            me = self.me()
            self._my_id = object_id(me)
            if not self._my_id:
                raise self.unread(me)
        return self._my_id

    def limits(self) -> Limits:
        """Ask for the instance's limits, once; one that tells none has Mastodon's own."""
        if self._limits is None:
            for path in ADDRESSES:
                answer = self.look(partial(self._wire.get, self._host + path))
                if answer.ok and answer.data:
                    self._limits = limits(answer.data)
                    break
        return self._limits or Limits()

    def failure(self, answer: Answer) -> Failure:
        """Name the failure; where the answer leaves it open, ask whether the token is good."""
        failure = self._judge.failure(said(answer), retry_after=retry_after(answer, self._clock()))
        open_question = isinstance(failure, Refused | InDoubt) and answer.status in TOKEN_REFUSED
        if open_question and self._token_refused():
            return Barred("Mastodon: token tidak sah; buat yang baru lalu simpan ulang.")
        return failure

    def unread(self, answer: Answer) -> Failure:
        """Name the failure of a request by which nothing becomes public: it leaves no doubt."""
        failure = self.failure(answer)
        return Deferred(failure.reason) if isinstance(failure, InDoubt) else failure

    def _token_refused(self) -> bool:
        try:
            return self.me().status in TOKEN_REFUSED
        except Deferred:
            return False


def _plainly(call: Callable[[], object]) -> object:
    """Let through what `requests` raised, which tells whether anything was sent."""
    try:
        return call()
    except MastodonNetworkError as error:
        raise error.__context__ or error from None
