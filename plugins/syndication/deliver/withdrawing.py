"""Take a post back from the public, where its platform can do that."""

from __future__ import annotations

from syndication.deliver.retry import after, waiting
from syndication.deliver.sending import Sender, place
from syndication.ledger.decide import Action
from syndication.ledger.progress import Outcome
from syndication.ledger.withdrawals import Ending, begin, finish, settle
from syndication.model import Entry, State
from syndication.platforms.protocol import Failure, Withdrawable

CANNOT = (
    "masih tampil: platform ini tidak dapat menghapusnya. Hapus dengan tangan, lalu catat dengan "
    "`siar removed {number}`"
)
NO_LONGER = "tidak perlu lagi, atau ditahan sementara diperiksa"


def take_back(sender: Sender, entry: Entry) -> Ending:
    """Delete the post of an entry, or say why it still stands; record what became of it.

    The page need not be live with its notice: a post that is gone sooner misleads nobody.
    """
    client, receipt = sender.client, entry.receipt
    if not isinstance(client, Withdrawable) or receipt is None or not receipt.post_id:
        ending = Ending(Action.STANDS, CANNOT.format(number=entry.id))
        settle(sender.ledger, entry, ending, sender.stamp())
        return ending
    trial = begin(sender.ledger, entry, sender.stamp())
    if trial is None:
        return Ending(Action.NOTHING, NO_LONGER)
    try:
        client.withdraw(receipt)
        ending = Ending(Action.TAKEN_BACK)
    except Failure as failure:
        ending = _after(failure, entry, sender)
    except Exception as bug:  # noqa: BLE001 -- a deletion may always be made again
        ending = _ending(waiting(place(bug), entry, sender.clock(), sender.policy), entry)
    finish(sender.ledger, trial, ending, sender.stamp())
    return ending


def _after(failure: Failure, entry: Entry, sender: Sender) -> Ending:
    now = sender.clock()
    outcome = after(failure, entry, now, sender.policy)
    if outcome.state in {State.REFUSED, State.GIVEN_UP}:
        return _ending(outcome, entry)
    return _ending(waiting(outcome.reason, entry, now, sender.policy), entry)


def _ending(outcome: Outcome, entry: Entry) -> Ending:
    if outcome.next_at is None:
        remedy = CANNOT.format(number=entry.id).partition(". ")[2]
        return Ending(Action.STANDS, f"masih tampil: {outcome.reason}. {remedy}")
    return Ending(Action.NOT_YET, f"belum ditarik: {outcome.reason}", outcome.next_at)
