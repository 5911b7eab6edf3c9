from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from syndication.cli.monthly_words import account_row, written
from syndication.ledger import approvals, figures, inbox, responses
from syndication.ledger.period import Period
from syndication.ledger.reads import record_reads
from syndication.listen.accounting import Account, account, total
from syndication.model import Figures
from syndication.office import Office, Terms
from tests.listen.scene import JAKARTA, Forum, Scene

NOVEMBER = Period(datetime(2026, 11, 1, tzinfo=JAKARTA), datetime(2026, 12, 1, tzinfo=JAKARTA))
DECEMBER = Period(NOVEMBER.end, datetime(2027, 1, 1, tzinfo=JAKARTA))
PRICED = Office(zone=JAKARTA, channels={"warta": Terms(price=Decimal("0.015"))})


def drawn(scene: Scene, period: Period = NOVEMBER, *channels: str) -> Account:
    return account(scene.ledger, PRICED, channels or ("warta",), period)


def count(scene: Scene, name: str, **counts: int) -> None:
    day = scene.watch().astimezone(JAKARTA).date()
    figures.record(
        scene.ledger, "warta", {f"p-{name}": Figures(**counts)}, day=day, at=scene.watch()
    )


def test_a_month_without_anything_is_told_as_well(anywhere: Scene) -> None:
    report = drawn(anywhere, NOVEMBER, "warta", "kabar")
    assert [each.channel for each in report.channels] == ["kabar", "warta"]
    assert report.total.posts == 0
    assert report.total.gained == Figures()
    text = "\n".join(written(report, datetime(2026, 11, 30, tzinfo=JAKARTA)))
    assert "# Saluran resmi, November 2026" in text
    assert "| **Semua** | 0 | 0 | 0 | 0 | – |" in text
    assert "Belum ada." in text


def test_posts_count_in_the_month_in_which_they_went_out(anywhere: Scene) -> None:
    anywhere.post("satu")
    anywhere.post("dua", channel="kabar")
    anywhere.watch.time = datetime(2026, 11, 30, 17, 30, tzinfo=UTC)  # December in Jakarta
    anywhere.post("tiga")
    assert [each.posts for each in drawn(anywhere).channels] == [1, 1]
    assert [each.posts for each in drawn(anywhere, DECEMBER).channels] == [1]
    assert drawn(anywhere, DECEMBER).total.cost_of_posts == Decimal("0.015")


def test_answers_are_measured_from_the_question(anywhere: Scene) -> None:
    forum = Forum(anywhere.watch)
    anywhere.post("lelang")
    for number in range(4):
        forum.say("p-lelang", f"Pertanyaan {number}")
    anywhere.listen(forum)
    for number, minutes in ((1, 10), (2, 80)):
        anywhere.watch.forward(minutes=minutes)
        question = inbox.question(anywhere.ledger, number)
        anywhere.replier(forum).reply(question, "Senin.")
    responses.settle(anywhere.ledger, [3], anywhere.stamp())
    talk = drawn(anywhere).total.talk
    assert (talk.heard, talk.answered, talk.seen, talk.waiting) == (4, 2, 1, 1)
    assert talk.until_answered == timedelta(minutes=50)


def test_the_account_outlives_what_is_forgotten(scene: Scene) -> None:
    forum = Forum(scene.watch)
    scene.post("lelang")
    forum.say("p-lelang", "Kapan?")
    scene.listen(forum)
    before = drawn(scene)
    responses.forget(scene.ledger, scene.watch() + timedelta(days=1), scene.stamp())
    assert drawn(scene) == before


def test_growth_of_a_month_is_no_growth_of_another(anywhere: Scene) -> None:
    anywhere.post("lelang")
    count(anywhere, "lelang", views=100, likes=5)
    anywhere.watch.forward(hours=2)
    count(anywhere, "lelang", views=130, likes=6)
    anywhere.watch.forward(days=10)
    count(anywhere, "lelang", views=150, likes=6, shares=2)
    first, second = drawn(anywhere).total.gained, drawn(anywhere, DECEMBER).total.gained
    assert (first.views, first.likes, first.shares) == (130, 6, None)
    assert (second.views, second.likes, second.shares) == (20, 0, 2)


def test_an_old_post_gains_only_from_its_first_count_on(scene: Scene) -> None:
    scene.post("lama")
    scene.watch.forward(days=10)
    count(scene, "lama", views=1000)
    scene.watch.forward(days=1)
    count(scene, "lama", views=1010)
    assert drawn(scene, DECEMBER).total.gained.views == 10


def test_the_best_articles_come_first_over_all_their_channels(scene: Scene) -> None:
    scene.post("sepi")
    scene.post("ramai")
    scene.post("ramai", channel="kabar")
    count(scene, "sepi", views=3)
    count(scene, "ramai", views=2)
    day = scene.watch().date()
    also = {"p-ramai": Figures(views=2, likes=1)}
    figures.record(scene.ledger, "kabar", also, day=day, at=scene.watch())
    report = drawn(scene)
    assert [(each.article_id, each.gained.views) for each in report.articles] == [
        ("ramai", 4),
        ("sepi", 3),
    ]


def test_reading_costs_in_its_month(scene: Scene) -> None:
    with scene.ledger.writing() as connection:
        record_reads(connection, "warta", NOVEMBER.first, 10, Decimal("0.05"))
        record_reads(connection, "warta", NOVEMBER.after, 99, Decimal(1))
    month = drawn(scene).total
    assert (month.reads, month.cost_of_reads) == (10, Decimal("0.05"))


def test_what_is_refused_counts_until_it_went_out_after_all(scene: Scene) -> None:
    entry = scene.queue("ditolak")
    approvals.reject(scene.ledger, entry.id, why="salah angka", stamp=scene.stamp())
    assert drawn(scene).total.refused == 1


def test_the_tables_can_be_pasted(scene: Scene) -> None:
    scene.post("lelang")
    count(scene, "lelang", views=12345, likes=0)
    report = drawn(scene)
    odd = replace(report.articles[0], title="A | B\n[c](javascript:x) *d*")
    text = "\n".join(
        written(replace(report, articles=(odd,)), datetime(2026, 11, 30, tzinfo=JAKARTA))
    )
    assert "| warta | 12.345 | 0 | – | – | – |" in text
    assert "| warta | US$0,015 | – | US$0,015 |" in text
    assert r"[A \| B \[c\](javascript:x) \*d\*](https://kpknl.example/lelang.html)" in text
    rows = [line for line in text.split("\n") if line.startswith("|")]
    widths = {line.replace(r"\|", "").count("|") for line in rows}
    assert widths == {5, 6, 7}


def test_programs_get_exact_amounts(scene: Scene) -> None:
    scene.post("lelang")
    row = json.loads(json.dumps(account_row(drawn(scene))))
    assert row["month"] == "2026-11"
    assert row["total"]["cost_of_posts"] == "0.015"


@pytest.mark.parametrize(
    ("parts", "sum_"),
    [
        ([], Figures()),
        ([Figures(views=1), Figures(views=2, likes=0)], Figures(views=3, likes=0)),
        ([Figures(), Figures(shares=1)], Figures(shares=1)),
    ],
    ids=["nothing", "both say", "one says"],
)
def test_what_nobody_says_stays_unsaid(parts: list[Figures], sum_: Figures) -> None:
    assert total(parts) == sum_
