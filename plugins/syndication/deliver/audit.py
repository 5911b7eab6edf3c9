"""Prove the history: an unbroken chain, receipts that it tells of, a head that the site printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from syndication.deliver.published import Register, Silent
from syndication.ledger import queries
from syndication.ledger.events import GENESIS, Break, Event, first_break
from syndication.ledger.evidence import history
from syndication.ledger.queries import Posted
from syndication.ledger.recovery import descends_from
from syndication.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Audit:
    """What the proof rests on, and where it fails.

    `untold` are posts in public of which no event tells. `printed` is the head in the public
    register ("" where the site has none yet), `fault` why it is no link of this chain.
    """

    events: tuple[Event, ...]
    broken: Break | None
    untold: tuple[Posted, ...]
    printed: str
    fault: str

    @property
    def head(self) -> str:
        """The hash of the last event."""
        return self.events[-1].hash if self.events else GENESIS

    @property
    def proven(self) -> bool:
        """Tell whether nothing was changed, removed or added."""
        return self.broken is None and not self.untold and not self.fault


def audit(ledger: Ledger, shown: Register | Silent) -> Audit:
    """Read the whole history and hold it against itself, the receipts and the site's register."""
    events = history(ledger)
    printed = shown.head if isinstance(shown, Register) else ""
    return Audit(
        tuple(events),
        first_break(events),
        _untold(queries.receipts(ledger), events),
        printed,
        _fault(ledger, shown),
    )


def _untold(posts: Sequence[Posted], events: Sequence[Event]) -> tuple[Posted, ...]:
    told = {(event.entry_id, event.data.get("url")) for event in events}
    return tuple(post for post in posts if (post.entry_id, post.url) not in told)


def _fault(ledger: Ledger, shown: Register | Silent) -> str:
    if isinstance(shown, Silent):
        return f"register di situs tidak terbaca: {shown.reason}"
    if not shown.head or descends_from(ledger, shown.head):
        return ""
    return "kepala rantai yang tercetak di register situs tidak ada dalam catatan ini"
