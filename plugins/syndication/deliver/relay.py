"""The relay: every channel in turn, whatever is due on it, one entry after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from syndication.deliver import revising
from syndication.deliver.amending import amend
from syndication.deliver.gate import Gate
from syndication.deliver.live import Look
from syndication.deliver.metering import Meter
from syndication.deliver.retry import Policy
from syndication.deliver.sending import Sender
from syndication.deliver.settling import settle_doubt
from syndication.deliver.withdrawing import UNNAMED, give_up, leaves, remedied, take_back
from syndication.ledger import agenda, amendments, pauses, queries, withdrawals
from syndication.ledger.decide import Action
from syndication.ledger.events import Stamp
from syndication.ledger.locks import sole_sender
from syndication.ledger.progress import Outcome, abandon, note
from syndication.ledger.store import Ledger
from syndication.model import Correcting, Entry, State
from syndication.office import Obstacle, Office
from syndication.platforms.protocol import Client, Clock

NOT_SET_UP = "saluran belum disiapkan (rahasia atau setelannya belum ada)"
BUSY = "saluran ini sedang dikirim oleh proses lain"
TIRED = "saluran ini gagal beberapa kali berturut-turut; dicoba lagi pada pengiriman berikutnya"
AMENDED = "disunting seperti unggahan terbaru"
STOPPED = "pengiriman dihentikan; dilanjutkan pada pengiriman berikutnya"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one entry in this run. `url` is the post's, once it is public."""

    entry_id: int
    article_id: str
    title: str
    channel: str
    state: State
    reason: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many entries of a channel still wait, or should be gone and still stand, and why."""

    channel: str
    entries: int
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A post that should be gone and is in public until a person acts; `reason` has the remedy."""

    entry_id: int
    article_id: str
    title: str
    channel: str
    reason: str
    url: str = ""


Step = Result | Waiting | Standing


@dataclass(frozen=True, slots=True)
class Summary:
    """All that a run did, in order."""

    steps: tuple[Step, ...]

    @property
    def results(self) -> tuple[Result, ...]:
        """What was tried."""
        return tuple(step for step in self.steps if isinstance(step, Result))

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The channels on which nothing was tried."""
        return tuple(step for step in self.steps if isinstance(step, Waiting))

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What should be gone, and this run could not take back."""
        return tuple(step for step in self.steps if isinstance(step, Standing))

    def count(self, state: State) -> int:
        """Count the entries that were brought to a state."""
        return sum(result.state is state for result in self.results)


def silent(step: Step) -> None:
    """Report to nobody."""
    del step


def never() -> bool:
    """Go on until all is done."""
    return False


