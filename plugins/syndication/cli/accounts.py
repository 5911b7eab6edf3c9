"""The accounts of the configured channels: which are connected, and what the others lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from syndication import clock
from syndication.config import Config
from syndication.environment import secrets
from syndication.model import Channel
from syndication.platforms import registry
from syndication.platforms.protocol import Client, NotSetUp


@dataclass(frozen=True, slots=True)
class Accounts:
    """Each channel that has a client, by name; `lacking` says what the others still need.

    A channel that a person posts to is in neither.
    """

    clients: Mapping[str, Client]
    lacking: Mapping[str, str]


def connect(config: Config) -> Accounts:
    """Connect every channel that has its secrets; nothing goes over the wire yet."""
    clients: dict[str, Client] = {}
    lacking: dict[str, str] = {}
    for channel in config.channels.values():
        if channel.platform not in registry.clients():
            continue
        made = _client(channel)
        if isinstance(made, str):
            lacking[channel.name] = made
        else:
            clients[channel.name] = made
    return Accounts(clients, lacking)


def _client(channel: Channel) -> Client | str:
    """Make the client of a channel, or say what is missing."""
    known, missing = secrets(channel)
    if missing:
        return f"{', '.join(missing)} belum ada"
    try:
        return registry.client_for(channel, known, clock.now)
    except NotSetUp as error:
        return str(error)
