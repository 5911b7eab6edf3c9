"""Take a post back from the public, where its platform can do that.

What is told as failed by a fault that passes (`Deferred`, `InDoubt`, `Barred`, a bug) is tried
again by itself, for as long as the policy is patient. What the platform refuses, or cannot do at
all, waits for a person: `siar removed`, or `siar retry` once its obstacle is gone.
"""

from __future__ import annotations

from dataclasses import replace

from syndication.deliver.retry import repeated, waiting
from syndication.deliver.sending import Sender, place
from syndication.ledger.decide import LEAVING, Action
from syndication.ledger.events import Stamp
from syndication.ledger.progress import Outcome
from syndication.ledger.store import Ledger
from syndication.ledger.trials import Ending
from syndication.ledger.withdrawals import begin, finish, settle
from syndication.model import Entry, State
from syndication.platforms.protocol import Barred, Deferred, Failure, Refused, Withdrawable

REMEDY = (
    "Hapus dengan tangan, lalu catat dengan `siar removed {number} --why ALASAN`; bila penyebabnya "
    "sudah hilang, `siar retry {number}`"
)
CANNOT = "platform ini tidak dapat menghapusnya"
UNNAMED = "nomor unggahannya tidak tercatat"
NO_LONGER = "tidak perlu lagi"


def leaves(entry: Entry) -> bool:
    """Tell whether a post still is in public and to be taken back."""
    return entry.state is State.DELIVERED and entry.cause in LEAVING


def take_back(sender: Sender, entry: Entry) -> Ending:
    """Delete the post of an entry, or say why it still stands; record what became of it.

    The page need not be live with its notice: a post that is gone sooner misleads nobody.
    """
    client, receipt = sender.client, entry.receipt
    if receipt is None or not receipt.post_id:
        return give_up(sender.ledger, entry, UNNAMED, sender.stamp())
    if not isinstance(client, Withdrawable):
        return give_up(sender.ledger, entry, CANNOT, sender.stamp())
    trial = begin(sender.ledger, entry, sender.stamp())
    if trial is None:
        return Ending(Action.NOTHING, NO_LONGER)
    try:
        client.withdraw(receipt)
        ending = Ending(Action.TAKEN_BACK)
    except (Refused, Barred, Deferred) as failure:
        ending = _ending(repeated(failure, entry, sender.clock(), sender.policy), entry)
    except Failure as failure:
        ending = _perhaps(repeated(failure, entry, sender.clock(), sender.policy), entry)
    except Exception as bug:  # noqa: BLE001 -- a deletion may always be made again
        ending = _perhaps(waiting(place(bug), entry, sender.clock(), sender.policy), entry)
    finish(sender.ledger, trial, ending, sender.stamp())
    return ending


def give_up(ledger: Ledger, entry: Entry, reason: str, stamp: Stamp) -> Ending:
    """Record that a post stands until a person removes it."""
    ending = Ending(Action.STANDS, remedied(reason, entry))
    settle(ledger, entry, ending, stamp)
    return ending


def _ending(outcome: Outcome, entry: Entry) -> Ending:
    if outcome.next_at is None:
        return Ending(Action.STANDS, remedied(outcome.reason, entry))
    return Ending(Action.NOT_YET, f"belum ditarik: {outcome.reason}", outcome.next_at)


def _perhaps(outcome: Outcome, entry: Entry) -> Ending:
    """Say that the post may be gone: then it cannot be kept any more."""
    ending = _ending(outcome, entry)
    return replace(ending, action=Action.PERHAPS) if ending.next_at else ending


def remedied(reason: str, entry: Entry) -> str:
    """Say why a post stands, and what a person does about it."""
    return f"masih tampil: {reason}. {REMEDY.format(number=entry.id)}"