@dataclass(frozen=True, slots=True)
class Relay:
    """Sends what is due. `clients` has the channels that are set up; `actor` answers for it.

    `correcting` says how each channel corrects a post in public (without a word: by editing).
    `report` hears of each step as it is done; `stopping` is asked before each entry.
    """

    ledger: Ledger
    clients: Mapping[str, Client]
    live: Look
    clock: Clock
    actor: str
    policy: Policy = field(default_factory=Policy)
    office: Office = field(default_factory=Office)
    correcting: Mapping[str, Correcting] = field(default_factory=dict)
    report: Callable[[Step], None] = silent
    stopping: Callable[[], bool] = never

    def run(self) -> Summary:
        """Go through every channel once. Never raises for one channel's trouble.

        Raises:
            LedgerError: the ledger cannot record; then nothing more is sent.
        """
        return self.run_on(agenda.busy_channels(self.ledger, self.clock()))

    def run_on(self, channels: Iterable[str]) -> Summary:
        """Go through these channels once, as `run` does."""
        steps: list[Step] = []
        for channel in channels:
            for step in self._channel(channel):
                steps.append(step)
                self.report(step)
        return Summary(tuple(steps))

    def _channel(self, channel: str) -> Iterator[Step]:
        with sole_sender(self.ledger, channel) as sole:
            if not sole:
                yield from self._wait(channel, self._due(channel), BUSY)
                return
            orphans = agenda.sending(self.ledger, channel)
            abandon(self.ledger, orphans, Stamp(self.clock(), self.actor))
            client = self.clients.get(channel)
            if client is None:
                yield from self._out_of_reach(channel)
                return
            sender = Sender(
                self.ledger, client, self.live, self.clock, self.policy, self.actor,
                self.correcting.get(channel, Correcting.EDIT),
            )  # fmt: skip
            yield from self._withdraw(sender, channel)
            yield from self._settle(sender, channel)
            yield from self._send(sender, channel)
            yield from self._amend(sender, channel)
            yield from self._withdraw(sender, channel)
            self._pay(sender, channel)

    def _settle(self, sender: Sender, channel: str) -> Iterator[Step]:
        for number in agenda.doubtful(self.ledger, channel, self.clock()):
            if self._obstacle(channel, pauses.EVERYTHING):
                return
            entry = queries.entry(self.ledger, number)
            outcome = settle_doubt(sender, entry) if entry.state is State.IN_DOUBT else None
            self._pay(sender, channel)
            if outcome is not None:
                yield _result(entry, outcome)

    def _send(self, sender: Sender, channel: str) -> Iterator[Step]:
        """Send one entry after the other; what waits alone lets those behind it pass.

        A correction that cannot be an edit after all asks again as the post that it has become.
        """
        due = deque(self._due(channel))
        gate = Gate(self.ledger, self.office)
        alone: dict[str, list[int]] = {}
        failures = 0
        while due:
            tired = failures == self.policy.strikes
            obstacle = TIRED if tired else self._obstacle(channel)
            entry = revising.chosen(sender, queries.entry(self.ledger, due[0]))
            kept = Obstacle(obstacle) if obstacle else gate.obstacle(entry, self.clock())
            if kept and not kept.alone:
                yield from self._wait(channel, list(due), kept.reason)
                break
            number = due.popleft()
            if entry.state is not State.QUEUED:
                continue
            if kept:
                alone.setdefault(kept.reason, []).append(number)
                continue
            outcome = sender.send(entry)
            if outcome.deed is not None:
                due.appendleft(number)
                continue
            failures = failures + 1 if outcome.channel_failed else 0
            yield _result(entry, outcome)
        for reason, numbers in alone.items():
            yield from self._wait(channel, numbers, reason)

    def _amend(self, sender: Sender, channel: str) -> Iterator[Step]:
        """Edit older posts as the newest one was."""
        failures = 0
        for number in amendments.due(self.ledger, channel, self.clock()):
            if failures == self.policy.strikes or self._obstacle(channel, pauses.EVERYTHING):
                return
            entry = queries.entry(self.ledger, number)
            ending = amend(sender, entry)
            failures = failures + 1 if ending.next_at else 0
            if ending.action is Action.AMENDED:
                yield _result(entry, Outcome(State.DELIVERED, AMENDED, receipt=entry.receipt))
            else:
                yield Waiting(channel, 1, f"{entry.title}: {ending.reason}")

    def _withdraw(self, sender: Sender, channel: str) -> Iterator[Step]:
        """Take back what should be gone. A hold and a channel's rest stop posts, not this."""
        failures = 0
        for number in withdrawals.due(self.ledger, channel, self.clock()):
            if failures == self.policy.strikes or self.stopping():
                return
            entry = queries.entry(self.ledger, number)
            if not leaves(entry):
                continue
            ending = take_back(sender, entry)
            failures = failures + 1 if ending.next_at else 0
            if ending.action is Action.TAKEN_BACK:
                yield _result(entry, Outcome(State.WITHDRAWN, receipt=entry.receipt))
            elif ending.action is Action.STANDS:
                yield _standing(entry, ending.reason)
            else:
                yield Waiting(channel, 1, f"{entry.title}: {ending.reason}")

    def _out_of_reach(self, channel: str) -> Iterator[Step]:
        """Say what waits for a channel without a client, and what a person must take back there."""
        yield from self._wait(channel, self._due(channel), NOT_SET_UP)
        for number in withdrawals.due(self.ledger, channel, self.clock()):
            entry = queries.entry(self.ledger, number)
            if leaves(entry):
                yield _standing(entry, self._kept(entry))

    def _kept(self, entry: Entry) -> str:
        """Say why a post stands on a channel without a client; that may be set up yet."""
        if entry.receipt and entry.receipt.post_id:
            return remedied(NOT_SET_UP, entry)
        return give_up(self.ledger, entry, UNNAMED, Stamp(self.clock(), self.actor)).reason

    def _pay(self, sender: Sender, channel: str) -> None:
        """Record what was read of the channel, before its posts are asked whether they may go."""
        Meter(self.ledger, self.office, self.clock).take(channel, sender.client)

    def _due(self, channel: str) -> list[int]:
        return agenda.due(self.ledger, channel, self.clock())

    def _wait(self, channel: str, numbers: list[int], reason: str) -> Iterator[Step]:
        if numbers:
            note(self.ledger, numbers, reason)
            yield Waiting(channel, len(numbers), reason)

    def _obstacle(self, *resting: str) -> str:
        """Say why nothing may be sent while one of these rests; empty if something may."""
        if self.stopping():
            return STOPPED
        standing = pauses.standing(self.ledger, self.clock())
        return next((standing[name].reason for name in resting if name in standing), "")


def _standing(entry: Entry, reason: str) -> Standing:
    url = entry.receipt.url if entry.receipt else ""
    return Standing(entry.id, entry.article_id, entry.title, entry.channel, reason, url)


def _result(entry: Entry, outcome: Outcome) -> Result:
    return Result(
        entry_id=entry.id,
        article_id=entry.article_id,
        title=entry.title,
        channel=entry.channel,
        state=outcome.state,
        reason=outcome.reason,
        url=outcome.receipt.url if outcome.receipt else "",
    )
