"""One bot, asked over the Bot API. Every address holds the token, so no address is ever told."""

from __future__ import annotations

from collections.abc import Mapping

from syndication.model import JSON, Channel
from syndication.platforms.answers import Answer, judge
from syndication.platforms.direct import Direct
from syndication.platforms.hosts import host, seconds
from syndication.platforms.protocol import Clock, Deferred, Failure, InDoubt, Secret
from syndication.platforms.telegram.address import HOST
from syndication.platforms.telegram.reading import retry_after, said


class Bot:
    """Makes requests in the bot's name, and names what went wrong."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask the channel's host."""
        self._token = token
        self._clock = clock
        self._judge = judge("Telegram", __package__)
        self._wire = Direct(host(channel, HOST), hidden=[token], seconds=seconds(channel))

    def ask(self, method: str, body: Mapping[str, JSON]) -> Answer:
        """Make one request, and return the whole answer.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        return self._wire.ask("POST", self._path(method), body=body)

    def look(self, method: str, body: Mapping[str, JSON]) -> Answer:
        """Make a request by which nothing becomes public; one half answered may be repeated.

        Raises:
            Deferred: no whole answer came back.
        """
        try:
            return self.ask(method, body)
        except InDoubt as doubt:
            later = Deferred(f"{doubt.reason.partition(';')[0]}; dicoba lagi nanti.")
        raise later

    def send_photo(self, form: Mapping[str, str], jpeg: bytes) -> Answer:
        """Send a picture with a form, and return the whole answer.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        return self._wire.upload(self._path("sendPhoto"), form=form, name="photo", jpeg=jpeg)

    def failure(self, answer: Answer) -> Failure:
        """Name the failure that an answer means."""
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self._clock()))

    def unread(self, answer: Answer) -> Failure:
        """Name the failure of a request by which nothing becomes public: it leaves no doubt."""
        failure = self.failure(answer)
        return Deferred(failure.reason) if isinstance(failure, InDoubt) else failure

    def _path(self, method: str) -> str:
        return f"/bot{self._token}/{method}"
