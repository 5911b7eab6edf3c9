"""An X account, through tweepy."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import tweepy

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import Answer, judge
from syndication.platforms.protocol import Clock, NotSetUp, Secrets
from syndication.platforms.wire import Wire, on_loopback, seconds
from syndication.platforms.x.reading import retry_after, said

STATED_HOST = "https://api.twitter.com"
"""What tweepy 4.17.0 has built in (2026-11-24)."""

HOST = "https://api.x.com"
"""Source: https://docs.x.com/x-api/posts/create-post (2026-11-24)."""

SITE = "https://x.com"

SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> XClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: one of the four secrets is missing.
    """
    missing = [name for name in SECRETS if not secrets.get(name)]
    if missing:
        raise NotSetUp(f'Saluran "{channel.name}" belum punya {", ".join(missing)}.')
    return XClient(channel, secrets, clock)


class XClient:
    """Posts as one account, in its own name (OAuth 1.0a)."""

    def __init__(self, channel: Channel, secrets: Secrets, clock: Clock) -> None:
        """Give tweepy our session, so that the answer is ours to judge."""
        self._account = channel.account.removeprefix("@")
        self._clock = clock
        self._host = channel.options.get("host") or HOST
        self._judge = judge("X", __package__)
        self._wire = Wire(
            STATED_HOST, self._host, hidden=secrets.values(), seconds=seconds(channel)
        )
        self._sdk = tweepy.Client(**{name: secrets[name] for name in SECRETS})
        self._sdk.session = self._wire

    def prepare(self, payload: Payload) -> Prepared:
        """Do nothing: a text needs no preparation on X."""
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- X knows no key
        """Publish the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._ask("POST", "/2/tweets", json=dict(prepared.payload.body))
        post_id = _post_id(answer)
        if not (answer.ok and post_id):
            raise self._judge.failure(said(answer), retry_after=self._wait(answer))
        return self._receipt(post_id)

    def _ask(self, method: str, route: str, **arguments: object) -> Answer:
        call = partial(self._sdk.request, method, route, user_auth=True, **arguments)
        return self._wire.ask(call, tweepy.TweepyException)

    def _wait(self, answer: Answer) -> timedelta | None:
        return retry_after(answer, self._clock())

    def _receipt(self, post_id: str) -> Receipt:
        site = self._host if on_loopback(self._host) else SITE
        path = f"{self._account}/status" if self._account else "i/web/status"
        return Receipt(post_id, f"{site.rstrip('/')}/{path}/{post_id}", self._clock())


def _post_id(answer: Answer) -> str:
    """Read `data.id`, the one field on which the specification and practice agree."""
    data = answer.data.get("data")
    post_id = data.get("id") if isinstance(data, dict) else None
    return post_id if isinstance(post_id, str) and post_id.isdecimal() else ""
