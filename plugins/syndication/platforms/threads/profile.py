"""One Threads profile on the wire: what is asked, with its token, and what an error means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from syndication.model import JSON, Channel
from syndication.platforms.answers import Answer, judge
from syndication.platforms.direct import Direct
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.meta import fine, retry_after, said
from syndication.platforms.protocol import Clock, Failure, Secret
from syndication.platforms.threads.reading import path

HOST = "https://graph.threads.net"
VERSION = "v1.0"
"""Source: https://developers.facebook.com/docs/threads/reference (2026-11-24)."""

SITE = "https://www.threads.com"

FIELDS = "id,text,permalink,timestamp,link_attachment_url"
"""Source: https://developers.facebook.com/docs/threads/threads-media (2026-11-24)."""


class Profile:
    """Asks as one profile. The token goes in a header, never in an address."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask the channel's host."""
        self.user_id = channel.options["user_id"]
        self._account = channel.account.removeprefix("@")
        self._token = token
        self._clock = clock
        self._judge = judge("Threads", __package__)
        self._host = host(channel, HOST)
        self._wire = Direct(self._host, hidden=[token], seconds=seconds(channel))

    def ask(
        self,
        method: str,
        place: str,
        body: Mapping[str, JSON] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make one request.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        headers = {"Authorization": f"Bearer {self._token}"}
        return self._wire.ask(
            method, f"/{VERSION}/{place}", body=body, headers=headers, query=query
        )

    def failure(self, answer: Answer) -> Failure:
        """Name what an answer means for a post."""
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self._clock()))

    def itself(self) -> Answer:
        """Ask for the profile."""
        return self.ask("GET", self.user_id, query={"fields": "id,username"})

    def page(self, since: datetime, after: str = "") -> Answer:
        """Ask for a page of the profile's posts, a hundred at most.

        Raises:
            Failure: it did not come.
        """
        query = {"fields": FIELDS, "since": str(int(since.timestamp())), "limit": "100"}
        asked = {**query, "after": after} if after else query
        answer = self.ask("GET", f"{self.user_id}/threads", query=asked)
        if not fine(answer):
            raise self.failure(answer)
        return answer

    def path(self, post_id: str) -> str:
        """Ask where a post stands; a post whose address cannot be had is public all the same."""
        try:
            answer = self.ask("GET", post_id, query={"fields": "permalink"})
        except Failure:
            return ""
        return path(answer.data.get("permalink"))

    def url(self, path: str) -> str:
        """Write where a post stands, or the profile where that is not known."""
        site = self._host if on_loopback(self._host) else SITE
        return f"{site}{path or '/@' + self._account}"
