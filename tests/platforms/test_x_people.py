"""What X lets an account hear, answer and count, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from syndication.model import Figures, Payload, Receipt, Response
from syndication.platforms.protocol import Barred, Deferred, Failure, Refused
from syndication.platforms.x.client import XClient
from syndication.platforms.x.replies import QUERY_CHARACTERS, queries
from tests.platforms.fakes.stage import JSON_TYPE, Fault, Reply, Stage, data, playing
from tests.platforms.fakes.x import X
from tests.platforms.samples import NOW
from tests.platforms.spoiled import HASTY, PATIENT, says
from tests.platforms.test_x import TestX as XContract


@dataclass
class Square:
    """An account with one post, and people around it."""

    x: X
    stage: Stage
    client: XClient
    receipt: Receipt

    def said(self, text: str, author: str = "warga", parent: str = "") -> Response:
        number = self.x.say(self.receipt.post_id, author, text, parent)
        heard = self.client.responses([self.receipt], since=NOW)
        return next(each for each in heard if each.id == number)


def post(client: XClient, text: str) -> Receipt:
    payload = Payload("x", text, "https://kpknl.example.go.id/", {"text": text})
    return client.deliver(client.prepare(payload), key="k")


@pytest.fixture
def square() -> Iterator[Square]:
    x = X(secrets=XContract.secrets, username="kpknl_contoh")
    with playing(x) as stage:
        client = XContract().connect(stage.url)
        assert isinstance(client, XClient)
        yield Square(x, stage, client, post(client, "Lelang dibuka."))
    assert x.complaints == []


def test_a_reply_is_shown_as_on_x_itself(square: Square) -> None:
    """X writes the account's name before a reply, and hides it again."""
    heard = square.said("Di mana? https://a.example.go.id/?a=1&b=2 <peta>")
    assert heard.text == "Di mana? https://a.example.go.id/?a=1&b=2 <peta>"
    assert heard.author == "@warga"
    assert heard.url == f"{square.stage.url}/warga/status/{heard.id}"


def test_a_long_reply_is_heard_to_its_end(square: Square) -> None:
    """Those who pay may write more than 280 characters, which X shows only in part."""
    long = " ".join(f"Pertanyaan nomor {number}?" for number in range(40))
    assert square.said(long).text == long


def test_a_whole_conversation_is_heard_our_answers_included(square: Square) -> None:
    question = square.said("Kapan?")
    made = square.client.reply(question, "Senin.", key="k")
    thanks = square.said("Terima kasih!", parent=made.post_id)
    heard = {each.id: each for each in square.client.responses([square.receipt], since=NOW)}
    assert set(heard) == {question.id, made.post_id, thanks.id}
    ours = heard[made.post_id]
    assert (ours.ours, ours.parent, ours.text) == (True, question.id, "Senin.")
    assert thanks.parent == made.post_id
    assert {each.post_id for each in heard.values()} == {square.receipt.post_id}


