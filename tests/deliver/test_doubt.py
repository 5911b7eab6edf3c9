"""What each failure leaves behind, and how a doubt ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from syndication.model import State
from tests.deliver.clients import Keyed, Seeking
from tests.deliver.platform import Fault, once
from tests.deliver.scene import NOON, Scene


@pytest.mark.parametrize(
    ("fault", "state", "public"),
    [
        pytest.param(Fault.DROP_BEFORE, State.IN_DOUBT, 0, id="hung up before"),
        pytest.param(Fault.DROP_AFTER, State.IN_DOUBT, 1, id="hung up after"),
        pytest.param(Fault.ERROR_AFTER, State.IN_DOUBT, 1, id="500 after"),
        pytest.param(Fault.HALF, State.IN_DOUBT, 1, id="half an answer"),
        pytest.param(Fault.NO_ID, State.IN_DOUBT, 1, id="no id"),
        pytest.param(Fault.LIMIT, State.QUEUED, 0, id="rate limit"),
        pytest.param(Fault.BAR, State.QUEUED, 0, id="token"),
        pytest.param(Fault.REFUSE, State.REFUSED, 0, id="invalid"),
    ],
)
def test_a_failure_leaves_the_state_that_it_proves(
    scene: Scene, fault: Fault, state: State, public: object
) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.fault = once(fault)
    scene.run()
    assert scene.only().state is state
    assert sum(scene.in_public().values()) == public


def test_an_entry_in_doubt_is_never_sent_again_without_a_safe_key(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.fault = once(Fault.DROP_AFTER)
    for _ in range(5):
        scene.run()
        scene.watch.forward(days=1)
    assert scene.only().state is State.IN_DOUBT
    assert scene.platform.board.calls["POST /posts"] == 1


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_AFTER])
def test_a_safe_key_ends_the_doubt(scene: Scene, fault: Fault) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.keyed = True
    scene.platform.rules.fault = once(fault)
    clients = {"kanal": scene.client(Keyed)}
    scene.run(clients)
    assert scene.only().state is State.IN_DOUBT
    scene.watch.forward(minutes=1)
    scene.run(clients)
    assert scene.only().state is State.DELIVERED
    assert scene.in_public() == {"a": 1}


@pytest.mark.parametrize("fault", [Fault.LIMIT, Fault.REFUSE, Fault.BAR])
def test_a_repeat_that_fails_for_sure_says_nothing_of_the_first_call(
    scene: Scene, fault: Fault
) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.keyed = True
    scene.platform.rules.fault = once(Fault.DROP_AFTER, fault)
    clients = {"kanal": scene.client(Keyed)}
    scene.run(clients)
    scene.watch.forward(minutes=1)
    scene.run(clients)
    assert scene.only().state is State.IN_DOUBT


def test_a_repeat_waits_for_the_very_page_that_the_post_speaks_of(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.keyed = True
    scene.platform.rules.fault = once(Fault.DROP_BEFORE)
    clients = {"kanal": scene.client(Keyed)}
    scene.run(clients)
    scene.site.put("/a.html", digest="b" * 64)
    scene.watch.forward(minutes=1)
    scene.run(clients)
    assert (scene.only().state, scene.in_public()) == (State.IN_DOUBT, {})


def test_a_post_that_is_found_is_delivered(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.fault = once(Fault.DROP_AFTER)
    clients = {"kanal": scene.client(Seeking)}
    scene.run(clients)
    scene.watch.forward(minutes=1)
    (result,) = scene.run(clients).results
    assert (result.state, result.url) == (State.DELIVERED, f"{scene.platform.url}/posts/1")
    assert scene.only().receipt is not None


def test_a_post_that_is_not_found_stays_in_doubt_and_the_search_ends(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.fault = once(Fault.DROP_BEFORE)
    clients = {"kanal": scene.client(Seeking)}
    while scene.watch.time - NOON < timedelta(days=3):
        scene.run(clients)
        scene.watch.forward(minutes=1)
        scene.until_next()
        if scene.watch.time - NOON > timedelta(days=1):
            scene.watch.forward(hours=12)
    assert scene.only().state is State.IN_DOUBT
    assert scene.platform.board.calls["GET /posts"] == 11
    assert scene.platform.board.calls["POST /posts"] == 1
