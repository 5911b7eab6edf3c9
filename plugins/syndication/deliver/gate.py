"""May this entry go now? The office's rules, asked with what the ledger knows at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy.engine import Connection

from syndication.ledger import pauses, tally
from syndication.ledger.approvals import approved_by
from syndication.ledger.reads import cost_since
from syndication.ledger.store import Ledger
from syndication.model import Entry
from syndication.office import Facts, Obstacle, Office


@dataclass(frozen=True, slots=True)
class Gate:
    """Answers for one ledger under one office's rules; writes nothing."""

    ledger: Ledger
    office: Office

    def obstacle(self, entry: Entry, now: datetime) -> Obstacle | None:
        """Return why an entry may not go now; None if it may."""
        with self.ledger.reading() as connection:
            facts = self._facts(connection, entry, now)
        return self.office.obstacle(entry, facts, now)

    def unapproved(self, entry: Entry) -> str:
        """Say how many approvals an entry waits for; empty if for none."""
        if not self.office.approvals(entry.channel, entry.category):
            return ""
        with self.ledger.reading() as connection:
            return self.office.unapproved(entry, approved_by(connection, entry))

    def used(self, channel: str, now: datetime) -> tuple[int, Decimal]:
        """Count a channel's posts of this day, and its US dollars of this month, reads included."""
        with self.ledger.reading() as connection:
            today = tally.posts_since(connection, channel, self.office.day(now))
            return today, self._spent(connection, channel, now)

    def read(self, channel: str, now: datetime) -> Decimal:
        """Return what reading a channel back cost this month, in US dollars."""
        with self.ledger.reading() as connection:
            return self._read(connection, channel, now)

    def _facts(self, connection: Connection, entry: Entry, now: datetime) -> Facts:
        """Ask the ledger only what the channel's rules look at."""
        terms, channel = self.office.terms(entry.channel), entry.channel
        needed = self.office.approvals(channel, entry.category)
        pause = pauses.keeping_back(connection, entry, now)
        day = self.office.day(now)
        return Facts(
            approved_by=approved_by(connection, entry) if needed else (),
            held=pause.reason if pause else "",
            sent_today=tally.posts_since(connection, channel, day) if terms.daily else 0,
            spent=Decimal(0) if terms.budget is None else self._spent(connection, channel, now),
        )

    def _spent(self, connection: Connection, channel: str, now: datetime) -> Decimal:
        terms = self.office.terms(channel)
        sent = tally.payloads_since(connection, channel, self.office.month(now))
        return sum((terms.cost(each) for each in sent), self._read(connection, channel, now))

    def _read(self, connection: Connection, channel: str, now: datetime) -> Decimal:
        return cost_since(connection, channel, self.office.month(now).date())
