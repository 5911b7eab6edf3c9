"""One X account on the wire, through tweepy: what is asked, what errors mean, what is billed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import tweepy

from syndication.model import Channel, Receipt
from syndication.platforms.answers import Answer, judge
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.protocol import Clock, Deferred, Failure, InDoubt, Secrets
from syndication.platforms.wire import Wire
from syndication.platforms.x.reading import billed
from syndication.platforms.x.trouble import retry_after, said

STATED_HOST = "https://api.twitter.com"
"""What tweepy 4.17.0 has built in (2026-11-24)."""

HOST = "https://api.x.com"
"""Source: https://docs.x.com/x-api/posts/create-post (2026-11-24)."""

SITE = "https://x.com"

SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")

UNREAD = "X tidak menjawab dengan yang diminta; dicoba lagi nanti."


def stamp(at: datetime) -> str:
    """Write a time as X takes it in a question."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def post_url(channel: Channel, post_id: str, author: str = "") -> str:
    """Write where a post stands: on X, or on this machine where the channel's host is.

    `author` is who wrote it; "": the channel's own account.
    """
    asked = host(channel, HOST)
    site = asked if on_loopback(asked) else SITE
    account = (author or channel.account).removeprefix("@")
    return f"{site}/{account}/status/{post_id}" if account else f"{site}/i/web/status/{post_id}"


class Account:
    """Asks as one account, in its own name (OAuth 1.0a), and counts what X bills."""

    def __init__(self, channel: Channel, secrets: Secrets, clock: Clock) -> None:
        """Give tweepy our session, so that the answer is ours to judge."""
        self.channel = channel
        self.clock = clock
        # X begins an account's token with the number of the account.
        self.user_id = secrets["access_token"].partition("-")[0]
        self._judge = judge("X", __package__)
        asked = host(channel, HOST)
        self._wire = Wire(STATED_HOST, asked, hidden=secrets.values(), seconds=seconds(channel))
        self._sdk = tweepy.Client(**{name: secrets[name] for name in SECRETS})
        self._sdk.session = self._wire
        self._reads = 0

    def ask(self, method: str, route: str, **arguments: object) -> Answer:
        """Make one request.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        call = partial(self._sdk.request, method, route, user_auth=True, **arguments)
        return self._wire.ask(call, tweepy.TweepyException)

    def read(self, route: str, query: Mapping[str, str | int]) -> Answer:
        """Read something that X bills, and keep the bill.

        Raises:
            Failure: it did not come; never `InDoubt`, for nothing becomes public by reading.
        """
        try:
            answer = self.ask("GET", route, params=dict(query))
        except InDoubt as doubt:
            raise Deferred(f"{doubt.reason.partition(';')[0]}; dicoba lagi nanti.") from None
        if answer.ok and answer.data:
            self._reads += billed(answer)
            return answer
        failure = self.failure(answer)
        raise Deferred(UNREAD) if isinstance(failure, InDoubt) else failure

    def take_reads(self) -> int:
        """Tell what was read since this was last asked, in posts."""
        reads, self._reads = self._reads, 0
        return reads

    def failure(self, answer: Answer) -> Failure:
        """Name what an answer means for a post."""
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self.clock()))

    def url(self, post_id: str, author: str = "") -> str:
        """Write where a post stands; `author` is who wrote it ("": this account)."""
        return post_url(self.channel, post_id, author)

    def receipt(self, post_id: str) -> Receipt:
        """Say that a post of this account is public."""
        return Receipt(post_id, self.url(post_id), self.clock())
