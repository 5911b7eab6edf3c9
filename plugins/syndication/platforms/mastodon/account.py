"""The account's own posts, as its server shows them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from http import HTTPStatus

from syndication.model import Channel
from syndication.platforms.answers import Answer
from syndication.platforms.hosts import host, on_loopback
from syndication.platforms.mastodon.reading import Status, object_id, oldest, statuses
from syndication.platforms.mastodon.server import Server
from syndication.platforms.pages import pages

NEWEST = 40
"""How many posts a list shows at most.

Source: https://docs.joinmastodon.org/methods/accounts/#statuses (2026-11-24).
"""

GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def post_url(channel: Channel, post: Status) -> str:
    """Write where a post stands: as the server says, if that is an address for the public."""
    asked = host(channel, "")
    if post.url.startswith("https://") or (post.url.startswith("http://") and on_loopback(asked)):
        return post.url
    account = channel.account.removeprefix("@").partition("@")[0]
    return f"{asked}/@{account}/{post.id}" if account else f"{asked}/web/statuses/{post.id}"


class Account:
    """Reads the posts of the account that the token opens."""

    def __init__(self, server: Server) -> None:
        """Ask this server."""
        self._server = server

    def posts(self, since: datetime) -> Iterator[Status]:
        """Read the account's own posts since then; one that tells no time may be of any.

        Its answers to people are no posts of an article.

        What it answered somebody is none of them: not every server can be asked to leave it out.

        Raises:
            Failure: the server could not be asked.
        """
        for answer in pages(partial(self._page, self._server.my_id()), oldest):
            if not answer.ok:
                raise self._server.unread(answer)
            posts = list(statuses(answer))
            own = (post for post in posts if not post.answers)
            yield from (post for post in own if post.at is None or post.at >= since)
            if posts and posts[-1].at and posts[-1].at < since:
                return

    def gone(self, post_id: str) -> bool:
        """Tell whether a post is not there, asked with a token that opens the account.

        Raises:
            Deferred: no whole answer came back.
        """
        shown = self._server.look(partial(self._server.sdk.status, post_id))
        return shown.status in GONE and bool(object_id(self._server.me()))

    def _page(self, account: str, after: str) -> Answer:
        older = {"max_id": after} if after else {}
        read = self._server.sdk.account_statuses
        return self._server.look(
            partial(read, account, limit=NEWEST, exclude_reblogs=True, **older)
        )
