"""What SIGKILL leaves behind while a post is corrected or taken back, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from syndication.ledger import queries
from syndication.ledger.decide import Candidate
from syndication.ledger.outbox import enqueue
from syndication.ledger.revisions import old_copies, repost
from syndication.model import Correcting, State
from tests.deliver.clients import KINDS
from tests.deliver.scene import GUARD, NOON, START, Scene
from tests.deliver.sender import Order, start

RALAT = "Ralat: harganya keliru."
WAYS = {"key": Correcting.EDIT, "find": Correcting.REPLACE, "neither": Correcting.LINK}


def order(scene: Scene, kind: str, gate: str = "") -> Order:
    return Order(
        ledger=f"sqlite:///{scene.ledger.file}",
        platforms={"kanal": (kind, scene.platform.url)},
        gate=gate,
        time=NOON,
        correcting={"kanal": WAYS[kind]},
    )


def run(scene: Scene, kind: str) -> None:
    relay = scene.relay({"kanal": scene.client(KINDS[kind])})
    replace(relay, correcting={"kanal": WAYS[kind]}).run()


def build(scene: Scene, candidate: Candidate) -> None:
    page = (candidate.article_id, "id")
    withdrawn = {page} if candidate.withdrawn else set()
    enqueue(
        scene.ledger, [candidate], pages={page: candidate.url}, guard=GUARD, stamp=START,
        withdrawn=withdrawn,
    )  # fmt: skip


def posted(scene: Scene, kind: str, times: int = 1) -> None:
    """Have an article in public, once or more often."""
    scene.platform.rules.keyed = kind == "key"
    scene.queue(scene.candidate("a"))
    run(scene, kind)
    for _ in range(times - 1):
        repost(scene.ledger, 1, why="besok", stamp=START)
        build(scene, scene.candidate("a", text="Pengingat"))
        run(scene, kind)


def corrected(scene: Scene) -> None:
    build(scene, replace(scene.candidate("a", text=RALAT), correction=RALAT))


def withdrawn(scene: Scene) -> None:
    build(scene, replace(scene.candidate("a"), withdrawn=True))


def kill_at(scene: Scene, kind: str, gate: str, passed: int = 0) -> None:
    """Kill a relay where it stands at a gate, after it passed it so many times."""
    process, line = start(order(scene, kind, gate))
    with line:
        for _ in range(passed):
            assert line.recv() == gate
            line.send("go on")
        assert line.recv() == gate
        process.kill()
        process.join()


def end(scene: Scene, kind: str) -> list[str]:
    """Run again, now and later; return what readers see, and hold the ledger to it."""
    for _ in range(3):
        run(scene, kind)
        scene.watch.forward(hours=1)
    shown = sorted(post.text for post in scene.platform.board.posts)
    known = {post.post_id for post in queries.receipts(scene.ledger)}
    assert known == {post.id for post in scene.platform.board.posts}
    assert queries.verify_chain(scene.ledger) is None
    return shown


@pytest.mark.parametrize("gate", ["looking", "calling", "answered", "recorded"])
def test_an_edit_that_was_cut_off_is_in_public_once(scene: Scene, gate: str) -> None:
    posted(scene, "key")
    corrected(scene)
    kill_at(scene, "key", gate)
    assert end(scene, "key") == [RALAT]
    assert len(scene.platform.board.taken) == 1
    assert old_copies(scene.ledger) == []


@pytest.mark.parametrize("gate", ["calling", "answered", "recorded"])
def test_the_edit_of_an_older_copy_that_was_cut_off_is_made(scene: Scene, gate: str) -> None:
    posted(scene, "key", times=2)
    corrected(scene)
    kill_at(scene, "key", gate, passed=1)
    assert end(scene, "key") == [RALAT, RALAT]
    assert len(scene.platform.board.taken) == 2
    assert old_copies(scene.ledger) == []


@pytest.mark.parametrize("kind", ["key", "find"])
@pytest.mark.parametrize("gate", ["calling", "answered", "recorded"])
def test_a_deletion_that_was_cut_off_is_made(scene: Scene, kind: str, gate: str) -> None:
    posted(scene, kind)
    withdrawn(scene)
    kill_at(scene, kind, gate)
    assert end(scene, kind) == []
    assert [each.state for each in queries.entries(scene.ledger)] == [State.WITHDRAWN]


@pytest.mark.parametrize(
    ("gate", "passed", "shown"),
    [
        pytest.param("looking", 0, [RALAT], id="before the new post"),
        pytest.param("prepared", 0, [RALAT], id="prepared"),
        pytest.param("calling", 0, ["Tentang a"], id="a search proves nothing: the old one stays"),
        pytest.param("answered", 0, [RALAT], id="the new post is found"),
        pytest.param("calling", 1, [RALAT], id="before the old post is deleted"),
        pytest.param("answered", 1, [RALAT], id="after the old post is deleted"),
        pytest.param("recorded", 1, [RALAT], id="all is done"),
    ],
)
def test_a_replacement_that_was_cut_off_shows_one_text(
    scene: Scene, gate: str, passed: int, shown: list[str]
) -> None:
    posted(scene, "find")
    corrected(scene)
    kill_at(scene, "find", gate, passed)
    assert end(scene, "find") == shown


def test_a_notice_that_comes_while_a_killed_edit_is_in_doubt_ends_it(scene: Scene) -> None:
    posted(scene, "key")
    corrected(scene)
    kill_at(scene, "key", "answered")
    withdrawn(scene)
    assert end(scene, "key") == []
    states = {each.state for each in queries.entries(scene.ledger)}
    assert states == {State.WITHDRAWN, State.CANCELLED}


@pytest.mark.parametrize("change", [corrected, withdrawn])
def test_a_clock_that_goes_back_after_a_kill_loses_nothing(
    scene: Scene, change: Callable[[Scene], None]
) -> None:
    posted(scene, "key")
    change(scene)
    kill_at(scene, "key", "calling")
    scene.watch.forward(seconds=-30)
    run(scene, "key")
    scene.watch.forward(seconds=30)
    assert end(scene, "key") == ([RALAT] if change is corrected else [])


@pytest.mark.parametrize("change", [corrected, withdrawn])
def test_two_relays_at_once_do_it_once(scene: Scene, change: Callable[[Scene], None]) -> None:
    posted(scene, "key")
    change(scene)
    calls = scene.platform.board.calls
    first, line = start(order(scene, "key", "calling"))
    with line:
        assert line.recv() == "calling"
        before = calls.total()
        second, other = start(order(scene, "key"))
        second.join()
        other.close()
        assert calls.total() == before
        line.send("go on")
        first.join()
    assert end(scene, "key") == ([RALAT] if change is corrected else [])
    assert calls["PUT /posts/1"] + calls["DELETE /posts/1"] == 1
