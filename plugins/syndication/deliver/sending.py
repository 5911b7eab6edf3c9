"""One entry's way to the public: live page, preparation, and a call that is on record first."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace

from syndication.deliver import revising
from syndication.deliver.live import Look, NotLive
from syndication.deliver.retry import Policy, after, doubt, not_live, waiting
from syndication.ledger.agenda import Attempt
from syndication.ledger.approvals import approvers
from syndication.ledger.errors import LedgerError, Unrecorded
from syndication.ledger.events import Stamp
from syndication.ledger.progress import CUT_OFF, Outcome, Rest, begin, finish, settle
from syndication.ledger.store import Ledger
from syndication.model import LACK, Correcting, Deed, Entry, Payload, Prepared, State
from syndication.platforms.protocol import Client, Clock, Failure

MOVED = "berubah atau ditahan sementara diperiksa; menunggu giliran lagi"


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends entries of one channel. `actor` is who answers for it in the chain of events."""

    ledger: Ledger
    client: Client
    live: Look
    clock: Clock
    policy: Policy
    actor: str
    correcting: Correcting = Correcting.EDIT

    def stamp(self) -> Stamp:
        """Say who acts, and that it is now."""
        return Stamp(self.clock(), self.actor)

    def send(self, entry: Entry) -> Outcome:
        """Bring one queued entry as far as it goes, and record how far that was.

        An outcome with a `deed` says what is to be tried instead, at once.
        """
        prepared = self._ready(entry)
        if isinstance(prepared, Outcome):
            kept = settle(self.ledger, entry, prepared, self.stamp())
            return prepared if kept else Outcome(entry.state, MOVED)
        return self.attempt(entry, prepared, lambda outcome: revising.instead(self, entry, outcome))

    def attempt(
        self, entry: Entry, prepared: Prepared, judge: Callable[[Outcome], Outcome]
    ) -> Outcome:
        """Make the one call, on record before and after; `judge` has the last word on it.

        Whatever stops this process in between leaves the entry in doubt, never queued.
        """
        attempt = begin(self.ledger, entry, prepared, self.stamp())
        if attempt is None:
            return Outcome(entry.state, MOVED)
        outcome = Outcome(State.IN_DOUBT, CUT_OFF, next_at=attempt.started_at)
        try:
            outcome = judge(self._call(entry, prepared))
        finally:
            self._record(attempt, outcome)
        return outcome

    def _record(self, attempt: Attempt, outcome: Outcome) -> None:
        try:
            finish(self.ledger, attempt, outcome, self.stamp())
        except LedgerError as error:
            if outcome.receipt is None:
                raise
            raise Unrecorded(attempt.entry_id, outcome.receipt.url, error) from error

    def _ready(self, entry: Entry) -> Prepared | Outcome:
        if entry.goes is None:
            return Outcome(State.REFUSED, "entri ini tidak punya isi untuk dikirim")
        seen = self.live(entry)
        if isinstance(seen, NotLive):
            return not_live(seen.reason, entry, self.clock(), self.policy)
        return self._prepared(entry, entry.goes)

    def _prepared(self, entry: Entry, payload: Payload) -> Prepared | Outcome:
        if entry.deed is Deed.EDIT:
            return Prepared(payload)
        try:
            return self._whole(entry, self.client.prepare(payload))
        except Failure as failure:
            outcome = after(failure, entry, self.clock(), self.policy)
            if outcome.state is not State.IN_DOUBT:
                return outcome
            return waiting(outcome.reason, entry, self.clock(), self.policy)
        except Exception as bug:  # noqa: BLE001 -- a bug before the call is no more than a delay
            put_off = waiting(place(bug), entry, self.clock(), self.policy)
            return replace(put_off, channel_failed=True)

    def _whole(self, entry: Entry, prepared: Prepared) -> Prepared | Outcome:
        """Put off what would go without a picture that somebody approved: that nobody did."""
        lack = prepared.ids.get(LACK, "")
        if lack and prepared.payload.media and approvers(self.ledger, entry):
            return Outcome(State.QUEUED, lack, next_at=self.clock(), plain=True)
        return prepared

    def _call(self, entry: Entry, prepared: Prepared) -> Outcome:
        try:
            receipt = revising.publish(self, entry, prepared)
        except Failure as failure:
            return after(failure, entry, self.clock(), self.policy)
        except Exception as bug:  # noqa: BLE001 -- whatever a platform raises, it may be public
            return self._doubt_and_rest(place(bug))
        if not receipt.post_id:
            return self._doubt_and_rest("platform menjawab tanpa nomor unggahan")
        return Outcome(State.DELIVERED, receipt=receipt)

    def _doubt_and_rest(self, reason: str) -> Outcome:
        """Let the channel rest, too: the next post would only end up in doubt as well."""
        now = self.clock()
        rest = Rest(now + self.policy.rest, reason)
        return replace(doubt(reason, now, now, self.policy), rest=rest)


def place(bug: Exception) -> str:
    """Name a bug by its kind and place: its text could hold a token."""
    last = traceback.extract_tb(bug.__traceback__)[-1]
    name = last.filename.rpartition("/")[2]
    return f"galat program {type(bug).__name__} ({name}:{last.lineno})"
