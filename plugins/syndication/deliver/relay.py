"""The relay: every channel in turn, whatever is due on it, one entry after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from syndication.deliver import revising
from syndication.deliver.following import NOT_SET_UP, edit_older, out_of_reach, take_back_all
from syndication.deliver.gate import Gate
from syndication.deliver.live import Look
from syndication.deliver.metering import Meter
from syndication.deliver.retry import Policy
from syndication.deliver.sending import Sender
from syndication.deliver.settling import settle_doubt
from syndication.deliver.steps import Step, Summary, Waiting, silent, tried
from syndication.ledger import agenda, pauses, queries
from syndication.ledger.events import Stamp
from syndication.ledger.locks import sole_sender
from syndication.ledger.progress import abandon, note
from syndication.ledger.store import Ledger
from syndication.model import Correcting, State
from syndication.office import Obstacle, Office
from syndication.platforms.protocol import Client, Clock

BUSY = "saluran ini sedang dikirim oleh proses lain"
TIRED = "saluran ini gagal beberapa kali berturut-turut; dicoba lagi pada pengiriman berikutnya"
STOPPED = "pengiriman dihentikan; dilanjutkan pada pengiriman berikutnya"


def never() -> bool:
    """Go on until all is done."""
    return False


Do = Callable[[Sender, str], Iterator[Step]]
"""What is done on one channel, while nobody else sends there."""


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
        return self._each(channels, self._all)

    def take_back(self) -> Summary:
        """Only take back what should be gone, on every channel; nothing new becomes public.

        Raises:
            LedgerError: the ledger cannot record.
        """
        return self.take_back_on(agenda.busy_channels(self.ledger, self.clock()))

    def take_back_on(self, channels: Iterable[str]) -> Summary:
        """Do as `take_back`, on these channels."""
        return self._each(channels, self._withdraw)

    def _each(self, channels: Iterable[str], do: Do) -> Summary:
        steps: list[Step] = []
        for channel in channels:
            for step in self._channel(channel, do):
                steps.append(step)
                self.report(step)
        return Summary(tuple(steps))

    def _channel(self, channel: str, do: Do) -> Iterator[Step]:
        with sole_sender(self.ledger, channel) as sole:
            if not sole:
                yield from self._wait(channel, self._due(channel), BUSY)
                return
            orphans = agenda.sending(self.ledger, channel)
            abandon(self.ledger, orphans, Stamp(self.clock(), self.actor))
            client = self.clients.get(channel)
            if client is None:
                yield from self._wait(channel, self._due(channel), NOT_SET_UP)
                yield from out_of_reach(self.ledger, channel, Stamp(self.clock(), self.actor))
                return
            sender = Sender(
                self.ledger, client, self.live, self.clock, self.policy, self.actor,
                self.correcting.get(channel, Correcting.EDIT),
            )  # fmt: skip
            yield from do(sender, channel)
            self._pay(sender, channel)

    def _all(self, sender: Sender, channel: str) -> Iterator[Step]:
        yield from self._withdraw(sender, channel)
        yield from self._settle(sender, channel)
        yield from self._send(sender, channel)
        yield from edit_older(sender, channel, lambda: self._obstacle(channel, pauses.EVERYTHING))
        yield from self._withdraw(sender, channel)

    def _withdraw(self, sender: Sender, channel: str) -> Iterator[Step]:
        return take_back_all(sender, channel, self.stopping)

    def _settle(self, sender: Sender, channel: str) -> Iterator[Step]:
        for number in agenda.doubtful(self.ledger, channel, self.clock()):
            if self._obstacle(channel, pauses.EVERYTHING):
                return
            entry = queries.entry(self.ledger, number)
            outcome = settle_doubt(sender, entry) if entry.state is State.IN_DOUBT else None
            self._pay(sender, channel)
            if outcome is not None:
                yield tried(entry, outcome)

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
            yield tried(entry, outcome)
        for reason, numbers in alone.items():
            yield from self._wait(channel, numbers, reason)

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
