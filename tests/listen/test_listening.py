from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from syndication.ledger import figures, inbox, listened, responses
from syndication.ledger.events import Stamp
from syndication.ledger.locks import sole_listener, sole_sender
from syndication.ledger.queries import verify_chain
from syndication.ledger.reads import cost_since
from syndication.listen.listening import BUSY, DEAF, OVERLAP
from syndication.listen.replying import SKEW
from syndication.model import Figures, Heed, Receipt, Response
from syndication.office import Terms
from syndication.platforms.protocol import Barred, Deferred
from tests.deliver.clients import Broken
from tests.deliver.scene import NOON
from tests.listen.scene import Billed, Forum, Scene

DAY = NOON.date()


def test_what_people_say_waits_with_its_article_newest_first(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    entry = anywhere.post("lelang")
    anywhere.watch.forward(minutes=5)
    forum.say("p-lelang", "Kapan dibuka?")
    anywhere.watch.forward(minutes=5)
    forum.say("p-lelang", "Di mana?", author="Warga Dua")
    assert anywhere.listen(forum).heard == 2
    newest, oldest = anywhere.waiting()
    assert (newest.said.text, oldest.said.text) == ("Di mana?", "Kapan dibuka?")
    assert (newest.said.author, newest.title, newest.entry_id) == (
        "Warga Dua",
        "Judul lelang",
        entry.id,
    )
    assert newest.said == forum.said[1]
    assert verify_chain(anywhere.ledger) is None


def test_listening_again_changes_nothing(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    anywhere.post("lelang")
    forum.say("p-lelang", "Kapan dibuka?")
    forum.said.append(forum.said[0])
    assert [anywhere.listen(forum).heard for _ in range(3)] == [1, 0, 0]
    assert len(anywhere.waiting()) == 1
    assert anywhere.events("heard") == ["heard"]


def test_each_look_reaches_into_the_one_before(scene: Scene) -> None:
    forum = Forum(scene.watch)
    scene.post("lelang")
    scene.watch.forward(hours=3)
    scene.listen(forum)
    scene.watch.forward(hours=3)
    scene.listen(forum)
    first, second = (since for since, _ in forum.asked)
    assert first == NOON - SKEW
    assert second == NOON + timedelta(hours=3) - OVERLAP


class Short(Forum):
    """A forum that shows one word at a time, and forgets it once it hears that it is kept."""

    forgotten: int = 0

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        self.asked.append((since, len(receipts)))
        yield self.said[self.forgotten]
        if len(self.said) > self.forgotten + 1:
            raise Deferred("Forum: masih ada.")

    def kept(self) -> None:
        assert self.seen() == self.forgotten + 1
        self.forgotten += 1

    seen: Callable[[], int]


def test_a_platform_that_forgets_is_told_only_what_is_kept(scene: Scene) -> None:
    forum = Short(scene.watch)
    forum.seen = lambda: len(scene.waiting())
    scene.post("lelang")
    forum.say("p-lelang", "Kapan dibuka?")
    forum.say("p-lelang", "Di mana?")
    assert [scene.listen(forum).trouble for _ in range(2)] == ["Forum: masih ada.", ""]
    assert (forum.forgotten, len(scene.waiting())) == (2, 2)
    assert forum.asked[0][0] == forum.asked[1][0]


def test_what_came_before_a_failure_is_kept_and_the_rest_is_asked_again(scene: Scene) -> None:
    forum = Forum(scene.watch, fails=Deferred("Forum: sedang sibuk."))
    scene.post("lelang")
    forum.say("p-lelang", "Kapan dibuka?")
    look = scene.listen(forum)
    assert (look.heard, look.trouble) == (1, "Forum: sedang sibuk.")
    assert listened.last(scene.ledger)["warta"].failure == "Forum: sedang sibuk."
    scene.watch.forward(days=2)
    forum.fails = None
    assert scene.listen(forum).trouble == ""
    assert forum.asked[0][0] == forum.asked[1][0]
    assert listened.last(scene.ledger)["warta"].failure == ""


def test_a_bug_tells_its_place_and_no_secret(scene: Scene) -> None:
    forum = Forum(scene.watch, fails=RuntimeError("token=RAHASIA"))
    scene.post("lelang")
    trouble = scene.listen(forum).trouble
    assert "RuntimeError" in trouble
    assert "RAHASIA" not in trouble


def test_a_barred_account_pauses_nothing(scene: Scene) -> None:
    scene.post("lelang")
    assert scene.listen(Forum(scene.watch, fails=Barred("Token ditolak."))).trouble
    assert scene.events("paused") == []


def test_a_platform_that_says_nothing_is_no_trouble(scene: Scene) -> None:
    look = scene.listen(Broken())
    assert (look.aside, look.trouble) == (DEAF, "")


def test_only_one_listens_and_nobody_who_sends_is_in_its_way(scene: Scene) -> None:
    forum = Forum(scene.watch)
    scene.post("lelang")
    with sole_listener(scene.ledger, "warta") as alone:
        assert alone
        assert scene.listen(forum).aside == BUSY
    with sole_sender(scene.ledger, "warta") as alone:
        assert alone
        assert scene.listen(forum).aside == ""


def test_old_posts_are_no_longer_looked_at(scene: Scene) -> None:
    forum = Forum(scene.watch)
    scene.post("lama")
    scene.watch.forward(days=31)
    scene.listen(forum)
    assert forum.asked == []
    scene.post("baru")
    scene.post("lain", channel="kabar")
    scene.listen(forum)
    assert [posts for _, posts in forum.asked] == [1]


def test_the_office_that_answers_elsewhere_has_answered(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    anywhere.post("lelang")
    question = forum.say("p-lelang", "Kapan dibuka?")
    anywhere.listen(forum)
    anywhere.watch.forward(minutes=9)
    forum.say("p-lelang", "Senin.", parent=question.id, ours="yes")
    assert anywhere.listen(forum).heard == 0
    assert anywhere.waiting() == []
    (said,) = inbox.everything(anywhere.ledger)
    assert (said.heed, said.settled_by, said.settled_at) == (
        Heed.ANSWERED,
        "",
        NOON + timedelta(minutes=9),
    )


# -- what reading costs


def test_a_channel_without_money_left_is_skipped(scene: Scene) -> None:
    scene.terms = Terms(budget=Decimal("0.004"))
    forum = Billed(scene.watch)
    scene.post("lelang")
    look = scene.listen(forum, price="0.005")
    assert "anggaran bulan ini tidak cukup" in look.aside
    assert look.trouble == ""
    assert (forum.asked, forum.measured) == ([], [])


def test_reading_stops_where_the_money_ends_and_goes_on_when_there_is_more(scene: Scene) -> None:
    scene.terms = Terms(budget=Decimal("0.012"))
    forum = Billed(scene.watch)
    scene.post("lelang")
    for number in range(9):
        forum.say("p-lelang", f"Nomor {number}")
    look = scene.listen(forum, price="0.005")
    assert (look.heard, look.reads, look.cost) == (3, 3, Decimal("0.015"))
    assert "anggaran" in look.aside
    scene.terms = Terms(budget=Decimal(1))
    assert scene.listen(forum, price="0.005").heard == 6


def test_what_was_read_is_paid_for_however_it_ended(scene: Scene) -> None:
    forum = Billed(scene.watch, fails=Deferred("sibuk"))
    scene.post("lelang")
    forum.say("p-lelang", "Kapan?")
    scene.listen(forum, price="0.005")
    with scene.ledger.reading() as connection:
        assert cost_since(connection, "warta", DAY) == Decimal("0.01")


def test_what_was_read_counts_against_the_budget_of_the_month(scene: Scene) -> None:
    scene.terms = Terms(budget=Decimal("0.02"))
    forum = Billed(scene.watch)
    scene.post("lelang")
    for number in range(3):
        forum.say("p-lelang", f"Nomor {number}")
    assert scene.listen(forum, price="0.005").heard == 3
    scene.watch.forward(hours=2)
    forum.say("p-lelang", "Satu lagi")
    assert "anggaran" in scene.listen(forum, price="0.005").aside
    scene.watch.forward(days=10)
    assert scene.listen(forum, price="0.005").heard == 1


def test_figures_are_bought_once_a_day(scene: Scene) -> None:
    forum = Billed(scene.watch, counted={"p-lelang": Figures(views=5)})
    scene.post("lelang")
    for hours in (0, 1, 24):
        scene.watch.forward(hours=hours)
        scene.listen(forum, price="0.005")
    assert forum.measured == [1, 1]


def test_figures_that_cost_nothing_are_always_fresh(scene: Scene) -> None:
    forum = Forum(scene.watch, counted={"p-lelang": Figures(views=5, likes=0)})
    scene.post("lelang")
    assert scene.listen(forum).measured == 1
    forum.counted["p-lelang"] = Figures(views=9, likes=1)
    scene.watch.forward(hours=1)
    assert scene.listen(forum).measured == 1
    assert figures.counted_on(scene.ledger, "warta", DAY) == {"p-lelang"}


# -- what is forgotten


def test_names_and_words_are_gone_after_their_time(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    anywhere.post("lelang")
    forum.say("p-lelang", "Nomor saya 0812-RAHASIA", author="Warga Tertentu")
    anywhere.listen(forum)
    stamp = Stamp(NOON + timedelta(days=90), "timer")
    assert responses.forget(anywhere.ledger, NOON, stamp) == responses.Forgotten(0, 0)
    gone = responses.forget(anywhere.ledger, NOON + timedelta(seconds=1), stamp)
    assert gone == responses.Forgotten(1, 1)
    assert anywhere.waiting() == []
    assert anywhere.listen(forum).heard == 0
    assert responses.forget(anywhere.ledger, stamp.at, stamp) == responses.Forgotten(0, 0)
    assert verify_chain(anywhere.ledger) is None


def test_what_is_forgotten_stands_nowhere_in_the_file(scene: Scene) -> None:
    forum = Forum(scene.watch)
    scene.post("lelang")
    forum.say("p-lelang", "Nomor saya 0812-RAHASIA", author="Warga Tertentu")
    scene.listen(forum)
    file = scene.ledger.file
    assert file
    assert b"0812-RAHASIA" in file.read_bytes()
    assert "RAHASIA" not in scene.chain()
    assert "Warga Tertentu" not in scene.chain()
    responses.forget(scene.ledger, NOON + timedelta(days=1), scene.stamp())
    scene.ledger.close()
    left = file.read_bytes()
    for personal in (b"0812-RAHASIA", b"Warga Tertentu", b"forum.example/1"):
        assert personal not in left


@pytest.mark.parametrize("numbers", [[1, 2], [2, 1, 1]], ids=["in order", "twice"])
def test_what_was_seen_waits_no_longer(scene: Scene, numbers: list[int]) -> None:
    forum = Forum(scene.watch)
    scene.post("lelang")
    forum.say("p-lelang", "Bagus!")
    forum.say("p-lelang", "Terima kasih.")
    scene.listen(forum)
    assert responses.settle(scene.ledger, numbers, scene.stamp()) == 2
    assert responses.settle(scene.ledger, numbers, scene.stamp()) == 0
    assert scene.waiting() == []
    assert scene.events("seen") == ["seen", "seen"]
