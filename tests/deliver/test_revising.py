"""A correction's way to the public, and a post's way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from syndication.deliver.revising import way
from syndication.ledger import queries
from syndication.ledger.outbox import enqueue
from syndication.ledger.revisions import old_copies, removed, repost
from syndication.model import Correcting, Deed, Payload, Prepared, Receipt, State
from syndication.platforms.protocol import Deferred, Failure, InDoubt, Refused
from tests.deliver.scene import GUARD, NOON, START, Scene

RALAT = "24 November 2026: harganya keliru."
EARLIER = Receipt("1", "http://platform/1", NOON)


@dataclass
class Board:
    """A platform in memory that keeps what is public; `failures` come first, one a call."""

    posts: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    calls: int = 0

    def prepare(self, payload: Payload) -> Prepared:
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        del key
        return self._put(str(len(self.posts) + 1), prepared.payload)

    def _put(self, post_id: str, payload: Payload) -> Receipt:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        self.posts[post_id] = payload.text
        return Receipt(post_id, f"http://platform/{post_id}", NOON)


class Editable(Board):
    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        return self._put(receipt.post_id, payload)


class Deletable(Board):
    def withdraw(self, receipt: Receipt) -> None:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        self.posts.pop(receipt.post_id, None)


@pytest.mark.parametrize(
    ("correcting", "client", "earlier", "deed"),
    [
        pytest.param("edit", Editable, EARLIER, Deed.EDIT, id="edited"),
        pytest.param("edit", Board, EARLIER, Deed.LINK, id="cannot be edited"),
        pytest.param("edit-or-replace", Editable, EARLIER, Deed.EDIT, id="edited first"),
        pytest.param("edit-or-replace", Board, EARLIER, Deed.REPLACE, id="replaced instead"),
        pytest.param("link", Editable, EARLIER, Deed.LINK, id="never edited"),
        pytest.param("replace", Editable, EARLIER, Deed.REPLACE, id="replaced"),
        pytest.param("edit", Editable, None, Deed.LINK, id="no post is known"),
    ],
)
def test_the_way_of_a_correction(
    correcting: str, client: Callable[[], Board], earlier: Receipt | None, deed: Deed
) -> None:
    assert way(Correcting(correcting), client(), earlier) is deed


def publish(scene: Scene, board: Board, *, ralat: str = "", withdrawn: bool = False) -> None:
    """Build once, with or without a correction, and let the relay run."""
    text = f"Ralat {ralat}" if ralat else ""
    each = replace(scene.candidate("a", text=text), correction=ralat, withdrawn=withdrawn)
    pages = {("a", "id"): each.url}
    enqueue(
        scene.ledger,
        [each],
        pages=pages,
        guard=GUARD,
        stamp=START,
        withdrawn=set(pages) if withdrawn else set(),
    )
    scene.site.put("/a.html")
    scene.run({"kanal": board})


def states(scene: Scene) -> list[tuple[State, Deed]]:
    return [(each.state, each.deed) for each in queries.entries(scene.ledger)]


def test_an_edit_that_is_refused_becomes_a_post_of_its_own(scene: Scene) -> None:
    board = Editable()
    publish(scene, board)
    board.failures = [Refused("terlalu lama")]
    publish(scene, board, ralat=RALAT)
    assert board.posts == {"1": "Tentang a", "2": f"Ralat {RALAT}"}
    assert states(scene) == [(State.DELIVERED, Deed.POST), (State.DELIVERED, Deed.LINK)]
    (copy,) = old_copies(scene.ledger)
    assert copy.entry.id == 1


def test_an_edit_in_doubt_is_made_again(scene: Scene) -> None:
    board = Editable()
    publish(scene, board)
    board.failures = [InDoubt("putus")]
    publish(scene, board, ralat=RALAT)
    assert states(scene)[1] == (State.IN_DOUBT, Deed.EDIT)
    scene.watch.forward(minutes=1)
    scene.run({"kanal": board})
    assert states(scene)[1] == (State.DELIVERED, Deed.EDIT)
    assert board.posts == {"1": f"Ralat {RALAT}"}
    assert [post.revision for post in queries.receipts(scene.ledger)] == [2]
    assert old_copies(scene.ledger) == []


@pytest.mark.parametrize("failure", [InDoubt("putus"), Deferred("sibuk")])
def test_a_deletion_that_failed_is_made_again(scene: Scene, failure: Failure) -> None:
    board = Deletable()
    publish(scene, board)
    board.failures = [failure]
    publish(scene, board, withdrawn=True)
    assert states(scene) == [(State.DELIVERED, Deed.POST)]
    scene.watch.forward(minutes=1)
    scene.run({"kanal": board})
    assert (states(scene), board.posts) == ([(State.WITHDRAWN, Deed.POST)], {})
    scene.watch.forward(days=1)
    assert scene.run({"kanal": board}).steps == ()


@pytest.mark.parametrize(
    ("make", "failures"),
    [
        pytest.param(Board, [], id="no power to delete"),
        pytest.param(Deletable, [Refused("terlalu lama")], id="refused"),
    ],
)
def test_a_post_that_cannot_be_taken_back_is_named_until_a_person_removes_it(
    scene: Scene, make: Callable[[], Board], failures: list[Failure]
) -> None:
    board = make()
    publish(scene, board)
    board.failures = failures
    for _ in range(2):
        publish(scene, board, withdrawn=True)
        scene.watch.forward(days=1)
    (copy,) = old_copies(scene.ledger)
    assert "masih tampil" in copy.entry.reason
    assert "siar removed 1" in copy.entry.reason
    removed(scene.ledger, 1, why="dihapus", stamp=START)
    assert (states(scene), old_copies(scene.ledger)) == ([(State.WITHDRAWN, Deed.POST)], [])


def test_a_notice_that_is_taken_out_in_time_keeps_the_post(scene: Scene) -> None:
    board = Deletable()
    publish(scene, board)
    board.failures = [Deferred("sibuk")]
    publish(scene, board, withdrawn=True)
    scene.watch.forward(minutes=1)
    publish(scene, board)
    assert (states(scene), len(board.posts)) == ([(State.DELIVERED, Deed.POST)], 1)


def test_a_repeat_waits_for_the_build_that_composes_it(scene: Scene) -> None:
    board = Board()
    publish(scene, board)
    repost(scene.ledger, 1, why="besok", stamp=START)
    assert scene.run({"kanal": board}).steps == ()
    publish(scene, board)
    assert states(scene)[1] == (State.DELIVERED, Deed.REPEAT)
    assert board.calls == 2
