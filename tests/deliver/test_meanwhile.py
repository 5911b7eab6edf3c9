"""What happens while a post is under way: holds, changes, interrupts, bugs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from syndication.ledger import pauses
from syndication.ledger.errors import Unrecorded
from syndication.ledger.events import Stamp
from syndication.ledger.queries import entries, story
from syndication.ledger.store import open_ledger
from syndication.model import Payload, Prepared, Receipt, State
from syndication.platforms.protocol import Deferred
from tests.deliver.clients import Broken, Plain
from tests.deliver.scene import NOON, Scene


class Interrupting(Plain):
    """A client in whose preparation, or call, something else happens."""

    meanwhile: Callable[[], object]
    when = "prepare"

    def prepare(self, payload: Payload) -> Prepared:
        if self.when == "prepare":
            self.meanwhile()
        return super().prepare(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        receipt = super().deliver(prepared, key=key)
        if self.when == "deliver":
            self.meanwhile()
        return receipt


def interrupting(scene: Scene, when: str, meanwhile: Callable[[], object]) -> Interrupting:
    client = Interrupting(scene.platform.url, scene.watch)
    client.when = when
    client.meanwhile = meanwhile
    return client


def test_a_hold_that_comes_while_a_post_is_prepared_still_stops_it(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    hold = lambda: pauses.hold(scene.ledger, why="tahan", stamp=Stamp(NOON, "humas"))  # noqa: E731
    scene.run({"kanal": interrupting(scene, "prepare", hold)})
    assert (scene.only().state, scene.in_public()) == (State.QUEUED, {})


def test_a_text_that_changes_while_the_old_one_is_prepared_is_what_goes(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    change = lambda: scene.queue(scene.candidate("a", text="Yang baru"))  # noqa: E731
    scene.run({"kanal": interrupting(scene, "prepare", change)})
    assert (scene.only().state, scene.in_public()) == (State.QUEUED, {})
    scene.run()
    assert [post.text for post in scene.platform.board.posts] == ["Yang baru"]


def test_what_was_cancelled_while_others_were_sent_stays_cancelled(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    withdraw = lambda: scene.queue(  # noqa: E731
        scene.candidate("a"), replace(scene.candidate("b"), withdrawn=True)
    )
    scene.run({"kanal": interrupting(scene, "deliver", withdraw)})
    states = [entry.state for entry in entries(scene.ledger)]
    assert (states, scene.in_public()) == ([State.DELIVERED, State.CANCELLED], {"a": 1})


def test_a_receipt_that_cannot_be_recorded_is_told(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    blocker = sqlite3.connect(str(scene.ledger.file), isolation_level=None)
    block = lambda: blocker.execute("BEGIN IMMEDIATE")  # noqa: E731
    hasty = open_ledger(f"sqlite:///{scene.ledger.file}", patience=timedelta(milliseconds=20))
    relay = replace(scene.relay({"kanal": interrupting(scene, "deliver", block)}), ledger=hasty)
    with pytest.raises(Unrecorded, match=f"tayang di {scene.platform.url}/posts/1"):
        relay.run()
    blocker.close()
    hasty.close()
    scene.run()
    assert (scene.only().state, scene.in_public()) == (State.IN_DOUBT, {"a": 1})


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("when", "state", "public"),
    [
        pytest.param("prepare", State.QUEUED, {}, id="before the call"),
        pytest.param("deliver", State.IN_DOUBT, {"a": 1}, id="in the call"),
    ],
)
def test_ctrl_c_leaves_what_is_true(scene: Scene, when: str, state: State, public: object) -> None:
    scene.queue(scene.candidate("a"))
    with pytest.raises(KeyboardInterrupt):
        scene.run({"kanal": interrupting(scene, when, interrupt)})
    assert (scene.only().state, scene.in_public()) == (state, public)


@pytest.mark.parametrize(
    ("where", "state"),
    [
        pytest.param("prepare", State.QUEUED, id="while preparing"),
        pytest.param("deliver", State.IN_DOUBT, id="while sending"),
    ],
)
def test_a_bug_in_a_client_never_sends_again_and_never_tells_its_text(
    scene: Scene, where: str, state: State
) -> None:
    scene.queue(scene.candidate("a"))
    client = Broken()
    client.where = where
    scene.run({"kanal": client})
    entry = scene.only()
    assert entry.state is state
    assert entry.reason.startswith("galat program RuntimeError (clients.py:")
    told = str([event.data for event in story(scene.ledger, entry.id)])
    assert "RAHASIA" not in told + entry.reason


def test_a_bug_in_a_client_stops_its_channel(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abc"))
    scene.run({"kanal": Broken()})
    states = [entry.state for entry in entries(scene.ledger)]
    assert states == [State.IN_DOUBT, State.QUEUED, State.QUEUED]


class Nameless(Plain):
    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        return replace(super().deliver(prepared, key=key), post_id="")


def test_a_receipt_without_an_id_is_no_receipt(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.run({"kanal": scene.client(Nameless)})
    assert scene.only().state is State.IN_DOUBT


def test_a_failed_preparation_is_put_off(scene: Scene) -> None:
    class Unready(Plain):
        def prepare(self, payload: Payload) -> Prepared:  # noqa: ARG002 -- never gets far
            raise Deferred("unggahan gambar gagal")

    scene.queue(scene.candidate("a"))
    scene.run({"kanal": scene.client(Unready)})
    entry = scene.only()
    assert (entry.state, entry.reason, entry.attempts) == (
        State.QUEUED,
        "unggahan gambar gagal",
        0,
    )
