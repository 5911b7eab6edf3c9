"""The relay as a process of its own, so that a test can kill it.

A fork server has the imports done already, so that a process takes milliseconds to start.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import httpx
import pytest

from syndication import clock
from syndication.deliver import web, workers
from syndication.deliver.live import Live, LiveCheck, NotLive
from syndication.deliver.relay import Relay, never
from syndication.deliver.retry import Policy
from syndication.deliver.steps import Step
from syndication.ledger.store import open_ledger
from syndication.model import Correcting, Entry
from tests.deliver.clients import KINDS

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.deliver.sender"])

web.trust()
HASTY = Policy(
    first_delay=timedelta(milliseconds=1),
    look_again=timedelta(milliseconds=1),
    longest_delay=timedelta(milliseconds=5),
    rest=timedelta(milliseconds=1),
    longest_rest=timedelta(milliseconds=5),
)
"""So impatient that a test need not wait; it gives up as late as the real one."""

PATIENT = Policy()

QUICK = workers.Pace(
    beat=timedelta(milliseconds=200),
    silence=timedelta(seconds=1),
    poll=timedelta(milliseconds=200),
    round="* * * * * *",
)
"""A worker that is killed is noticed within a second or two."""


@dataclass(frozen=True)
class Order:
    """What a process is to do. `platforms` has, by channel, a kind of client and an address.

    At `gate` it says so and waits until it is killed or told to go on. `time` stops its clock.
    `correcting` has, by channel, how posts are corrected. One that `works` is a worker, which goes
    on until it is stopped.
    """

    ledger: str
    platforms: Mapping[str, tuple[str, str]]
    gate: str = ""
    time: datetime | None = None
    policy: Policy = PATIENT
    seconds: float = 10.0
    works: bool = False
    correcting: Mapping[str, Correcting] = field(default_factory=dict)


@cache
def warm_up() -> None:
    """Start the fork server with the imports done; it takes its path from the environment only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()


def start(order: Order) -> tuple[ForkServerProcess, Connection]:
    """Start a relay; the connection tells that it stands at its gate."""
    warm_up()
    here, there = FORKED.Pipe()
    process = FORKED.Process(target=worker if order.works else relay, args=(order, there))
    process.daemon = True
    process.start()
    there.close()
    return process, here


def relay(order: Order, parent: Connection) -> None:
    """Run the real relay once, over real HTTP."""
    with web.client() as http:
        ready(order, parent, http)(never).run()


def worker(order: Order, parent: Connection) -> None:
    """Be a real worker, with its own relay for each time that it is woken."""
    ledger = open_ledger(order.ledger)
    with web.client() as http:
        made = ready(order, parent, http)

        def send(channel: str, stopping: Callable[[], bool]) -> None:
            made(stopping).run_on([channel])

        workers.work(ledger, send, clock.now, pace=QUICK)


def ready(
    order: Order, parent: Connection, http: httpx.Client
) -> Callable[[Callable[[], bool]], Relay]:
    """Set up all that a relay needs; what is returned makes one that asks whether to stop."""
    stopped = order.time
    now = clock.now if stopped is None else lambda: stopped

    def gate(name: str) -> None:
        if name == order.gate:
            parent.send(name)
            parent.recv()

    def report(step: Step) -> None:
        del step
        gate("recorded")

    clients = {
        channel: KINDS[kind](url, now, seconds=order.seconds, gate=gate)
        for channel, (kind, url) in order.platforms.items()
    }
    ledger = open_ledger(order.ledger)

    def make(stopping: Callable[[], bool]) -> Relay:
        check = LiveCheck(http)

        def look(entry: Entry) -> Live | NotLive:
            gate("looking")
            return check(entry)

        return Relay(
            ledger, clients, look, now, "relay", order.policy, correcting=order.correcting,
            report=report, stopping=stopping,
        )  # fmt: skip

    return make
