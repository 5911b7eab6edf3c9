"""Find the installed platforms by entry point, and load only the one that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from syndication.model import Channel
from syndication.platforms.protocol import Client, Clock, Connect, Format, Secrets

FORMATS = "syndication.formats"
CLIENTS = "syndication.clients"


class UnknownPlatform(LookupError):  # noqa: N818 -- says what the platform is
    """No installed package offers this platform, or not this half of it."""

    def __init__(self, platform: str, group: str, known: Mapping[str, EntryPoint]) -> None:
        """Say what was asked for, and list what there is."""
        super().__init__(
            f'Platform "{platform}" tidak dikenal ({group}). '
            f"Yang terpasang: {', '.join(sorted(known)) or 'tidak ada'}."
        )


@cache
def formats() -> Mapping[str, EntryPoint]:
    """List the platforms that posts can be written for, without importing any."""
    return {point.name: point for point in entry_points(group=FORMATS)}


@cache
def clients() -> Mapping[str, EntryPoint]:
    """List the platforms that can be posted to; those done by hand are not among them."""
    return {point.name: point for point in entry_points(group=CLIENTS)}


def format_for(channel: Channel) -> Format:
    """Make the format of a channel.

    Raises:
        UnknownPlatform: nothing installed writes for the channel's platform.
    """
    make: Callable[[Channel], Format] = _point(channel.platform, FORMATS, formats()).load()
    return make(channel)


def client_for(channel: Channel, secrets: Secrets, clock: Clock) -> Client:
    """Connect a channel's account; nothing goes over the wire yet.

    Raises:
        UnknownPlatform: nothing installed posts to the channel's platform.
        NotSetUp: the channel lacks a secret or an option.
    """
    connect: Connect = _point(channel.platform, CLIENTS, clients()).load()
    return connect(channel, secrets, clock)


def _point(platform: str, group: str, known: Mapping[str, EntryPoint]) -> EntryPoint:
    if platform not in known:
        raise UnknownPlatform(platform, group, known)
    return known[platform]
