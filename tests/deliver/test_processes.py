"""What one process was told holds for every other one: limits, rests, locks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from syndication.ledger.locks import sole_sender
from syndication.ledger.queries import entries
from syndication.model import State
from tests.deliver.platform import Fault, once
from tests.deliver.scene import NOON, Scene
from tests.deliver.sender import Order, start

CALLS = "POST /posts"


def relay(scene: Scene, **later: float) -> None:
    """Let a process of its own send what is due, at a time after noon."""
    order = Order(
        ledger=f"sqlite:///{scene.ledger.file}",
        platforms={"kanal": ("neither", scene.platform.url)},
        time=NOON + timedelta(**later),
    )
    process, line = start(order)
    with line:
        process.join()
    assert process.exitcode == 0


@pytest.mark.parametrize(
    ("fault", "reason", "seconds"),
    [
        pytest.param(Fault.LIMIT, "429", 900, id="a limit of the account or of the app"),
        pytest.param(Fault.BAR, "401", 3600, id="a token that no longer counts"),
    ],
)
def test_what_one_process_was_told_the_next_ones_keep_to(
    scene: Scene, fault: Fault, reason: str, seconds: int
) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    scene.platform.rules.fault = once(fault)
    scene.platform.rules.retry_after = 900
    relay(scene)
    relay(scene)
    relay(scene, seconds=seconds - 1)
    assert scene.platform.board.calls[CALLS] == 1
    assert {entry.reason for entry in entries(scene.ledger)} == {reason}
    relay(scene, seconds=seconds)
    assert scene.in_public() == {"a": 1, "b": 1}


def test_a_process_that_holds_an_account_keeps_others_off_until_it_is_killed(
    scene: Scene,
) -> None:
    scene.queue(scene.candidate("a"))
    order = Order(
        ledger=f"sqlite:///{scene.ledger.file}",
        platforms={"kanal": ("neither", scene.platform.url)},
        gate="prepared",
        time=NOON,
    )
    holder, line = start(order)
    with line:
        assert line.recv() == "prepared"
        relay(scene)
        assert scene.platform.board.calls[CALLS] == 0
        with sole_sender(scene.ledger, "kanal") as mine:
            assert not mine
        holder.kill()
        holder.join()
    with sole_sender(scene.ledger, "kanal") as mine:
        assert mine
    relay(scene, seconds=1)
    assert scene.in_public() == {"a": 1}
    assert scene.only().state is State.DELIVERED
