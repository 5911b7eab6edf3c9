"""The post behind an address that a person gave: is it the account's, and what is its id?

Without its id a post can be neither edited nor deleted. Where the address does not hold it, the
account's own timeline does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from syndication.compose.rules import for_channel
from syndication.deliver import timelines
from syndication.deliver.timelines import Claims, bare
from syndication.ledger import queries
from syndication.ledger.errors import NotPossible
from syndication.ledger.store import Ledger
from syndication.model import Channel, Entry, Receipt, Rules
from syndication.platforms.answers import plain
from syndication.platforms.hosts import on_loopback
from syndication.platforms.protocol import Client, Seen

NAMES = ("handle", "chat_id")
"""Options of a channel that hold its account's public name."""


def post_id(ledger: Ledger, entry: Entry, channel: Channel, client: Client | None, url: str) -> str:
    """Find the id of a post at an address; "" where nobody can tell.

    Raises:
        NotPossible: the address is none of a post of this account.
    """
    told = written_id(channel, url)
    if told:
        return told
    shown = timelines.read(client, entry.queued_at)
    return "" if isinstance(shown, str) else _listed(ledger, entry, shown, url)


def written_id(channel: Channel, url: str) -> str:
    """Read a post's id out of its address; "" where the platform does not write it there.

    Raises:
        NotPossible: the address is none of a post of this account.
    """
    rules = for_channel(channel)
    if not rules.post_path:
        return ""
    place = urlsplit(url)
    found = re.fullmatch(rules.post_path, place.path)
    if place.netloc.casefold() not in _hosts(channel, rules) or not found:
        raise NotPossible(f"{url} bukan alamat unggahan di {channel.platform}.")
    groups = found.groupdict()
    account, ours = groups.get("account") or "", _names(channel)
    if account and ours and account.casefold() not in ours:
        raise NotPossible(f"{url} bukan unggahan akun {channel.account or channel.name}.")
    return groups.get("id") or ""


def _hosts(channel: Channel, rules: Rules) -> frozenset[str]:
    own = channel.options.get("host", "")
    here = urlsplit(own).netloc.casefold()
    if not rules.hosts or on_loopback(own):
        return frozenset({here})
    return frozenset(rules.hosts)


def _names(channel: Channel) -> frozenset[str]:
    """Name the account as addresses do: without "@", server, or the -100 of a Telegram number."""
    stated = (channel.account, *(channel.options.get(name, "") for name in NAMES))
    names = (each.removeprefix("@").removeprefix("-100").partition("@")[0] for each in stated)
    return frozenset(name.casefold() for name in names if name)


def _listed(ledger: Ledger, entry: Entry, shown: Sequence[Seen], url: str) -> str:
    """Find a post on the timeline by its address, else as the only unclaimed one with its text."""
    there = [seen for seen in shown if bare(seen.url) == bare(url)]
    if not there and entry.payload:
        known = Claims(
            Receipt(post.post_id, post.url, post.at)
            for post in queries.receipts(ledger)
            if post.channel == entry.channel
        )
        text = plain(entry.payload.text)
        there = [seen for seen in shown if seen.text == text and seen not in known]
    return there[0].post_id if len(there) == 1 else ""
