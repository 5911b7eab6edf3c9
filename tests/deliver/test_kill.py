"""What SIGKILL leaves behind at each step, and what the next run makes of it."""

from __future__ import annotations

import pytest

from syndication.model import State
from tests.deliver.clients import KINDS
from tests.deliver.platform import Fault
from tests.deliver.scene import NOON, Scene
from tests.deliver.sender import Order, start

DELIVERED = (State.DELIVERED, 1)


def order(scene: Scene, kind: str, gate: str = "") -> Order:
    return Order(
        ledger=f"sqlite:///{scene.ledger.file}",
        platforms={"kanal": (kind, scene.platform.url)},
        gate=gate,
        time=NOON,
    )


def kill_at(scene: Scene, kind: str, gate: str) -> None:
    """Run a relay as a process, and kill it where it stands at a gate."""
    process, line = start(order(scene, kind, gate))
    with line:
        assert line.recv() == gate
        process.kill()
        process.join()


def kill_while_unanswered(scene: Scene, kind: str) -> None:
    """Kill a relay whose post was taken and not answered."""
    scene.platform.rules.fault = lambda: Fault.HANG_AFTER
    process, line = start(order(scene, kind))
    with line:
        assert scene.platform.came.wait(timeout=30)
        process.kill()
        process.join()
    scene.platform.gone.set()
    scene.platform.rules.fault = lambda: Fault.NONE


def end_of(scene: Scene, kind: str) -> tuple[State, int]:
    """Run again, now and later; return where the entry stands and how often readers see it."""
    clients = {"kanal": scene.client(KINDS[kind])}
    for _ in range(3):
        scene.run(clients)
        scene.watch.forward(hours=1)
    return scene.only().state, sum(scene.in_public().values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gate", ["looking", "prepared", "recorded"])
def test_killed_where_nothing_is_open_it_is_sent_exactly_once(
    scene: Scene, kind: str, gate: str
) -> None:
    scene.platform.rules.keyed = kind == "key"
    scene.queue(scene.candidate("a"))
    kill_at(scene, kind, gate)
    assert end_of(scene, kind) == DELIVERED


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        pytest.param("key", DELIVERED, id="a safe key sends it"),
        pytest.param("find", (State.IN_DOUBT, 0), id="a search proves nothing"),
        pytest.param("neither", (State.IN_DOUBT, 0), id="nobody knows"),
    ],
)
def test_killed_between_record_and_call(scene: Scene, kind: str, end: tuple[State, int]) -> None:
    scene.platform.rules.keyed = kind == "key"
    scene.queue(scene.candidate("a"))
    kill_at(scene, kind, "calling")
    assert scene.only().state is State.SENDING
    assert end_of(scene, kind) == end


TAKEN = [
    pytest.param("key", DELIVERED, id="a safe key hears of the first one"),
    pytest.param("find", DELIVERED, id="a search finds it"),
    pytest.param("neither", (State.IN_DOUBT, 1), id="nobody knows"),
]


@pytest.mark.parametrize(("kind", "end"), TAKEN)
def test_killed_between_answer_and_record(scene: Scene, kind: str, end: tuple[State, int]) -> None:
    scene.platform.rules.keyed = kind == "key"
    scene.queue(scene.candidate("a"))
    kill_at(scene, kind, "answered")
    assert end_of(scene, kind) == end


@pytest.mark.parametrize(("kind", "end"), TAKEN)
def test_killed_while_the_platform_has_not_answered(
    scene: Scene, kind: str, end: tuple[State, int]
) -> None:
    scene.platform.rules.keyed = kind == "key"
    scene.queue(scene.candidate("a"))
    kill_while_unanswered(scene, kind)
    assert end_of(scene, kind) == end


def test_an_orphan_is_in_doubt_even_where_the_channel_is_no_longer_set_up(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    kill_at(scene, "neither", "answered")
    scene.run({})
    entry = scene.only()
    assert entry.state is State.IN_DOUBT
    assert entry.reason == "pengiriman terputus sebelum jawaban tercatat; mungkin sudah terbit"


@pytest.mark.parametrize("gate", ["prepared", "calling", "answered"])
def test_two_relays_at_once_send_once(scene: Scene, gate: str) -> None:
    scene.queue(scene.candidate("a"))
    first, line = start(order(scene, "neither", gate))
    with line:
        assert line.recv() == gate
        second, other = start(order(scene, "neither"))
        second.join()
        other.close()
        assert second.exitcode == 0
        line.send("go on")
        first.join()
    assert first.exitcode == 0
    assert (scene.only().state, scene.in_public()) == (State.DELIVERED, {"a": 1})


def test_a_killed_relay_frees_its_lock(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    kill_at(scene, "neither", "recorded")
    scene.run()
    assert scene.in_public() == {"a": 1, "b": 1}
