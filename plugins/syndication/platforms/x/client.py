"""An X account, through tweepy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

import tweepy

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import Answer, judge, plain
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.pages import pages
from syndication.platforms.protocol import Clock, Failure, Health, NotSetUp, Secrets, Seen
from syndication.platforms.wire import Wire
from syndication.platforms.x.probing import health
from syndication.platforms.x.reading import (
    Shown,
    created,
    deleted,
    next_page,
    retry_after,
    said,
    timeline,
)

STATED_HOST = "https://api.twitter.com"
"""What tweepy 4.17.0 has built in (2026-11-24)."""

HOST = "https://api.x.com"
"""Source: https://docs.x.com/x-api/posts/create-post (2026-11-24)."""

SITE = "https://x.com"

SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")

SKEW = timedelta(minutes=5)
"""How far X's clock and ours may be apart."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> XClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: one of the four secrets is missing, or an option is wrong.
    """
    missing = [name for name in SECRETS if not secrets.get(name)]
    if missing:
        raise NotSetUp(f'Saluran "{channel.name}" belum punya {", ".join(missing)}.')
    return XClient(channel, secrets, clock)


def post_url(channel: Channel, post_id: str) -> str:
    """Write where a post stands: on X, or on this machine where the channel's host is."""
    asked = host(channel, HOST)
    site = asked if on_loopback(asked) else SITE
    account = channel.account.removeprefix("@")
    return f"{site}/{account}/status/{post_id}" if account else f"{site}/i/web/status/{post_id}"


class XClient:
    """Posts as one account, in its own name (OAuth 1.0a)."""

    def __init__(self, channel: Channel, secrets: Secrets, clock: Clock) -> None:
        """Give tweepy our session, so that the answer is ours to judge."""
        self._channel = channel
        self._clock = clock
        self._judge = judge("X", __package__)
        asked = host(channel, HOST)
        self._wire = Wire(STATED_HOST, asked, hidden=secrets.values(), seconds=seconds(channel))
        self._sdk = tweepy.Client(**{name: secrets[name] for name in SECRETS})
        self._sdk.session = self._wire
        # X begins an account's token with the number of the account.
        self._user_id = secrets["access_token"].partition("-")[0]

    def prepare(self, payload: Payload) -> Prepared:
        """Do nothing: a text needs no preparation on X."""
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- X knows no key
        """Publish the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._ask("POST", "/2/tweets", json=dict(prepared.payload.body))
        post_id = created(answer)
        if not post_id:
            raise self._failure(answer)
        return self._receipt(post_id)

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look on the account's timeline for this very text. X bills each post that it shows.

        Raises:
            Failure: X could not be asked.
        """
        wanted = plain(prepared.payload.text)
        for post in timeline(self._page(since - SKEW, {"tweet.fields": "entities"})):
            if post.text == wanted and post.post_id not in known:
                return self._receipt(post.post_id)
        return None

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read the account's posts, replies included. X bills each post that it shows.

        X shows the newest 3,200 posts of an account, however old the rest is
        (https://docs.x.com/x-api/posts/timelines/introduction, 2026-11-24).

        Raises:
            Failure: X could not be asked.
        """
        query = {"tweet.fields": "created_at,entities", "exclude": "retweets"}

        def ask(page: str) -> Answer:
            return self._page(since, {**query, "pagination_token": page} if page else query)

        for answer in pages(ask, next_page):
            yield from (self._seen(post, post.at) for post in timeline(answer) if post.at)

    def probe(self) -> Health:
        """Ask X who this token is. X bills that as one user read.

        Raises:
            Failure: X lets the account do nothing, or could not be asked.
        """
        answer = self._ask("GET", "/2/users/me")
        if not answer.ok:
            raise self._failure(answer)
        return health(answer, self._channel, self._clock())

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._ask("DELETE", f"/2/tweets/{receipt.post_id}")
        if not deleted(answer):
            raise self._failure(answer)

    def _page(self, since: datetime, query: Mapping[str, str]) -> Answer:
        """Ask for a page of the account's own posts, a hundred at most.

        Raises:
            Failure: it did not come.
        """
        start = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        params = {"start_time": start, "max_results": 100, **query}
        answer = self._ask("GET", f"/2/users/{self._user_id}/tweets", params=params)
        if not answer.ok:
            raise self._failure(answer)
        return answer

    def _seen(self, post: Shown, at: datetime) -> Seen:
        url = post_url(self._channel, post.post_id)
        return Seen(post.post_id, url, post.text, post.links, at)

    def _ask(self, method: str, route: str, **arguments: object) -> Answer:
        call = partial(self._sdk.request, method, route, user_auth=True, **arguments)
        return self._wire.ask(call, tweepy.TweepyException)

    def _failure(self, answer: Answer) -> Failure:
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self._clock()))

    def _receipt(self, post_id: str) -> Receipt:
        return Receipt(post_id, post_url(self._channel, post_id), self._clock())
