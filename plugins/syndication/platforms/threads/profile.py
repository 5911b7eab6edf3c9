"""One Threads profile on the wire, over `httpx`."""

from __future__ import annotations

from collections.abc import Mapping

from syndication.model import JSON, Channel
from syndication.platforms.answers import Answer
from syndication.platforms.container_account import Account, Dialect
from syndication.platforms.direct import Direct
from syndication.platforms.hosts import seconds
from syndication.platforms.protocol import Clock, Secret

HOST = "https://graph.threads.net"
VERSION = "v1.0"
"""Source: https://developers.facebook.com/docs/threads/reference (2026-11-24)."""

THREADS = Dialect(
    platform="Threads",
    errors="syndication.platforms.threads",
    site="https://www.threads.com",
    own_page="/@{}",
    posts="threads",
    publish="threads_publish",
    limit="threads_publishing_limit",
    text="text",
    state="status",
    why="error_message",
    fields="id,text,permalink,timestamp,link_attachment_url",
    permission="threads_content_publish",
    metrics={
        "views": ("views",),
        "likes": ("likes",),
        "replies": ("replies",),
        "shares": ("reposts", "quotes", "shares"),
    },
)
"""Sources: https://developers.facebook.com/docs/threads/threads-media, …/threads/overview,
…/threads/troubleshooting and …/threads/insights (2026-11-24)."""


class Profile(Account):
    """Asks with the token in a header, never in an address."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask the channel's host."""
        super().__init__(channel, THREADS, HOST, clock)
        self._token = token
        self._wire = Direct(self.host, hidden=[token], seconds=seconds(channel))

    def get(self, place: str, **query: str) -> Answer:
        """Ask for something."""
        return self._ask("GET", place, query=query)

    def post(self, place: str, body: Mapping[str, JSON]) -> Answer:
        """Have something made."""
        return self._ask("POST", place, body=body)

    def delete(self, place: str) -> Answer:
        """Have something deleted."""
        return self._ask("DELETE", place)

    def _ask(
        self,
        method: str,
        place: str,
        *,
        body: Mapping[str, JSON] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        headers = {"Authorization": f"Bearer {self._token}"}
        return self._wire.ask(
            method, f"/{VERSION}/{place}", body=body, headers=headers, query=query
        )
