from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from syndication.compose.rules import packaged
from syndication.ledger import inbox, pauses, replies, responses
from syndication.ledger.errors import NotPossible, UnknownResponse
from syndication.ledger.inbox import Question
from syndication.ledger.locks import sole_replier, sole_sender
from syndication.ledger.queries import verify_chain
from syndication.listen.replying import BUSY, Unanswerable, fitted, free_orphans
from syndication.model import Heed, State
from syndication.platforms.protocol import Barred, Deferred, InDoubt, Refused
from tests.deliver.scene import NOON
from tests.listen.scene import Forum, Scene

ANSWER = "Senin pukul 09.00 WIB."


def asked(scene: Scene, forum: Forum) -> Question:
    """Let a person ask, and hear it."""
    scene.post("lelang")
    forum.say("p-lelang", "Kapan dibuka?", author="Warga Tertentu")
    scene.listen(forum)
    return inbox.question(scene.ledger, 1)


def raising(error: BaseException) -> Callable[[], None]:
    def call() -> None:
        raise error

    return call


def test_an_answer_is_public_and_on_record(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    question = asked(anywhere, forum)
    anywhere.watch.forward(minutes=7)
    result = anywhere.replier(forum).reply(question, ANSWER)
    assert result.state is State.DELIVERED
    assert [(said, text) for said, text, _ in forum.answers] == [("r1", ANSWER)]
    after = inbox.question(anywhere.ledger, 1)
    (answer,) = after.answers
    assert (after.heed, after.settled_by, after.settled_at) == (
        Heed.ANSWERED,
        "humas",
        NOON + timedelta(minutes=7),
    )
    assert (answer.state, answer.text, answer.url) == (
        State.DELIVERED,
        ANSWER,
        "https://forum.example/jawaban/1",
    )
    assert anywhere.events("replying", "replied") == ["replying", "replied"]
    assert verify_chain(anywhere.ledger) is None


@pytest.mark.parametrize("error", [Refused, InDoubt])
def test_what_a_platform_says_of_the_person_stays_out_of_the_chain(
    scene: Scene, error: type[Refused | InDoubt]
) -> None:
    forum = Forum(scene.watch, replying=raising(error("Warga Tertentu (r1) membatasi jawaban")))
    result = scene.replier(forum).reply(asked(scene, forum), ANSWER)
    assert "Warga Tertentu" in result.reason
    assert "Tertentu" not in scene.chain()


def test_forgetting_takes_our_own_words_to_the_person_along(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    anywhere.replier(forum).reply(asked(anywhere, forum), "Bapak Tertentu, Senin.")
    responses.forget(anywhere.ledger, NOON + timedelta(days=1), anywhere.stamp())
    (answer,) = inbox.question(anywhere.ledger, 1).answers
    assert (answer.text, answer.reason) == ("", "")
    assert (answer.state, answer.url) == (State.DELIVERED, "https://forum.example/jawaban/1")


def test_the_chain_of_events_holds_nothing_of_the_person(scene: Scene) -> None:
    forum = Forum(scene.watch)
    scene.replier(forum).reply(asked(scene, forum), "Bapak Tertentu, Senin.")
    for personal in ("Tertentu", "Kapan dibuka", "r1'"):
        assert personal not in scene.chain()


@pytest.mark.parametrize(
    ("error", "state", "told"),
    [
        (Refused("sudah dihapus"), State.REFUSED, "sudah dihapus"),
        (Barred("token ditolak"), State.REFUSED, "token ditolak"),
        (Deferred("tidak tersambung"), State.REFUSED, "tidak tersambung"),
        (InDoubt("tanpa jawaban"), State.IN_DOUBT, "tanpa jawaban"),
        (RuntimeError("token=RAHASIA"), State.IN_DOUBT, "RuntimeError"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
def test_each_failure_has_its_meaning(
    scene: Scene, error: Exception, state: State, told: str
) -> None:
    forum = Forum(scene.watch, replying=raising(error))
    result = scene.replier(forum).reply(asked(scene, forum), ANSWER)
    assert result.state is state
    assert told in result.reason
    assert "RAHASIA" not in result.reason
    assert inbox.question(scene.ledger, 1).heed is Heed.NEW


def test_what_surely_did_not_go_out_may_be_sent_again(scene: Scene) -> None:
    forum = Forum(scene.watch, replying=raising(Deferred("tidak tersambung")))
    question = asked(scene, forum)
    scene.replier(forum).reply(question, ANSWER)
    forum.replying = lambda: None
    again = inbox.question(scene.ledger, question.number)
    assert scene.replier(forum).reply(again, ANSWER).state is State.DELIVERED
    first, second = (key for _, _, key in forum.answers)
    assert first != second


@pytest.mark.parametrize("error", [InDoubt("tanpa jawaban"), KeyboardInterrupt()], ids=["", "^C"])
def test_a_doubt_is_never_sent_again_until_a_person_says_so(
    anywhere: Scene, error: BaseException
) -> None:
    forum = Forum(anywhere.watch, replying=raising(error))
    question = asked(anywhere, forum)
    with suppress(KeyboardInterrupt):
        anywhere.replier(forum).reply(question, ANSWER)
    forum.replying = lambda: None
    doubtful = inbox.question(anywhere.ledger, 1)
    assert doubtful.in_doubt
    with pytest.raises(NotPossible, match="siar settle 1 --sent ALAMAT"):
        anywhere.replier(forum).reply(doubtful, ANSWER)
    assert len(forum.answers) == 1
    replies.settle_not_sent(anywhere.ledger, 1, anywhere.stamp())
    free = inbox.question(anywhere.ledger, 1)
    assert anywhere.replier(forum).reply(free, ANSWER).state is State.DELIVERED


def test_a_killed_process_leaves_a_doubt(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    question = asked(anywhere, forum)
    replies.begin(anywhere.ledger, question, ANSWER, anywhere.stamp())
    with pytest.raises(NotPossible, match="sedang dikirim"):
        replies.settle_not_sent(anywhere.ledger, 1, anywhere.stamp())
    with sole_replier(anywhere.ledger, "warta"):
        free_orphans(anywhere.ledger, "warta", anywhere.stamp())
    assert sending(anywhere) is State.SENDING
    free_orphans(anywhere.ledger, "warta", anywhere.stamp())
    assert sending(anywhere) is State.IN_DOUBT
    replies.settle_sent(anywhere.ledger, 1, url="https://forum.example/9", stamp=anywhere.stamp())
    assert inbox.question(anywhere.ledger, 1).heed is Heed.ANSWERED
    assert forum.answers == []


def sending(scene: Scene) -> State:
    return inbox.question(scene.ledger, 1).answers[-1].state


def test_a_doubt_ends_where_the_answer_is_heard(scene: Scene) -> None:
    forum = Forum(scene.watch, replying=raising(InDoubt("tanpa jawaban")))
    scene.replier(forum).reply(asked(scene, forum), ANSWER)
    said = forum.say("p-lelang", f"@warga {ANSWER}", parent="r1", ours="yes")
    scene.listen(forum)
    (answer,) = inbox.question(scene.ledger, 1).answers
    assert (answer.state, answer.url) == (State.DELIVERED, said.url)
    assert scene.waiting() == []


def test_other_words_of_ours_prove_nothing(scene: Scene) -> None:
    forum = Forum(scene.watch, replying=raising(InDoubt("tanpa jawaban")))
    scene.replier(forum).reply(asked(scene, forum), ANSWER)
    forum.say("p-lelang", "Silakan cek laman kami.", parent="r1", ours="yes")
    scene.listen(forum)
    assert inbox.question(scene.ledger, 1).in_doubt
    assert len(scene.waiting()) == 1


@pytest.mark.parametrize(
    "words", ["Maaf, Senin pukul 09.00 WIB.", f"{ANSWER} Maaf, Selasa.", f"xx{ANSWER}"]
)
def test_words_that_only_hold_the_answer_prove_nothing(scene: Scene, words: str) -> None:
    forum = Forum(scene.watch, replying=raising(InDoubt("tanpa jawaban")))
    scene.replier(forum).reply(asked(scene, forum), ANSWER)
    forum.say("p-lelang", words, parent="r1", ours="yes")
    scene.listen(forum)
    assert inbox.question(scene.ledger, 1).in_doubt


@pytest.mark.parametrize(("minutes", "named"), [(6, False), (1, True)], ids=["time", "address"])
def test_an_earlier_answer_with_the_same_words_proves_nothing(
    scene: Scene, minutes: int, *, named: bool
) -> None:
    forum = Forum(scene.watch)
    first = scene.replier(forum).reply(asked(scene, forum), "Terima kasih.")
    assert first.receipt
    said = forum.say("p-lelang", "Terima kasih.", parent="r1", ours="yes")
    forum.said[-1] = replace(said, url=first.receipt.url if named else said.url)
    scene.watch.forward(minutes=minutes)
    forum.replying = raising(InDoubt("tanpa jawaban"))
    scene.replier(forum).reply(inbox.question(scene.ledger, 1), "Terima kasih.")
    scene.listen(forum)
    assert inbox.question(scene.ledger, 1).in_doubt


def test_what_else_we_said_there_does_not_hide_the_proof(scene: Scene) -> None:
    forum = Forum(scene.watch, replying=raising(InDoubt("tanpa jawaban")))
    scene.replier(forum).reply(asked(scene, forum), ANSWER)
    forum.say("p-lelang", ANSWER, parent="r1", ours="yes")
    forum.say("p-lelang", "Silakan cek laman kami.", parent="r1", ours="yes")
    scene.listen(forum)
    assert inbox.question(scene.ledger, 1).in_doubt is None


def test_who_answered_in_the_app_meanwhile_is_not_followed_by_a_second_answer(
    scene: Scene,
) -> None:
    forum = Forum(scene.watch)
    question = asked(scene, forum)
    forum.say("p-lelang", "Senin, Pak.", parent="r1", ours="yes")
    scene.listen(forum)
    with pytest.raises(NotPossible, match="baru saja dijawab orang lain"):
        scene.replier(forum).reply(question, ANSWER)
    seen = inbox.question(scene.ledger, 1)
    assert scene.replier(forum).reply(seen, ANSWER).state is State.DELIVERED


def test_what_somebody_settled_meanwhile_is_not_answered(scene: Scene) -> None:
    forum = Forum(scene.watch)
    question = asked(scene, forum)
    responses.settle(scene.ledger, [1], scene.stamp())
    with pytest.raises(NotPossible, match="ditandai selesai"):
        scene.replier(forum).reply(question, ANSWER)
    assert forum.answers == []


def test_two_officers_do_not_answer_the_same_question(scene: Scene) -> None:
    forum = Forum(scene.watch)
    question = asked(scene, forum)
    scene.replier(forum).reply(question, ANSWER)
    with pytest.raises(NotPossible, match="baru saja dijawab orang lain"):
        scene.replier(forum).reply(question, "Selasa.")
    assert len(forum.answers) == 1


def test_nothing_is_answered_while_everything_is_held(scene: Scene) -> None:
    forum = Forum(scene.watch)
    question = asked(scene, forum)
    pauses.hold(scene.ledger, why="gempa", stamp=scene.stamp())
    with pytest.raises(NotPossible, match=r"ditahan \(gempa\)"):
        scene.replier(forum).reply(question, ANSWER)
    pauses.resume(scene.ledger, stamp=scene.stamp())
    assert scene.replier(forum).reply(question, ANSWER).state is State.DELIVERED


def test_one_answer_at_a_time_and_posts_do_not_wait_for_it(scene: Scene) -> None:
    forum = Forum(scene.watch)
    question = asked(scene, forum)
    with sole_replier(scene.ledger, "warta"):
        assert scene.replier(forum).reply(question, ANSWER).reason == BUSY
        with sole_sender(scene.ledger, "warta") as free:
            assert free
    assert forum.answers == []
    assert inbox.question(scene.ledger, 1).answers == ()


def test_the_forgotten_are_not_answered(scene: Scene) -> None:
    forum = Forum(scene.watch)
    question = asked(scene, forum)
    responses.forget(scene.ledger, NOON + timedelta(days=1), scene.stamp())
    with pytest.raises(NotPossible, match="sudah dihapus"):
        scene.replier(forum).reply(question, ANSWER)


@pytest.mark.parametrize("deed", [replies.settle_not_sent, responses.settle], ids=["reply", "seen"])
def test_an_unknown_number_is_named(scene: Scene, deed: Callable[..., object]) -> None:
    number = [7] if deed is responses.settle else 7
    with pytest.raises(UnknownResponse, match="Tanggapan 7 tidak ada"):
        deed(scene.ledger, number, scene.stamp())


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "forum.example/1"])
def test_an_answer_stands_at_an_address(scene: Scene, url: str) -> None:
    with pytest.raises(NotPossible, match="bukan alamat"):
        replies.settle_sent(scene.ledger, 1, url=url, stamp=scene.stamp())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param("", "kosong", id="nothing"),
        pytest.param(" \n ", "kosong", id="spaces"),
        pytest.param("a\u202eb", "RIGHT-TO-LEFT OVERRIDE", id="bidi"),
        pytest.param("a\x1b[2J", "U+001B", id="escape"),
        pytest.param("a" * 281, "281 dari paling banyak 280. Persingkat 1.", id="too long"),
        pytest.param("記" * 141, "282 dari", id="counted as X counts"),
    ],
)
def test_an_answer_that_cannot_be_sent_says_why(words: str, told: str) -> None:
    with pytest.raises(Unanswerable, match=told.replace("+", r"\+")):
        fitted(words, packaged("x"))


def test_an_answer_that_fits_is_nfc() -> None:
    done = fitted("  Kafe\u0301 👩\u200d⚖️\r\nbaris dua ", packaged("x"))
    assert done.text == "Kafé 👩\u200d⚖️\nbaris dua"
    assert 0 < done.length <= done.limit == 280
