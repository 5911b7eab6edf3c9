"""A correction's way to the public: edited, followed by another post, or replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from syndication.deliver.revising import way
from syndication.ledger import pauses, queries, tally, withdrawals
from syndication.ledger.events import Stamp
from syndication.ledger.revisions import old_copies, repost
from syndication.model import Correcting, Deed, Payload, Receipt, State
from syndication.office import Office, Terms
from syndication.platforms.protocol import Deferred, InDoubt, Refused
from tests.deliver.boards import RALAT, Board, Editable, Full, build, publish, states
from tests.deliver.scene import NOON, START, Scene

EARLIER = Receipt("1", "http://platform/1", NOON)


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


def test_a_repeat_waits_for_the_build_that_composes_it(scene: Scene) -> None:
    board = Board()
    publish(scene, board)
    repost(scene.ledger, 1, why="besok", stamp=START)
    assert scene.run({"kanal": board}).steps == ()
    publish(scene, board)
    assert states(scene)[1] == (State.DELIVERED, Deed.REPEAT)
    assert board.calls == 2


def repeated(scene: Scene, board: Board) -> None:
    """Have one article in public twice, on purpose."""
    publish(scene, board)
    repost(scene.ledger, 1, why="besok", stamp=START)
    publish(scene, board)
    assert len(board.posts) == 2


def test_a_correction_reaches_every_copy_that_can_be_edited(scene: Scene) -> None:
    board = Editable()
    repeated(scene, board)
    publish(scene, board, ralat=RALAT)
    assert board.posts == dict.fromkeys("12", f"Ralat {RALAT}")
    assert old_copies(scene.ledger) == []
    assert len({post.payload_sha256 for post in queries.receipts(scene.ledger)}) == 1
    publish(scene, board, ralat=RALAT)
    assert board.calls == 4
    publish(scene, board, ralat="lagi")
    assert board.posts == dict.fromkeys("12", "Ralat lagi")
    assert queries.verify_chain(scene.ledger) is None


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(InDoubt("putus"), id="in doubt"),
        pytest.param(Deferred("sibuk"), id="deferred"),
        pytest.param(ValueError("omong kosong"), id="nonsense"),
    ],
)
def test_an_older_copy_that_could_not_be_edited_is_tried_again(
    scene: Scene, failure: Exception
) -> None:
    board = Editable()
    repeated(scene, board)
    board.fail_at[4] = failure
    publish(scene, board, ralat=RALAT)
    assert board.posts == {"1": "Tentang a", "2": f"Ralat {RALAT}"}
    assert [copy.entry.id for copy in old_copies(scene.ledger)] == [1]
    scene.watch.forward(minutes=1)
    scene.run({"kanal": board})
    assert board.posts == dict.fromkeys("12", f"Ralat {RALAT}")
    assert old_copies(scene.ledger) == []


def test_an_older_copy_that_cannot_be_edited_any_more_is_listed(scene: Scene) -> None:
    board = Editable()
    repeated(scene, board)
    board.fail_at[4] = Refused("terlalu lama")
    publish(scene, board, ralat=RALAT)
    (copy,) = old_copies(scene.ledger)
    assert copy.entry.id == 1
    assert copy.correction
    assert copy.correction.receipt
    scene.watch.forward(days=1)
    assert scene.run({"kanal": board}).steps == ()
    assert len(board.posts) == 2


def test_an_older_copy_waits_for_the_end_of_a_hold(scene: Scene) -> None:
    board = Editable()
    repeated(scene, board)
    board.fail_at[4] = Deferred("sibuk")
    publish(scene, board, ralat=RALAT)
    pauses.hold(scene.ledger, why="gempa", stamp=START)
    scene.watch.forward(hours=1)
    scene.run({"kanal": board})
    assert board.posts["1"] == "Tentang a"
    pauses.resume(scene.ledger, stamp=START)
    scene.run({"kanal": board})
    assert board.posts["1"] == f"Ralat {RALAT}"


class Confused(Editable):
    """A platform that says of another post that it was edited."""

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        return replace(super().revise(receipt, payload), post_id="99")


def test_an_answer_about_another_post_is_no_receipt(scene: Scene) -> None:
    board = Confused()
    publish(scene, board)
    publish(scene, board, ralat=RALAT)
    assert states(scene)[1] == (State.IN_DOUBT, Deed.EDIT)


def limited(scene: Scene, board: Board) -> None:
    """Let the relay run on a channel that may post once a day, for five dollars a month."""
    terms = Terms(daily=1, budget=Decimal(5), price=Decimal(5), price_with_link=Decimal(5))
    office = Office(channels={"kanal": terms})
    replace(scene.relay({"kanal": board}), office=office).run()


def test_an_edit_is_no_further_post_to_ceiling_and_budget(scene: Scene) -> None:
    board = Editable()
    publish(scene, board)
    build(scene, ralat=RALAT)
    limited(scene, board)
    assert board.posts == {"1": f"Ralat {RALAT}"}
    with scene.ledger.reading() as connection:
        assert tally.posts_since(connection, "kanal", NOON) == 1
        assert len(tally.payloads_since(connection, "kanal", NOON)) == 1


def test_an_edit_that_becomes_a_post_waits_for_the_ceiling(scene: Scene) -> None:
    board = Editable()
    publish(scene, board)
    build(scene, ralat=RALAT)
    board.failures = [Refused("terlalu lama")]
    limited(scene, board)
    assert board.posts == {"1": "Tentang a"}
    assert states(scene)[1] == (State.QUEUED, Deed.LINK)
    scene.run({"kanal": board})
    with scene.ledger.reading() as connection:
        assert tally.posts_since(connection, "kanal", NOON) == 2


def test_a_deletion_that_was_cut_off_is_no_further_post(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    build(scene, withdrawn=True)
    scene.watch.forward(days=1)
    entry = queries.entry(scene.ledger, 1)
    assert withdrawals.begin(scene.ledger, entry, Stamp(scene.watch.time, "relay"))
    with scene.ledger.reading() as connection:
        assert tally.posts_since(connection, "kanal", scene.watch.time) == 0


class Backward(Editable):
    """A platform whose clock went back before it edited."""

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        return replace(super().revise(receipt, payload), at=NOON - timedelta(minutes=1))


def test_a_clock_that_went_back_does_not_bring_an_old_text_back(scene: Scene) -> None:
    board = Backward()
    publish(scene, board)
    publish(scene, board, ralat=RALAT)
    (post,) = queries.receipts(scene.ledger)
    assert post.revision == 2
    assert old_copies(scene.ledger) == []
