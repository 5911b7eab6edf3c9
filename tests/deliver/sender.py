"""The relay as a process of its own, so that a test can kill it.

A fork server has the imports done already, so that a process takes milliseconds to start.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import pytest

from syndication import clock
from syndication.deliver import web
from syndication.deliver.live import Live, LiveCheck, NotLive
from syndication.deliver.relay import Relay, Step
from syndication.deliver.retry import Policy
from syndication.ledger.store import open_ledger
from syndication.model import Entry
from tests.deliver.clients import KINDS

FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(["tests.deliver.sender"])

web.trust()
HASTY = Policy(
    first_delay=timedelta(milliseconds=1),
    longest_delay=timedelta(milliseconds=5),
    rest=timedelta(milliseconds=1),
    longest_rest=timedelta(milliseconds=5),
)
"""So impatient that a test need not wait; it gives up as late as the real one."""


PATIENT = Policy()


@dataclass(frozen=True)
class Order:
    """What a process is to do. `platforms` has, by channel, a kind of client and an address.

    At `gate` it says so and waits until it is killed or told to go on. `time` stops its clock.
    """

    ledger: str
    platforms: Mapping[str, tuple[str, str]]
    gate: str = ""
    time: datetime | None = None
    policy: Policy = PATIENT
    seconds: float = 10.0


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
    process = FORKED.Process(target=relay, args=(order, there), daemon=True)
    process.start()
    there.close()
    return process, here


def relay(order: Order, parent: Connection) -> None:
    """Run the real relay once, over real HTTP."""
    stopped = order.time
    now = clock.now if stopped is None else lambda: stopped

    def gate(name: str) -> None:
        if name == order.gate:
            parent.send(name)
            parent.recv()

    def look(entry: Entry) -> Live | NotLive:
        gate("looking")
        return check(entry)

    def report(step: Step) -> None:
        del step
        gate("recorded")

    with web.client() as http:
        check = LiveCheck(http)
        clients = {
            channel: KINDS[kind](url, now, seconds=order.seconds, gate=gate)
            for channel, (kind, url) in order.platforms.items()
        }
        ledger = open_ledger(order.ledger)
        Relay(ledger, clients, look, now, "relay", order.policy, report).run()
