"""What a sender left behind: orphans become doubts, and doubts are settled where that is safe."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from syndication.deliver.live import NotLive
from syndication.deliver.retry import after, doubt
from syndication.deliver.revising import editable
from syndication.deliver.sending import Sender, place
from syndication.ledger import agenda
from syndication.ledger.progress import Outcome, settle
from syndication.ledger.revisions import still_public
from syndication.model import Deed, Entry, Prepared, Receipt, State
from syndication.platforms.protocol import Failure, Findable, Repeatable

GONE = "unggahan yang disunting sudah tidak ada, jadi tidak ada yang meragukan lagi"
NOT_FOUND = "mungkin sudah terbit, tetapi belum terlihat di linimasa; itu belum bukti apa pun"


def settle_doubt(sender: Sender, entry: Entry) -> Outcome | None:
    """Try to learn whether an entry in doubt is public; None where only a person can tell.

    The same call again is safe where the platform keeps one record for one key, and where it edits
    a post, for that is the same after the second time. Where a post can be looked for, one that is
    found is delivered; one that is not found stays in doubt.
    """
    attempts = agenda.open_attempts(sender.ledger, entry.id)
    if not attempts or entry.goes is None:
        return None
    began, now = attempts[0].started_at, sender.clock()
    prepared = Prepared(entry.goes, attempts[-1].prepared_ids)
    client = sender.client
    if entry.deed is Deed.EDIT:
        return _edit_again(sender, entry, prepared, began)
    if isinstance(client, Repeatable) and client.may_repeat(since=began, now=now):
        return _repeat(sender, entry, prepared, began)
    if isinstance(client, Findable) and now - began < sender.policy.search:
        return _search(sender, client, entry, prepared, began)
    return None


def _edit_again(
    sender: Sender, entry: Entry, prepared: Prepared, began: datetime
) -> Outcome | None:
    """Edit once more; where the post is gone meanwhile, nothing is left to be in doubt about."""
    if editable(sender, entry):
        return _repeat(sender, entry, prepared, began)
    if still_public(sender.ledger, entry):
        return None
    outcome = Outcome(State.CANCELLED, GONE)
    settle(sender.ledger, entry, outcome, sender.stamp())
    return outcome


def _repeat(sender: Sender, entry: Entry, prepared: Prepared, began: datetime) -> Outcome:
    """Send again under the same key, if the page still is what the post speaks of.

    Only a receipt ends the doubt: that this call surely failed says nothing of the first one.
    """
    seen = sender.live(entry)
    if isinstance(seen, NotLive):
        outcome = doubt(seen.reason, began, sender.clock(), sender.policy)
        settle(sender.ledger, entry, outcome, sender.stamp())
        return outcome

    def judge(outcome: Outcome) -> Outcome:
        if outcome.receipt is not None:
            return outcome
        still = doubt(outcome.reason, began, sender.clock(), sender.policy)
        return replace(still, rest=outcome.rest)

    return sender.attempt(entry, prepared, judge)


def _search(
    sender: Sender, client: Findable, entry: Entry, prepared: Prepared, began: datetime
) -> Outcome:
    found = _found(sender, client, entry, prepared, began)
    if isinstance(found, Receipt):
        outcome = Outcome(State.DELIVERED, receipt=found)
    else:
        outcome = doubt(found.reason, began, sender.clock(), sender.policy)
        outcome = replace(outcome, rest=found.rest)
    settle(sender.ledger, entry, outcome, sender.stamp())
    return outcome


def _found(
    sender: Sender, client: Findable, entry: Entry, prepared: Prepared, began: datetime
) -> Receipt | Outcome:
    known = agenda.known_posts(sender.ledger, entry.channel)
    try:
        receipt = client.find(prepared, since=began, known=known)
    except Failure as failure:
        return after(failure, entry, sender.clock(), sender.policy)
    except Exception as bug:  # noqa: BLE001 -- a search that fails changes nothing
        return Outcome(State.IN_DOUBT, place(bug))
    return receipt or Outcome(State.IN_DOUBT, NOT_FOUND)
