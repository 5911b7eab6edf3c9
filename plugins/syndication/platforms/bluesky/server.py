"""One account on its PDS, asked through the atproto SDK; one session serves the whole process."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from atproto_client import Client, Session, SessionEvent
from atproto_core.exceptions import AtProtocolError

from syndication.model import Channel
from syndication.platforms.answers import Answer, judge
from syndication.platforms.bluesky.line import Line
from syndication.platforms.bluesky.reading import retry_after, said
from syndication.platforms.hosts import host, seconds
from syndication.platforms.protocol import (
    Barred,
    Clock,
    Deferred,
    Failure,
    InDoubt,
    Refused,
    Secret,
)
from syndication.platforms.wire import STUMBLES

HOST = "https://bsky.social"
"""Source: https://docs.bsky.app/docs/get-started (2026-11-24)."""

LOGIN = "com.atproto.server.createSession"
SESSION = "com.atproto.server.getSession"


class Server:
    """The PDS, asked in the account's name. Logging in is limited to 30 times in 5 minutes.

    Source: https://docs.bsky.app/docs/advanced-guides/rate-limits (2026-11-24).
    """

    def __init__(self, channel: Channel, password: Secret, clock: Clock) -> None:
        """Take the account's handle and app password; nothing goes over the wire yet."""
        self._clock = clock
        self._judge = judge("Bluesky", __package__)
        self._handle = channel.options["handle"]
        self._password = password
        self._host = host(channel, HOST)
        self._seconds = seconds(channel)
        self._did = ""
        self._line, self._sdk = self._begun()

    @property
    def sdk(self) -> Client:
        """Make requests with this, through `ask` or `look`."""
        return self._sdk

    def did(self) -> str:
        """Give the account's identifier, logging in if that was not done yet.

        Raises:
            Failure: never `InDoubt`.
        """
        if not self._did:
            login = partial(self._sdk.login, self._handle, self._password, fetch_bsky_profile=False)
            answer = self.look(LOGIN, login)
            did = answer.data.get("did")
            if not (answer.ok and isinstance(did, str)):
                failure = self.unread(answer)
                raise Barred(failure.reason) if isinstance(failure, Refused) else failure
            self._did = did
        return self._did

    def session(self) -> Answer:
        """Ask whose session it is.

        Raises:
            Deferred: no whole answer came back.
        """
        return self.look(SESSION, self._sdk.com.atproto.server.get_session)

    def ask(self, method: str, call: Callable[[], object]) -> Answer:
        """Make one request of this method, and return the whole answer.

        Raises:
            Deferred: nothing was sent, or the session could not be renewed before.
            InDoubt: something was sent and no whole answer came back.
        """
        heard = self._line.heard
        heard.clear()
        try:
            call()
        except (AtProtocolError, *STUMBLES):
            if not heard:
                raise
        name, answer = heard[-1]
        heard.clear()  # an answer may hold tokens
        if name == method:
            return answer
        self._leave()
        raise Deferred(self.failure(answer).reason)

    def look(self, method: str, call: Callable[[], object]) -> Answer:
        """Make a request by which nothing becomes public; one half answered may be repeated.

        Raises:
            Deferred: no whole answer came back.
        """
        try:
            return self.ask(method, call)
        except InDoubt as doubt:
            later = Deferred(f"{doubt.reason.partition(';')[0]}; dicoba lagi nanti.")
        raise later

    def failure(self, answer: Answer) -> Failure:
        """Name the failure; a session that is refused is not used again."""
        error = said(answer)
        if error.status == 401 or "Token" in error.words:  # noqa: PLR2004 -- Unauthorized
            self._leave()
        return self._judge.failure(error, retry_after=retry_after(answer, self._clock()))

    def unread(self, answer: Answer) -> Failure:
        """Name the failure of a request by which nothing becomes public: it leaves no doubt."""
        failure = self.failure(answer)
        return Deferred(failure.reason) if isinstance(failure, InDoubt) else failure

    def _leave(self) -> None:
        self._did = ""
        self._line, self._sdk = self._begun()

    def _begun(self) -> tuple[Line, Client]:
        """Begin without a session, and without the tokens of an earlier one."""
        line = Line(self._host, hidden=[self._password], seconds=self._seconds)
        sdk = Client(self._host, request=line)
        sdk.on_session_change(self._hide)
        return line, sdk

    def _hide(self, event: SessionEvent, session: Session) -> None:  # noqa: ARG002 -- the SDK's own call
        tokens = (Secret(session.access_jwt), Secret(session.refresh_jwt))
        self._line.hide([self._password, *tokens])
