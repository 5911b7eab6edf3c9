"""What is due goes out, and what keeps it back says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from syndication.deliver.following import NOT_SET_UP
from syndication.deliver.relay import BUSY, STOPPED, TIRED
from syndication.deliver.retry import Policy
from syndication.deliver.steps import Step
from syndication.ledger import pauses
from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp
from syndication.ledger.locks import sole_sender
from syndication.ledger.queries import entries, receipts, story
from syndication.model import Media, Prepared, Receipt, State
from syndication.platforms.protocol import PictureRefused
from tests.deliver.clients import Broken, Plain
from tests.deliver.platform import Fault, once
from tests.deliver.scene import NOON, Scene, by_hand


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


class Picky(Plain):
    """Takes no picture: says so when the post is made."""

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        if prepared.payload.media:
            raise PictureRefused("gambar ditolak")
        return super().deliver(prepared, key=key)


def with_picture(candidate: Candidate) -> Candidate:
    assert candidate.payload is not None
    media = (Media("https://kantor.example/a.jpg", "Loket", "image/jpeg", "0" * 64),)
    return replace(candidate, payload=replace(candidate.payload, media=media))


def test_a_picture_that_is_turned_down_loses_no_post(scene: Scene) -> None:
    pictured = with_picture(scene.candidate("a"))
    scene.queue(pictured)
    for _ in range(2):  # each run is a process of its own and remembers nothing
        scene.run({"kanal": scene.client(Picky)})
    assert scene.in_public() == {"a": 1}
    entry = scene.only()
    assert (entry.state, entry.plain) == (State.DELIVERED, True)
    assert entry.payload == pictured.payload
    assert entry.goes
    (posted,) = receipts(scene.ledger)
    assert posted.payload_sha256 == entry.goes.sha256  # the register says what was sent


def test_another_text_tries_its_picture_again(scene: Scene) -> None:
    scene.queue(with_picture(scene.candidate("a")))
    scene.run({"kanal": scene.client(Picky)})
    assert scene.only().plain
    scene.queue(with_picture(scene.candidate("a", text="Kata lain")))
    assert not scene.only().plain


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
    scene.watch.forward(seconds=4)
    assert scene.run().steps == ()
    scene.watch.forward(seconds=1)  # a deployment that follows a build takes seconds
    scene.run()
    assert scene.in_public() == {"a": 1}


def test_a_page_that_never_comes_is_given_up(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), live=False)
    scene.policy = Policy(patience=timedelta(hours=6))
    while scene.only().state is State.QUEUED:
        scene.run()
        scene.until_next()
    assert scene.watch.time - NOON >= timedelta(hours=6)
    assert scene.only().reason.startswith("dihentikan setelah 16 percobaan: halaman belum tayang")
    assert scene.only().state is State.GIVEN_UP
    assert scene.in_public() == {}


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
