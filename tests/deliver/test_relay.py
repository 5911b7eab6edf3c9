from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from syndication.deliver.relay import BUSY, NOT_SET_UP, STOPPED, TIRED, Step
from syndication.deliver.retry import Policy
from syndication.ledger import pauses
from syndication.ledger.errors import Unrecorded
from syndication.ledger.events import Stamp
from syndication.ledger.locks import sole_sender
from syndication.ledger.queries import entries, story
from syndication.ledger.store import open_ledger
from syndication.model import Payload, Prepared, Receipt, State
from syndication.platforms.protocol import Deferred
from tests.deliver.clients import Keyed, Plain, Seeking
from tests.deliver.scene import NOON, Scene, by_hand
from tests.deliver.servers import Fault


def once(*faults: Fault) -> Callable[[], Fault]:
    """Let faults happen in turn, then none."""
    rest = iter(faults)
    return lambda: next(rest, Fault.NONE)


def test_what_is_due_and_live_is_sent_once_and_its_receipt_kept(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    summary = scene.run()
    assert summary.count(State.DELIVERED) == 2
    assert scene.in_public() == {"a": 1, "b": 1}
    first = entries(scene.ledger)[0]
    assert first.receipt == Receipt("1", f"{scene.platform.url}/posts/1", NOON)
    assert [event.kind for event in story(scene.ledger, first.id)] == [
        "queued",
        "sending",
        "delivered",
    ]
    again = scene.run()
    assert (again.steps, scene.in_public()) == ((), {"a": 1, "b": 1})


def test_what_is_not_due_waits(scene: Scene) -> None:
    scene.queue(replace(scene.candidate("a"), due_at=NOON + timedelta(hours=1)))
    assert scene.run().steps == ()
    scene.watch.forward(hours=1)
    scene.run()
    assert scene.in_public() == {"a": 1}


def test_what_is_not_live_waits_with_the_reason(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), live=False)
    (result,) = scene.run().results
    assert result.reason == f"halaman belum tayang: {scene.site.url}/a.html menjawab 404"
    assert scene.only().reason == result.reason
    assert scene.run().steps == ()
    scene.site.put("/a.html")
    scene.watch.forward(minutes=1)
    scene.run()
    assert scene.in_public() == {"a": 1}


def test_a_page_that_never_comes_is_given_up(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), live=False)
    scene.policy = Policy(patience=timedelta(hours=6))
    while scene.only().state is State.QUEUED:
        scene.run()
        scene.until_next()
    assert scene.watch.time - NOON >= timedelta(hours=6)
    assert scene.only().reason.startswith("dihentikan setelah 12 percobaan: halaman belum tayang")
    assert scene.only().state is State.GIVEN_UP
    assert scene.in_public() == {}


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


def test_a_rate_limit_holds_the_whole_channel_as_long_as_the_platform_said(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    scene.platform.rules.fault = once(Fault.LIMIT)
    scene.platform.rules.retry_after = 900
    summary = scene.run()
    assert [(wait.entries, wait.reason) for wait in summary.waiting] == [(1, "429")]
    scene.watch.forward(seconds=899)
    scene.run()
    assert scene.in_public() == {}
    scene.watch.forward(seconds=1)
    scene.run()
    assert scene.in_public() == {"a": 1, "b": 1}


def test_a_barred_channel_rests_and_one_post_tries_whether_it_is_put_right(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abc"))
    scene.platform.rules.fault = once(Fault.BAR, Fault.BAR)
    scene.run()
    assert scene.platform.board.calls["POST /posts"] == 1
    assert {entry.reason for entry in entries(scene.ledger)} == {"401"}
    scene.watch.forward(hours=1)
    scene.run()
    assert scene.platform.board.calls["POST /posts"] == 2
    scene.watch.forward(hours=1)
    scene.run()
    assert scene.in_public() == {"a": 1, "b": 1, "c": 1}


def test_a_channel_that_keeps_failing_is_left_alone_for_this_run(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abcde"))
    gone = Plain("http://127.0.0.1:1", scene.watch)
    summary = scene.run({"kanal": gone})
    assert len(summary.results) == 3
    assert [(wait.entries, wait.reason) for wait in summary.waiting] == [(2, TIRED)]
    assert {entry.state for entry in entries(scene.ledger)} == {State.QUEUED}


def test_pages_that_are_not_live_do_not_hold_up_those_that_are(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abcde"), live=False)
    scene.site.put("/e.html")
    scene.run()
    assert scene.in_public() == {"e": 1}


def test_one_channel_s_trouble_does_not_stop_the_others(scene: Scene) -> None:
    scene.queue(*(scene.candidate("a", channel) for channel in ("awal", "kanal", "tamat")))
    broken = Broken()
    scene.run({"awal": broken, "kanal": scene.client(), "tamat": scene.client()})
    assert scene.in_public() == {"a": 2}


def test_a_channel_that_is_not_set_up_keeps_its_entries_queued(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("a", "tanpa-rahasia"))
    summary = scene.run()
    assert [(wait.channel, wait.reason) for wait in summary.waiting] == [
        ("tanpa-rahasia", NOT_SET_UP)
    ]
    waiting = entries(scene.ledger, states={State.QUEUED})
    assert [(entry.channel, entry.reason) for entry in waiting] == [("tanpa-rahasia", NOT_SET_UP)]


def test_what_a_person_posts_is_not_sent(scene: Scene) -> None:
    scene.queue(by_hand(scene.candidate("a")))
    assert scene.run().steps == ()
    assert (scene.only().state, scene.in_public()) == (State.BY_HAND, {})


def test_a_hold_stops_everything_until_it_is_lifted(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    pauses.hold(scene.ledger, why="gempa; semua ditahan", stamp=Stamp(NOON, "humas"))
    summary = scene.run()
    assert [wait.reason for wait in summary.waiting] == ["gempa; semua ditahan"]
    assert pauses.resume(scene.ledger, stamp=Stamp(NOON, "humas"))
    scene.run()
    assert scene.in_public() == {"a": 1}


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


class Broken:
    """A client with a bug, whose error text holds a token."""

    where = "deliver"

    def prepare(self, payload: Payload) -> Prepared:
        if self.where == "prepare":
            raise RuntimeError("token=RAHASIA")
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- never gets far
        raise RuntimeError("token=RAHASIA")


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
    assert entry.reason.startswith("galat program RuntimeError (test_relay.py:")
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


def test_a_run_that_is_to_stop_ends_after_the_entry_in_hand(scene: Scene) -> None:
    scene.queue(*(scene.candidate(each) for each in "abc"))
    relay = replace(scene.relay(), stopping=lambda: bool(scene.platform.board.posts))
    summary = relay.run()
    assert (summary.count(State.DELIVERED), len(scene.in_public())) == (1, 1)
    assert [(wait.entries, wait.reason) for wait in summary.waiting] == [(2, STOPPED)]


def test_while_another_sends_on_a_channel_nobody_else_does(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    with sole_sender(scene.ledger, "kanal") as sole:
        assert sole
        summary = scene.run()
    assert [wait.reason for wait in summary.waiting] == [BUSY]
    assert scene.in_public() == {}


def test_each_step_is_reported_as_it_is_done(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), scene.candidate("a", "lain"))
    heard: list[Step] = []
    summary = replace(scene.relay(), report=heard.append).run()
    assert tuple(heard) == summary.steps
    assert len(heard) == 2


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
