"""An account's own timeline, read or with the reason why not; and which post is whose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from syndication.deliver.sending import place
from syndication.model import Receipt
from syndication.platforms.protocol import Client, Failure, Listable, Seen

SKEW = timedelta(minutes=5)
"""How far a platform's clock and ours may be apart."""

BY_NATURE = "platform ini tidak dapat dibaca kembali"


def read(client: Client | None, since: datetime) -> list[Seen] | str:
    """Read a timeline, the newest post first, or say why that cannot be (`BY_NATURE`: ever)."""
    if client is None or not isinstance(client, Listable):
        return BY_NATURE
    try:
        return list(client.timeline(since - SKEW))
    except Failure as failure:
        return failure.reason
    except Exception as bug:  # noqa: BLE001 -- a platform that answers nonsense is no proof
        return place(bug)


class Claims:
    """The posts that the ledger, or the register, knows on one channel."""

    def __init__(self, receipts: Iterable[Receipt]) -> None:
        """Know them by id and by address: one that a person gave has an address alone."""
        known = list(receipts)
        self._ids = frozenset(receipt.post_id for receipt in known if receipt.post_id)
        self._urls = frozenset(bare(receipt.url) for receipt in known)

    def __contains__(self, seen: Seen) -> bool:
        """Tell whether a post is one of them."""
        return seen.post_id in self._ids or bare(seen.url) in self._urls


def bare(url: str) -> str:
    """Write an address without what changes nothing: query, fragment and a last slash."""
    return url.partition("#")[0].partition("?")[0].rstrip("/")
