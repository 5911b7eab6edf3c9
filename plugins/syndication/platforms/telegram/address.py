"""Where Telegram is asked, what its channels and groups are called, and where messages stand."""

from __future__ import annotations

import re

from syndication.model import Channel
from syndication.platforms.hosts import host, on_loopback

HOST = "https://api.telegram.org"
"""Source: https://core.telegram.org/bots/api#making-requests (2026-11-24)."""

SITE = "https://t.me"

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
"""A bot's token, as https://core.telegram.org/bots/api#authorizing-your-bot shows it."""

CHAT = re.compile(r"@[A-Za-z][A-Za-z0-9_]+|-100[0-9]+")
"""A channel or group by its public name, or by its number, which begins with -100.

Source: https://core.telegram.org/api/bots/ids (2026-11-24).
"""


def post_url(channel: Channel, message_id: str, name: str = "") -> str:
    """Write where a message stands: under the channel's public name, else by its number.

    Source: https://core.telegram.org/api/links#message-links (2026-11-24).
    """
    chat = channel.options["chat_id"]
    place = name or chat.removeprefix("@")
    if place.startswith("-100"):
        place = f"c/{place.removeprefix('-100')}"
    asked = host(channel, HOST)
    site = asked if on_loopback(asked) else SITE
    return f"{site}/{place}/{message_id}"


def comment_url(post: str, message_id: str) -> str:
    """Write where a comment below a post stands.

    Source: https://core.telegram.org/api/links#message-links (2026-11-24).
    """
    return f"{post}?comment={message_id}"
