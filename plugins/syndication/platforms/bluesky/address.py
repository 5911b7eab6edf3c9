"""Where a post on Bluesky stands."""

from __future__ import annotations

from syndication.model import Channel
from syndication.platforms.bluesky.server import HOST
from syndication.platforms.hosts import host, on_loopback

SITE = "https://bsky.app"


def post_url(channel: Channel, uri: str) -> str:
    """Write where a post stands: on Bluesky, or on this machine where the channel's host is."""
    asked = host(channel, HOST)
    site = asked if on_loopback(asked) else SITE
    did, _, rkey = uri.removeprefix("at://").split("/")
    return f"{site}/profile/{did}/post/{rkey}"
