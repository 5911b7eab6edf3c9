"""Edit an older post as the newest one was edited, where its platform still lets us."""

from __future__ import annotations

from syndication.deliver.retry import repeated, waiting
from syndication.deliver.sending import Sender, place
from syndication.ledger.amendments import begin, finish, pattern, settle
from syndication.ledger.decide import Action
from syndication.ledger.progress import Outcome
from syndication.ledger.trials import Ending
from syndication.model import Entry
from syndication.platforms.protocol import Failure, Revisable

CANNOT = "masih menampilkan teks lama: tidak dapat disunting"
KEPT_BACK = "ditahan, atau tidak perlu lagi"


def amend(sender: Sender, entry: Entry) -> Ending:
    """Give the post of an entry the text of the newest edit; record what became of it.

    The page was live when the newest post got this text, and the same twice is the same.
    """
    client, receipt = sender.client, entry.receipt
    shown = pattern(sender.ledger, entry)
    if shown is None or shown.payload is None or receipt is None:
        return _left(sender, entry)
    if not isinstance(client, Revisable):
        return _left(sender, entry)
    trial = begin(sender.ledger, entry, sender.stamp())
    if trial is None:
        return Ending(Action.NOTHING, KEPT_BACK)
    try:
        client.revise(receipt, shown.payload)
        ending = Ending(Action.AMENDED)
    except Failure as failure:
        ending = _ending(repeated(failure, entry, sender.clock(), sender.policy))
    except Exception as bug:  # noqa: BLE001 -- an edit may always be made again
        ending = _ending(waiting(place(bug), entry, sender.clock(), sender.policy))
    finish(sender.ledger, trial, ending, shown, sender.stamp())
    return ending


def _left(sender: Sender, entry: Entry) -> Ending:
    ending = Ending(Action.LEFT, CANNOT)
    settle(sender.ledger, entry, ending, sender.stamp())
    return ending


def _ending(outcome: Outcome) -> Ending:
    if outcome.next_at is None:
        return Ending(Action.LEFT, f"masih menampilkan teks lama: {outcome.reason}")
    return Ending(Action.NOT_AMENDED, f"belum diralat: {outcome.reason}", outcome.next_at)
