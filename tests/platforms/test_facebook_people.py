"""What a Page hears, answers and counts, with the rights that its token has or lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from syndication.model import Figures, Receipt, Response
from syndication.platforms.facebook.client import FacebookClient
from syndication.platforms.protocol import Barred, Deferred, Refused
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.facebook_talk import NAMED, SEEN
from tests.platforms.fakes.stage import JSON_TYPE, Fault, Stage, playing
from tests.platforms.samples import NOW, payload_for
from tests.platforms.spoiled import HASTY, says
from tests.platforms.test_facebook import TestFacebook as FacebookContract

PAGE = "1029384756"
COUNTS = Figures(views=90, likes=8, replies=3, shares=2, clicks=5)


@dataclass
class Square:
    """A Page with one post, and people around it."""

    facebook: Facebook
    stage: Stage
    client: FacebookClient
    receipt: Receipt

    def heard(self) -> list[Response]:
        return list(self.client.responses([self.receipt], since=NOW))


@pytest.fixture
def square() -> Iterator[Square]:
    facebook = Facebook(PAGE, token=FacebookContract.secrets["access_token"])
    with playing(facebook) as stage:
        client = FacebookContract().connect(stage.url)
        assert isinstance(client, FacebookClient)
        payload = payload_for(FacebookContract.channel)
        receipt = client.deliver(client.prepare(payload), key="k")
        yield Square(facebook, stage, client, receipt)
    assert facebook.complaints == []


def test_a_comment_has_the_address_at_which_it_stands(square: Square) -> None:
    square.facebook.say(square.receipt.post_id, "Warga", "Kapan?")
    (heard,) = square.heard()
    assert heard.url == f"{square.receipt.url}?comment_id={heard.id.rpartition('_')[2]}"


def test_every_depth_is_heard_and_the_page_known_again(square: Square) -> None:
    post_id = square.receipt.post_id
    question = square.facebook.say(post_id, "Warga", "Kapan?")
    made = square.client.reply(square.heard()[0], "Senin.", key="k")
    thanks = square.facebook.say(post_id, "Warga", "Terima kasih!", made.post_id)
    heard = {each.id: each for each in square.heard()}
    assert {key: (each.ours, each.parent) for key, each in heard.items()} == {
        question: (False, ""),
        made.post_id: (True, question),
        thanks: (False, made.post_id),
    }


@pytest.mark.parametrize("why", ["without the right to names", "a shy person"])
def test_a_person_whose_name_is_kept_back_is_heard_all_the_same(square: Square, why: str) -> None:
    if why == "a shy person":
        square.facebook.shy.add("Warga")
    else:
        square.facebook.scopes = ("pages_manage_posts", "pages_read_engagement")
    square.facebook.say(square.receipt.post_id, "Warga", "Kapan?")
    (heard,) = square.heard()
    assert (heard.author, heard.text, heard.ours) == ("Pengguna Facebook", "Kapan?", False)


def test_an_answer_to_a_comment_that_is_gone_is_refused(square: Square) -> None:
    square.facebook.say(square.receipt.post_id, "Warga", "Kapan?")
    with pytest.raises(Refused, match="sudah tidak ada"):
        square.client.reply(replace(square.heard()[0], id="1_2"), "Senin.", key="k")


def test_the_figures_are_those_of_the_post(square: Square) -> None:
    square.facebook.count(square.receipt.post_id, COUNTS)
    assert square.client.figures([square.receipt]) == {square.receipt.post_id: COUNTS}


@pytest.mark.parametrize(
    ("scopes", "told"),
    [
        pytest.param((NAMED,), Figures(likes=8, replies=3, shares=2), id="without insights"),
        pytest.param((SEEN,), Figures(views=90, shares=2, clicks=5), id="without people"),
        pytest.param((), Figures(shares=2), id="with neither"),
    ],
)
def test_what_a_token_may_not_see_is_not_told(
    square: Square, scopes: tuple[str, ...], told: Figures
) -> None:
    square.facebook.scopes = ("pages_read_engagement", *scopes)
    square.facebook.count(square.receipt.post_id, COUNTS)
    assert square.client.figures([square.receipt]) == {square.receipt.post_id: told}


def test_a_metric_that_meta_removes_does_not_take_the_others_along(square: Square) -> None:
    square.facebook.metrics = ("post_media_view",)
    square.facebook.count(square.receipt.post_id, COUNTS)
    figures = square.client.figures([square.receipt])[square.receipt.post_id]
    assert (figures.views, figures.clicks, figures.likes) == (90, None, 8)


def test_a_post_that_nobody_shared_was_shared_no_time(square: Square) -> None:
    assert square.client.figures([square.receipt])[square.receipt.post_id].shares == 0


def test_a_token_that_no_longer_opens_the_page_is_not_taken_for_a_post_that_is_gone(
    square: Square,
) -> None:
    gone = '{"error": {"code": 100, "error_subcode": 33, "message": "No such object"}}'
    bad = '{"error": {"code": 190, "message": "Invalid token"}}'
    square.stage.silences.extend([says(400, gone, JSON_TYPE), says(400, bad, JSON_TYPE)])
    with pytest.raises(Barred, match="190"):
        square.heard()
    square.stage.silences.extend([says(400, gone, JSON_TYPE), says(400, bad, JSON_TYPE)])
    with pytest.raises(Barred, match="190"):
        square.client.figures([square.receipt])


def test_an_answer_for_ever_is_given_up(square: Square) -> None:
    client = FacebookContract().connect(square.stage.url, HASTY)
    assert isinstance(client, FacebookClient)
    for read in (
        lambda: list(client.responses([square.receipt], since=NOW)),
        lambda: client.figures([square.receipt]),
    ):
        square.stage.silences.append(Fault(publish=True, then="drip"))
        with pytest.raises(Deferred):
            read()


def test_nothing_is_read_or_answered_where_tls_fails(square: Square) -> None:
    square.facebook.say(square.receipt.post_id, "Warga", "Kapan?")
    (question,) = square.heard()
    client = FacebookContract().connect(square.stage.url.replace("http://", "https://"))
    assert isinstance(client, FacebookClient)
    before = len(square.stage.requests)
    for ask in (
        lambda: list(client.responses([square.receipt], since=NOW)),
        lambda: client.figures([square.receipt]),
        lambda: client.reply(question, "Senin.", key="k"),
    ):
        with pytest.raises(Deferred):
            ask()
    assert len(square.stage.requests) == before


def test_a_limit_reached_while_counting_says_when_to_come_back(square: Square) -> None:
    use = '{"1": [{"type": "pages", "estimated_time_to_regain_access": 7}]}'
    limited = says(
        400,
        '{"error": {"code": 80001, "message": "Too many calls"}}',
        {**JSON_TYPE, "X-Business-Use-Case-Usage": use},
    )
    square.stage.silences.append(limited)
    with pytest.raises(Deferred) as caught:
        square.client.figures([square.receipt])
    assert caught.value.retry_after == timedelta(minutes=7)
