"""One Instagram account on the wire, through facebook-sdk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import facebook

from syndication.model import JSON, Channel
from syndication.platforms.answers import Answer
from syndication.platforms.container_account import Account, Dialect
from syndication.platforms.graph import STATED_HOST, VERSION, GraphWire
from syndication.platforms.hosts import seconds
from syndication.platforms.protocol import Clock, Secret

INSTAGRAM = Dialect(
    platform="Instagram",
    errors="syndication.platforms.instagram",
    site="https://www.instagram.com",
    own_page="/{}/",
    posts="media",
    publish="media_publish",
    limit="content_publishing_limit",
    text="caption",
    state="status_code",
    why="status",
    fields="id,caption,permalink,timestamp",
    permission="instagram_content_publish",
    metrics={
        "views": ("views",),
        "likes": ("likes",),
        "replies": ("comments",),
        "shares": ("shares",),
    },
)
"""Sources: https://developers.facebook.com/docs/instagram-platform/reference/instagram-media, its
`insights`, and …/instagram-graph-api/reference/ig-user/content_publishing_limit (2026-11-24).
A post is deleted with `DELETE /{media}`, as the Graph API's own description has it (`IGMedia`) and
PyPI facebook_business 26.0.3; that needs `instagram_manage_contents`."""


class InstagramAccount(Account):
    """Asks through facebook-sdk, which has our session, so that the answer is ours to judge."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Give the SDK our session; it adds the token itself."""
        super().__init__(channel, INSTAGRAM, STATED_HOST, clock)
        self._wire = GraphWire(STATED_HOST, self.host, hidden=[token], seconds=seconds(channel))
        self._sdk = facebook.GraphAPI(token, session=self._wire)

    def get(self, place: str, **query: str) -> Answer:
        """Ask for something."""
        return self._ask(place, args=query)

    def post(self, place: str, body: Mapping[str, JSON]) -> Answer:
        """Have something made."""
        return self._ask(place, post_args=dict(body))

    def delete(self, place: str) -> Answer:
        """Have something deleted."""
        return self._ask(place, method="DELETE")

    def _ask(self, place: str, **arguments: object) -> Answer:
        call = partial(self._sdk.request, f"{VERSION}/{place}", **arguments)
        return self._wire.ask(call, facebook.GraphAPIError)
