"""How a correction reaches the public: the post is edited, followed by another, or replaced.

The way is chosen when the correction is sent, by what the channel is set to and its client can do.
The window in which a platform lets a post be edited is the platform's to know: where it says no,
surely nothing was changed, and the correction goes as a post of its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from syndication.ledger import revisions
from syndication.ledger.progress import Outcome
from syndication.model import Correcting, Deed, Entry, Prepared, Receipt, State
from syndication.platforms.protocol import Client, InDoubt, Revisable

if TYPE_CHECKING:
    from syndication.deliver.sending import Sender

REPLACING = frozenset({Correcting.REPLACE, Correcting.EDIT_OR_REPLACE})
EDITING = frozenset({Correcting.EDIT, Correcting.EDIT_OR_REPLACE})
GONE = "unggahan yang harus disunting tidak tercatat lagi"
ANOTHER = "platform menjawab untuk unggahan lain daripada yang disunting"
INSTEAD = "platform menolak penyuntingan, jadi ralat diunggah tersendiri: {reason}"


def way(correcting: Correcting, client: Client, earlier: Receipt | None) -> Deed:
    """Choose how to correct; `earlier` is the post in public, None where no such post is known."""
    if earlier is None:
        return Deed.LINK
    if correcting in EDITING and isinstance(client, Revisable):
        return Deed.EDIT
    return _fallback(correcting)


def chosen(sender: Sender, entry: Entry) -> Entry:
    """Return an entry with its way chosen; only a correction that was not sent has a choice."""
    if entry.deed not in {Deed.CORRECT, Deed.EDIT}:
        return entry
    earlier = revisions.earlier(sender.ledger, entry)
    return replace(entry, deed=way(sender.correcting, sender.client, earlier))


def instead(sender: Sender, entry: Entry, outcome: Outcome) -> Outcome:
    """Send a correction as a post of its own where the platform surely did not edit."""
    if entry.deed is not Deed.EDIT or outcome.state is not State.REFUSED:
        return outcome
    reason = INSTEAD.format(reason=outcome.reason)
    return Outcome(State.QUEUED, reason, deed=_fallback(sender.correcting))


def editable(sender: Sender, entry: Entry) -> bool:
    """Tell whether the post that an entry corrects can still be edited."""
    known = revisions.earlier(sender.ledger, entry) is not None
    return known and isinstance(sender.client, Revisable)


def publish(sender: Sender, entry: Entry, prepared: Prepared) -> Receipt:
    """Make the one call after which the public can see the post, or its new text.

    Raises:
        Failure: one of the four.
    """
    if entry.deed is not Deed.EDIT:
        return sender.client.deliver(prepared, key=entry.key)
    earlier = revisions.earlier(sender.ledger, entry)
    if earlier is None or not isinstance(sender.client, Revisable):
        raise InDoubt(GONE)
    made = sender.client.revise(earlier, prepared.payload)
    if made.post_id != earlier.post_id:
        raise InDoubt(ANOTHER)
    return made


def _fallback(correcting: Correcting) -> Deed:
    return Deed.REPLACE if correcting in REPLACING else Deed.LINK
