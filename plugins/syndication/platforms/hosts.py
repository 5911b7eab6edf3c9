"""Where a platform is reached, and how long and how much is waited for."""

from __future__ import annotations

from urllib.parse import urlsplit

from syndication.model import Channel
from syndication.platforms.protocol import NotSetUp

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

DEFAULT_SECONDS = 30.0
"""How long one answer may take in all, unless the channel's `timeout` says otherwise."""

MOST_BYTES = 16 << 20
"""More than any answer to our requests; a body without end must not fill the memory.

The largest is a conversation of 4,096 replies, the most that Mastodon shows: 3 kB each.
"""


def on_loopback(host: str) -> bool:
    """Tell whether an address leads to this machine."""
    return urlsplit(host).hostname in LOOPBACK


def host(channel: Channel, default: str) -> str:
    """Read where the channel's platform is asked.

    Raises:
        NotSetUp: secrets would go over the network in clear.
    """
    stated = (channel.options.get("host") or default).rstrip("/")
    if urlsplit(stated).scheme != "https" and not on_loopback(stated):
        raise NotSetUp(f'Saluran "{channel.name}": host "{stated}" harus diawali https://.')
    return stated


def seconds(channel: Channel) -> float:
    """Read how long the channel waits for an answer.

    Raises:
        NotSetUp: the channel's `timeout` is no number above 0.
    """
    stated = channel.options.get("timeout", "") or str(DEFAULT_SECONDS)
    try:
        value = float(stated)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        raise NotSetUp(f'Saluran "{channel.name}": timeout "{stated}" bukan jumlah detik.')
    return value
