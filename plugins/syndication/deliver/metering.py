"""What is read back on a channel whose platform bills it: on record, so that the budget counts it.

A budget that is used up stops posts, and reading that a person or a timer may do another day:
`verify` and `listen` say so. It never stops the search that settles a doubt: that reads the few
posts since the attempt, for cents; without it a post of US$0.20 might be made twice by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from syndication.deliver.gate import Gate
from syndication.ledger.reads import record_reads
from syndication.ledger.store import Ledger
from syndication.office import Office
from syndication.platforms.protocol import Client, Clock, Metered


@dataclass(frozen=True, slots=True)
class Meter:
    """Keeps the bill of one ledger under one office's budgets."""

    ledger: Ledger
    office: Office
    clock: Clock

    def take(self, channel: str, client: Client) -> None:
        """Record what a client has read since this was last asked."""
        posts = client.take_reads() if isinstance(client, Metered) else 0
        if posts:
            cost = posts * self.office.terms(channel).price_read
            day = self.office.day(self.clock()).date()
            with self.ledger.writing() as connection:
                record_reads(connection, channel, day, posts, cost)

    def take_all(self, clients: Mapping[str, Client]) -> None:
        """Do so for every channel."""
        for channel, client in clients.items():
            self.take(channel, client)

    def too_dear(self, clients: Mapping[str, Client]) -> Mapping[str, str]:
        """Say of each channel whose budget is used up that it is not to be read, and why."""
        gate, now = Gate(self.ledger, self.office), self.clock()
        reasons = {
            name: self.office.used_up(name, gate.used(name, now)[1])
            for name, client in clients.items()
            if isinstance(client, Metered)
        }
        return {name: reason for name, reason in reasons.items() if reason}
