"""A post's way back: what is deleted, what is tried again, and what waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from syndication.deliver.steps import Standing, Summary
from syndication.ledger import pauses, people, queries
from syndication.ledger.events import Stamp
from syndication.ledger.revisions import old_copies, removed, repost
from syndication.model import Correcting, Deed, State
from syndication.platforms.protocol import Barred, Deferred, Failure, InDoubt, Refused
from tests.deliver.boards import (
    RALAT,
    Board,
    Deletable,
    Editable,
    Full,
    build,
    correct,
    publish,
    states,
)
from tests.deliver.scene import NOON, START, Scene

PASSING = [
    pytest.param(InDoubt("putus"), id="in doubt"),
    pytest.param(Deferred("sibuk"), id="deferred"),
    pytest.param(Barred("token"), id="barred"),
    pytest.param(ValueError("omong kosong"), id="nonsense"),
]


@pytest.mark.parametrize("failure", PASSING)
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


def test_a_deletion_waits_as_long_as_its_platform_says(scene: Scene) -> None:
    board = Deletable()
    publish(scene, board)
    board.failures = [Deferred("429", retry_after=timedelta(hours=2))]
    publish(scene, board, withdrawn=True)
    scene.watch.forward(hours=1)
    assert scene.run({"kanal": board}).steps == ()
    scene.watch.forward(hours=1)
    scene.run({"kanal": board})
    assert board.posts == {}


def stand(summary: Summary) -> list[int]:
    return [step.entry_id for step in summary.steps if isinstance(step, Standing)]


CANNOT = [
    pytest.param(Board, [], id="no power to delete"),
    pytest.param(Deletable, [Refused("terlalu lama")], id="refused"),
]


@pytest.mark.parametrize(("make", "failures"), CANNOT)
def test_a_post_that_cannot_be_taken_back_is_named_until_a_person_removes_it(
    scene: Scene, make: Callable[[], Board], failures: list[BaseException]
) -> None:
    board = make()
    publish(scene, board)
    board.failures = failures
    build(scene, withdrawn=True)
    assert stand(scene.run({"kanal": board})) == [1]
    scene.watch.forward(days=1)
    publish(scene, board, withdrawn=True)
    assert scene.run({"kanal": board}).steps == ()
    (copy,) = old_copies(scene.ledger)
    assert "masih tampil" in copy.entry.reason
    assert "siar removed 1" in copy.entry.reason
    removed(scene.ledger, 1, why="dihapus", stamp=START)
    assert (states(scene), old_copies(scene.ledger)) == ([(State.WITHDRAWN, Deed.POST)], [])


def test_a_deletion_is_given_up_as_late_as_a_post_is(scene: Scene) -> None:
    board = Deletable()
    publish(scene, board)
    build(scene, withdrawn=True)
    board.failures = [Barred("token")] * 80
    stood = []
    for _ in range(74):
        stood.append(stand(scene.run({"kanal": board})))
        scene.watch.forward(hours=1)
    assert stood.index([1]) == 72
    assert stood.count([1]) == 1
    people.retry(scene.ledger, 1, stamp=Stamp(scene.watch.time, "humas"))
    board.failures = []
    scene.run({"kanal": board})
    assert (states(scene), board.posts) == ([(State.WITHDRAWN, Deed.POST)], {})


def test_a_post_without_an_id_waits_for_a_person_even_without_a_client(scene: Scene) -> None:
    scene.queue(replace(scene.candidate("a"), by_hand=True))
    people.resolve_delivered(scene.ledger, 1, url="https://wa.me/1", why="", stamp=START)
    build(scene, withdrawn=True)
    assert stand(scene.run({})) == [1]
    assert scene.run({}).steps == ()


def test_a_post_on_a_channel_that_is_not_set_up_is_told_each_time(scene: Scene) -> None:
    board = Deletable()
    publish(scene, board)
    build(scene, withdrawn=True)
    assert [stand(scene.run({})) for _ in range(2)] == [[1], [1]]
    scene.run({"kanal": board})
    assert (states(scene), board.posts) == ([(State.WITHDRAWN, Deed.POST)], {})


def rest(scene: Scene) -> None:
    with scene.ledger.writing() as connection:
        pauses.pause(connection, "kanal", NOON + timedelta(hours=1), "token", START)


@pytest.mark.parametrize(
    "stop",
    [
        pytest.param(lambda scene: pauses.hold(scene.ledger, why="gempa", stamp=START), id="hold"),
        pytest.param(rest, id="rest"),
    ],
)
def test_what_is_wrong_goes_even_while_posts_are_stopped(
    scene: Scene, stop: Callable[[Scene], None]
) -> None:
    board = Full()
    publish(scene, board)
    stop(scene)
    build(scene, withdrawn=True, also="b")
    scene.run({"kanal": board})
    assert board.posts == {}
    assert board.calls == 2


def test_what_is_wrong_goes_before_anything_new_comes(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    build(scene, withdrawn=True, also="b")
    done = scene.run({"kanal": board}).results
    assert [each.state for each in done] == [State.WITHDRAWN, State.DELIVERED]


@pytest.mark.parametrize(
    "failures",
    [
        pytest.param([Deferred("sibuk")], id="not yet tried again"),
        pytest.param([Refused("tidak boleh")], id="beyond the program"),
    ],
)
def test_a_notice_that_is_taken_out_in_time_keeps_the_post(
    scene: Scene, failures: list[BaseException]
) -> None:
    board = Deletable()
    publish(scene, board)
    board.failures = failures
    publish(scene, board, withdrawn=True)
    scene.watch.forward(minutes=1)
    publish(scene, board)
    assert (states(scene), len(board.posts)) == ([(State.DELIVERED, Deed.POST)], 1)
    assert old_copies(scene.ledger) == []


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(InDoubt("putus"), id="in doubt"),
        pytest.param(ValueError("omong kosong"), id="nonsense"),
        pytest.param(KeyboardInterrupt(), id="cut off"),
    ],
)
def test_a_post_that_may_be_gone_is_not_kept(scene: Scene, failure: BaseException) -> None:
    board = Deletable()
    publish(scene, board)
    board.failures = [failure]
    build(scene, withdrawn=True)
    with suppress(KeyboardInterrupt):
        scene.run({"kanal": board})
    build(scene)
    scene.watch.forward(hours=1)
    scene.run({"kanal": board})
    assert (states(scene), board.posts) == ([(State.WITHDRAWN, Deed.POST)], {})


def test_every_copy_is_taken_back(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    repost(scene.ledger, 1, why="besok", stamp=START)
    publish(scene, board)
    correct(scene, board, Correcting.LINK)
    assert len(board.posts) == 3
    publish(scene, board, ralat=RALAT, withdrawn=True)
    assert board.posts == {}
    assert {state for state, _ in states(scene)} == {State.WITHDRAWN}


def test_an_edited_post_that_a_person_removed_is_gone_in_all_its_revisions(scene: Scene) -> None:
    board = Editable()
    publish(scene, board)
    publish(scene, board, ralat=RALAT)
    removed(scene.ledger, 2, why="dihapus", stamp=START)
    assert {state for state, _ in states(scene)} == {State.WITHDRAWN}
    assert queries.receipts(scene.ledger) == []


def test_a_correction_that_a_withdrawal_stopped_goes_when_the_post_is_kept(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    build(scene, ralat=RALAT)
    board.failures = [Deferred("sibuk")]
    publish(scene, board, ralat=RALAT, withdrawn=True)
    assert states(scene)[1] == (State.CANCELLED, Deed.CORRECT)
    build(scene, ralat=RALAT)
    publish(scene, board, ralat=RALAT)
    assert states(scene)[1] == (State.DELIVERED, Deed.EDIT)
    assert board.posts == {"1": f"Ralat {RALAT}"}


def test_a_correction_of_a_post_that_is_gone_stays_cancelled(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    build(scene, ralat=RALAT)
    publish(scene, board, ralat=RALAT, withdrawn=True)
    publish(scene, board, ralat=RALAT)
    assert [state for state, _ in states(scene)] == [State.WITHDRAWN, State.CANCELLED]
    assert (board.posts, board.calls) == ({}, 2)


def test_a_notice_that_gives_way_to_a_correction_is_followed_by_it(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    board.failures = [Deferred("sibuk")]
    publish(scene, board, withdrawn=True)
    build(scene, ralat=RALAT)
    publish(scene, board, ralat=RALAT)
    assert board.posts == {"1": f"Ralat {RALAT}"}


def test_an_edit_in_doubt_ends_when_its_post_is_taken_back(scene: Scene) -> None:
    board = Full()
    publish(scene, board)
    board.failures = [InDoubt("putus")]
    publish(scene, board, ralat=RALAT)
    publish(scene, board, ralat=RALAT, withdrawn=True)
    scene.watch.forward(hours=1)
    scene.run({"kanal": board})
    assert [state for state, _ in states(scene)] == [State.WITHDRAWN, State.CANCELLED]
    assert board.posts == {}


def test_a_replaced_post_that_cannot_be_deleted_still_stands_when_nobody_withdraws(
    scene: Scene,
) -> None:
    board = Deletable()
    publish(scene, board)
    build(scene, ralat=RALAT)
    relay = replace(scene.relay({"kanal": board}), correcting={"kanal": Correcting.REPLACE})
    board.refuse_deletions = True
    assert stand(relay.run()) == [1]
    publish(scene, board, ralat=RALAT)
    (copy,) = old_copies(scene.ledger)
    assert "siar removed 1" in copy.entry.reason


def test_taking_back_alone_sends_nothing(scene: Scene) -> None:
    board = Deletable()
    publish(scene, board)
    build(scene, withdrawn=True, also="b")
    summary = scene.relay({"kanal": board}).take_back()
    assert [step.state for step in summary.results] == [State.WITHDRAWN]
    assert board.posts == {}
    assert {each.state for each in queries.entries(scene.ledger)} == {
        State.WITHDRAWN,
        State.QUEUED,
    }