@pytest.mark.parametrize("count", [1, 12, 13, 40])
def test_questions_are_as_few_as_fit(count: int) -> None:
    numbers = [str(10**18 + number) for number in range(count)]
    asked = list(queries(numbers))
    assert len(asked) == -(-count // 12)
    assert all(len(each) <= QUERY_CHARACTERS for each in asked)
    assert all(sum(number in each for each in asked) == 1 for number in numbers)


def test_x_is_not_asked_further_back_than_it_searches(square: Square) -> None:
    square.x.reach = NOW - timedelta(days=7)
    square.x.say(square.receipt.post_id, "warga", "Kapan?")
    long_ago = datetime(2022, 7, 1, tzinfo=UTC)
    assert len(list(square.client.responses([square.receipt], since=long_ago))) == 1


def test_x_is_not_asked_for_what_was_said_this_moment(square: Square) -> None:
    """X refuses a question that starts within the last ten seconds."""
    list(square.client.responses([square.receipt], since=NOW + timedelta(hours=1)))
    start = datetime.fromisoformat(square.stage.requests[-1].query["start_time"])
    assert start <= NOW - timedelta(seconds=10)


def test_a_post_without_a_number_is_not_asked_for(square: Square) -> None:
    odd = Receipt("by-hand", "https://x.com/kpknl_contoh", NOW)
    square.x.say(square.receipt.post_id, "warga", "Kapan?")
    assert len(list(square.client.responses([odd, square.receipt], since=NOW))) == 1
    assert set(square.client.figures([odd, square.receipt])) == {square.receipt.post_id}
    assert not any("by-hand" in str(request.query) for request in square.stage.requests)


def test_an_answer_to_somebody_who_did_not_name_us_is_refused(square: Square) -> None:
    """The rule of 2026-02-23: answers through the API are for those who asked for one."""
    question = square.said("Kapan?")
    square.x.strangers.add(question.id)
    with pytest.raises(Refused, match="menyebut akun ini"):
        square.client.reply(question, "Senin.", key="k")
    assert len(square.x.published()) == 1


def test_an_answer_to_what_is_gone_is_refused(square: Square) -> None:
    gone = replace(square.said("Kapan?"), id="1")
    with pytest.raises(Refused, match="sudah tidak ada"):
        square.client.reply(gone, "Senin.", key="k")
    assert len(square.x.published()) == 1


def test_the_bill_is_the_one_of_x(square: Square) -> None:
    client, x = square.client, square.x
    square.said("Kapan?")
    square.said("Di mana?", author="tetangga")
    list(client.timeline(NOW))
    client.find(client.prepare(Payload("x", "Lain", "", {"text": "Lain"})), since=NOW, known=())
    list(client.responses([square.receipt], since=NOW))
    client.figures([square.receipt])
    client.probe()
    assert x.billed > 0
    assert x.people > 0
    assert client.take_reads() == x.billed + 2 * x.people
    assert client.take_reads() == 0


CREDITS = '{"title": "CreditsDepleted", "type": "https://api.x.com/2/problems/credits"}'
IN_A_MINUTE = {"x-rate-limit-reset": str(int(NOW.timestamp()) + 60)}


@pytest.mark.parametrize(
    ("fault", "outcome", "wait"),
    [
        pytest.param(says(402, CREDITS, JSON_TYPE), Barred, None, id="the credit is used up"),
        pytest.param(says(429, "", IN_A_MINUTE), Deferred, 60, id="limited, with a reset"),
        pytest.param(Fault(publish=True, then="drip"), Deferred, None, id="answers for ever"),
        pytest.param(
            says(400, '{"title": "Invalid Request"}', JSON_TYPE), Refused, None, id="asked wrongly"
        ),
    ],
)
def test_says_why_nothing_was_read(
    square: Square, fault: Fault, outcome: type[Failure], wait: int | None
) -> None:
    client = XContract().connect(square.stage.url, HASTY if fault.then == "drip" else PATIENT)
    assert isinstance(client, XClient)
    for read in (
        lambda: list(client.responses([square.receipt], since=NOW)),
        lambda: client.figures([square.receipt]),
        lambda: list(client.timeline(NOW)),
    ):
        square.stage.silences.append(fault)
        with pytest.raises(Failure) as caught:
            read()
        assert type(caught.value) is outcome
        expected = None if wait is None else timedelta(seconds=wait)
        assert getattr(caught.value, "retry_after", None) == expected


def test_nothing_is_read_or_answered_where_tls_fails(square: Square) -> None:
    question = square.said("Kapan?")
    client = XContract().connect(square.stage.url.replace("http://", "https://"))
    assert isinstance(client, XClient)
    before = len(square.stage.requests)
    for ask in (
        lambda: list(client.responses([square.receipt], since=NOW)),
        lambda: client.figures([square.receipt]),
        lambda: client.reply(question, "Senin.", key="k"),
    ):
        with pytest.raises(Deferred):
            ask()
    assert len(square.stage.requests) == before


def test_what_did_not_come_is_not_billed(square: Square) -> None:
    square.stage.silences.append(says(503))
    with pytest.raises(Deferred):
        list(square.client.responses([square.receipt], since=NOW))
    assert square.client.take_reads() == 0


def test_clicks_are_told_for_a_month_and_the_rest_for_ever(square: Square) -> None:
    old = replace(post(square.client, "Lama."), at=NOW - timedelta(days=40))
    both = [square.receipt, old]
    for receipt in both:
        square.x.count(receipt.post_id, Figures(views=9, shares=2, clicks=4))
    figures = square.client.figures(both)
    assert figures[square.receipt.post_id].clicks == 4
    assert figures[old.post_id].clicks is None
    assert {each.views for each in figures.values()} == {9}


def test_figures_that_x_keeps_back_do_not_take_the_others_along(square: Square) -> None:
    square.x.count(square.receipt.post_id, Figures(views=9, clicks=4))
    square.x.kept_back.add(square.receipt.post_id)
    figures = square.client.figures([square.receipt])[square.receipt.post_id]
    assert (figures.views, figures.clicks) == (9, None)


class Renamed(X):
    """An X that answers in the words of its API description: posts, reposts."""

    def reply(self, request: object) -> Reply:
        del request
        counts = {"repost_count": 2, "quote_count": 1, "like_count": 3}
        return data(200, {"data": [{"id": "1", "text": "x", "public_metrics": counts}]})


def test_reposts_and_quotes_are_shares_in_either_vocabulary() -> None:
    with playing(Renamed()) as stage:
        client = XContract().connect(stage.url)
        assert isinstance(client, XClient)
        figures = client.figures([Receipt("1", "", NOW)])["1"]
    assert (figures.shares, figures.likes, figures.views) == (3, 3, None)
