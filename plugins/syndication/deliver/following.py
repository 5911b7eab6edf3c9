"""What follows posts in public: they are taken back, or edited as the newest one was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from syndication.deliver.amending import amend
from syndication.deliver.sending import Sender
from syndication.deliver.steps import Step, Waiting, standing, tried
from syndication.deliver.withdrawing import UNNAMED, give_up, leaves, remedied, take_back
from syndication.ledger import amendments, queries, withdrawals
from syndication.ledger.decide import Action
from syndication.ledger.events import Stamp
from syndication.ledger.progress import Outcome
from syndication.ledger.store import Ledger
from syndication.model import Entry, State

NOT_SET_UP = "saluran belum disiapkan (rahasia atau setelannya belum ada)"
AMENDED = "disunting seperti unggahan terbaru"


def edit_older(sender: Sender, channel: str, kept_back: Callable[[], str]) -> Iterator[Step]:
    """Edit older posts as the newest one was, unless something keeps all back."""
    failures = 0
    for number in amendments.due(sender.ledger, channel, sender.clock()):
        if failures == sender.policy.strikes or kept_back():
            return
        entry = queries.entry(sender.ledger, number)
        ending = amend(sender, entry)
        failures = failures + 1 if ending.next_at else 0
        if ending.action is Action.AMENDED:
            yield tried(entry, Outcome(State.DELIVERED, AMENDED, receipt=entry.receipt))
        else:
            yield Waiting(channel, 1, f"{entry.title}: {ending.reason}")


def take_back_all(sender: Sender, channel: str, stopping: Callable[[], bool]) -> Iterator[Step]:
    """Take back what should be gone. A hold and a channel's rest stop posts, not this."""
    failures = 0
    for number in withdrawals.due(sender.ledger, channel, sender.clock()):
        if failures == sender.policy.strikes or stopping():
            return
        entry = queries.entry(sender.ledger, number)
        if not leaves(entry):
            continue
        ending = take_back(sender, entry)
        failures = failures + 1 if ending.next_at else 0
        if ending.action is Action.TAKEN_BACK:
            yield tried(entry, Outcome(State.WITHDRAWN, receipt=entry.receipt))
        elif ending.action is Action.STANDS:
            yield standing(entry, ending.reason)
        else:
            yield Waiting(channel, 1, f"{entry.title}: {ending.reason}")


def out_of_reach(ledger: Ledger, channel: str, stamp: Stamp) -> Iterator[Step]:
    """Say what a person must take back on a channel without a client."""
    for number in withdrawals.due(ledger, channel, stamp.at):
        entry = queries.entry(ledger, number)
        if leaves(entry):
            yield standing(entry, _why_standing(ledger, entry, stamp))


def _why_standing(ledger: Ledger, entry: Entry, stamp: Stamp) -> str:
    """Say why a post stands on a channel without a client; that may be set up yet."""
    if entry.receipt and entry.receipt.post_id:
        return remedied(NOT_SET_UP, entry)
    return give_up(ledger, entry, UNNAMED, stamp).reason
