"""One Instagram account on the wire, through facebook-sdk: what is asked, and what errors mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import facebook

from syndication.model import Channel
from syndication.platforms.answers import Answer, Said, judge
from syndication.platforms.graph import STATED_HOST, VERSION, GraphWire
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.instagram.reading import path
from syndication.platforms.meta import fine, retry_after, said
from syndication.platforms.protocol import Clock, Failure, Secret

SITE = "https://www.instagram.com"

FIELDS = "id,caption,permalink,timestamp"
"""Source: https://developers.facebook.com/docs/instagram-platform/reference/instagram-media
(2026-11-24)."""


class Account:
    """Asks as one account."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Give facebook-sdk our session, so that the answer is ours to judge."""
        self.user_id = channel.options["user_id"]
        self._name = channel.account.removeprefix("@")
        self._clock = clock
        self._judge = judge("Instagram", __package__)
        self._host = host(channel, STATED_HOST)
        self._wire = GraphWire(STATED_HOST, self._host, hidden=[token], seconds=seconds(channel))
        self._sdk = facebook.GraphAPI(token, session=self._wire)

    def get(self, place: str, **query: str) -> Answer:
        """Ask for something."""
        return self._ask(place, args=query)

    def post(self, place: str, body: Mapping[str, object]) -> Answer:
        """Have something made."""
        return self._ask(place, post_args=dict(body))

    def delete(self, place: str) -> Answer:
        """Have something deleted."""
        return self._ask(place, method="DELETE")

    def failure(self, answer: Answer) -> Failure:
        """Name what an answer means for a post."""
        return self.failure_of(said(answer), answer)

    def failure_of(self, error: Said, answer: Answer) -> Failure:
        """Name what an error means for a post; the answer says when to come back."""
        return self._judge.failure(error, retry_after=retry_after(answer, self._clock()))

    def itself(self) -> Answer:
        """Ask for the account."""
        return self.get(self.user_id, fields="id,username")

    def limit(self) -> Answer:
        """Ask how much the account may still publish."""
        return self.get(f"{self.user_id}/content_publishing_limit", fields="quota_usage,config")

    def page(self, since: datetime, after: str = "") -> Answer:
        """Ask for a page of the account's posts, a hundred at most.

        Raises:
            Failure: it did not come.
        """
        query = {"fields": FIELDS, "since": str(int(since.timestamp())), "limit": "100"}
        asked = {**query, "after": after} if after else query
        answer = self.get(f"{self.user_id}/media", **asked)
        if not fine(answer):
            raise self.failure(answer)
        return answer

    def path(self, post_id: str) -> str:
        """Ask where a post stands; a post whose address cannot be had is public all the same."""
        try:
            answer = self.get(post_id, fields="permalink")
        except Failure:
            return ""
        return path(answer.data.get("permalink"))

    def url(self, path: str) -> str:
        """Write where a post stands, or the account where that is not known."""
        site = self._host if on_loopback(self._host) else SITE
        return f"{site}{path or f'/{self._name}/'}"

    def _ask(self, place: str, **arguments: object) -> Answer:
        """Make one request; the SDK adds the token."""
        call = partial(self._sdk.request, f"{VERSION}/{place}", **arguments)
        return self._wire.ask(call, facebook.GraphAPIError)
