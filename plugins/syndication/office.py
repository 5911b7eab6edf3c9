"""What the office decided about posts: who must approve, when none goes, how many, at what cost.

Pure: what the ledger knows comes in as `Facts`, the moment as a time; `Office.obstacle` answers
whether one entry may go now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

from syndication.model import Deed, Entry, Payload

HOUR = "%H.%M"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is posted, by the site's clock, over midnight if `end` is earlier."""

    start: time
    end: time

    def covers(self, moment: time) -> bool:
        """Tell whether a time of day lies in them; the end does not."""
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def __str__(self) -> str:
        """Write them as in the settings: 21.00–06.00."""
        return f"{self.start:{HOUR}}–{self.end:{HOUR}}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one channel. `daily` 0: no ceiling.

    `budget` is US dollars in a calendar month, prices are US dollars a post sent, or read back, as
    in `Rules`.
    """

    approvals: int = 0
    quiet: Quiet | None = None
    daily: int = 0
    budget: Decimal | None = None
    price: Decimal = Decimal(0)
    price_with_link: Decimal = Decimal(0)
    price_read: Decimal = Decimal(0)

    def cost(self, payload: Payload) -> Decimal:
        """Estimate what a post costs, in US dollars, before it is sent."""
        return self.price_with_link if payload.link in payload.text else self.price


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger knows at the moment of the question.

    `held` says why everything is held, unless this entry may pass. Posts and dollars are those of
    the entry's channel, since the day and the month began in the site's zone; `spent` is for what
    was sent and for what was read.
    """

    approved_by: Collection[str] = ()
    held: str = ""
    sent_today: int = 0
    spent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why an entry may not go now; `alone`: those after it on its channel still may."""

    reason: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """All rules of the office. `categories`: how many approvals each needs, by casefolded name."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    channels: Mapping[str, Terms] = field(default_factory=lambda: MappingProxyType({}))
    categories: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def terms(self, channel: str) -> Terms:
        """Return what holds for a channel."""
        return self.channels.get(channel, NO_TERMS)

    def approvals(self, channel: str, category: str) -> int:
        """Count the people who must approve a post: the stricter of channel and category."""
        return max(
            self.terms(channel).approvals, self.categories.get(category.strip().casefold(), 0)
        )

    def unapproved(self, entry: Entry, approved_by: Collection[str]) -> str:
        """Say how many approvals an entry still waits for; empty if for none."""
        needed = self.approvals(entry.channel, entry.category)
        if len(approved_by) >= needed:
            return ""
        done = f" (baru {len(approved_by)} dari {needed} orang)" if needed > 1 else ""
        waits, approve = f"menunggu persetujuan{done}", f"`siar approve {entry.id}`"
        if not entry.plain:
            return f"{waits}: {approve}"
        again = f"`siar retry {entry.id}` dengan gambarnya"
        return f"{waits} tanpa gambarnya, yang tidak dapat dikirim: {approve}, atau {again}"

    def obstacle(self, entry: Entry, facts: Facts, now: datetime) -> Obstacle | None:
        """Tell whether an entry may go now, and why not. Only hold and approval know no clock.

        An edit is no further post: no platform that lets us edit counts it or charges for it.
        """
        terms = self.terms(entry.channel)
        if facts.held:
            return Obstacle(facts.held, alone=entry.priority)
        if waiting := self.unapproved(entry, facts.approved_by):
            return Obstacle(waiting, alone=True)
        if terms.quiet and not entry.priority and terms.quiet.covers(self.clock(now)):
            return Obstacle(f"jam tenang {terms.quiet}")
        if entry.deed is Deed.EDIT:
            return None
        if terms.daily and facts.sent_today >= terms.daily:
            return Obstacle(f"batas {terms.daily} unggahan sehari sudah tercapai")
        return _over_budget(terms, entry, facts.spent)

    def used_up(self, channel: str, spent: Decimal) -> str:
        """Say that a channel's budget leaves nothing to read for; empty if it does."""
        budget = self.terms(channel).budget
        if budget is None or spent < budget:
            return ""
        return f"anggaran bulan ini sudah habis ({dollars(spent)} dari {dollars(budget)})"

    def clock(self, now: datetime) -> time:
        """Read the time of day in the site's zone."""
        return now.astimezone(self.zone).time()

    def day(self, now: datetime) -> datetime:
        """Return when the day began in the site's zone."""
        return now.astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)

    def month(self, now: datetime) -> datetime:
        """Return when the month began in the site's zone."""
        return self.day(now).replace(day=1)


NO_RULES = Office()


def dollars(amount: Decimal) -> str:
    """Write an amount of US dollars as Indonesian readers expect it: 1,215."""
    cents = f"{amount:.3f}".removesuffix("0")
    return f"US${cents.replace('.', ',')}"


def _over_budget(terms: Terms, entry: Entry, spent: Decimal) -> Obstacle | None:
    if terms.budget is None or entry.payload is None:
        return None
    cost = terms.cost(entry.payload)
    if spent + cost <= terms.budget:
        return None
    return Obstacle(
        f"anggaran bulan ini tidak cukup: {dollars(spent)} dari {dollars(terms.budget)} terpakai, "
        f"unggahan ini {dollars(cost)}"
    )
