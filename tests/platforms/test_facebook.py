from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication.model import JSON, Channel, Payload, Response
from syndication.platforms import registry
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.facebook.client import FacebookClient
from syndication.platforms.facebook.page import post_url
from syndication.platforms.facebook.probing import health
from syndication.platforms.meta import retry_after
from syndication.platforms.protocol import (
    Barred,
    InDoubt,
    Listable,
    NotSetUp,
    Probeable,
    Refused,
    Secret,
    Sign,
)
from tests.platforms.contract import Contract, do_everything, says
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.graph import worded
from tests.platforms.fakes.pictures import album
from tests.platforms.fakes.specs import GraphDescription, folder
from tests.platforms.fakes.stage import Reply, Request, Stage, data, playing
from tests.platforms.samples import NOW, clock, payload_for, pictured

PAGE = "1029384756"
ANOTHER = "token-lain"


class TestFacebook(Contract):
    channel: ClassVar[Channel] = Channel("fb-id", "facebook", "id", options={"page_id": PAGE})
    secrets: ClassVar[dict[str, str]] = {"access_token": "EAAB-token/halaman+rahasia=1"}
    errors = "syndication.platforms.facebook"

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        facebook = Facebook(PAGE, token=self.secrets["access_token"], minds_repeats=False)
        with playing(facebook) as stage:
            yield stage
        assert facebook.complaints == []

    def worded(self, error: DocumentedError) -> Reply:
        return worded(error)


def test_every_request_is_one_that_meta_describes() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: Meta's description of the Graph API is not at hand")
    description = GraphDescription(specs)
    assert "bold" in description.wrong_with("Page", "POST", "feed", {"bold": "true"})
    facebook = Facebook(PAGE, description=description)
    with playing(facebook) as stage, album() as site:
        client = TestFacebook().connect(stage.url)
        payload = payload_for(TestFacebook.channel)
        do_everything(client, payload)
        assert isinstance(client, FacebookClient)
        receipt = client.deliver(client.prepare(pictured(payload, f"{site}/foto.jpg")), key="k")
        comment = facebook.say(receipt.post_id, "warga", "Kapan?")
        client.reply(Response(comment, receipt.post_id, "", "", "", NOW), "Senin.", key="k")
        asked = {f"{each.method} {each.path.rpartition('/')[2]}" for each in stage.requests}
        assert asked >= {
            "POST photos",
            "POST feed",
            "POST comments",
            "GET comments",
            "GET insights",
        }
    assert facebook.complaints == []


class WithoutCards(Facebook):
    """A Facebook that cannot refresh a card, and says so as it is told."""

    def __init__(self, answer: Reply) -> None:
        super().__init__(PAGE)
        self.answer = answer

    def reply(self, request: Request) -> Reply:
        return self.answer if request.path == "/v26.0/" else super().reply(request)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(data(400, {"error": {"code": 1609005, "message": "No."}}), id="unreadable"),
        pytest.param(data(400, {"error": {"code": 4, "message": "Slow down"}}), id="limited"),
        pytest.param(Reply(500, "<h1>Error</h1>", {"Content-Type": "text/html"}), id="500"),
        pytest.param(Reply(200, ""), id="empty, without a type"),
    ],
)
def test_a_card_that_cannot_be_refreshed_loses_no_post(answer: Reply) -> None:
    with playing(WithoutCards(answer)) as stage:
        client = TestFacebook().connect(stage.url)
        prepared = client.prepare(payload_for(TestFacebook.channel))
        assert prepared.ids["card"] != "refreshed"
        client.deliver(prepared, key="k")
        assert len(stage.published()) == 1


def test_the_card_is_refreshed_before_the_post() -> None:
    facebook = Facebook(PAGE)
    with playing(facebook) as stage:
        client = TestFacebook().connect(stage.url)
        payload = payload_for(TestFacebook.channel)
        assert client.prepare(payload).ids == {"card": "refreshed"}
        assert facebook.scraped == [payload.link]


def test_the_same_text_twice_is_in_doubt() -> None:
    with playing(Facebook(PAGE)) as stage:
        client = TestFacebook().connect(stage.url)
        prepared = client.prepare(payload_for(TestFacebook.channel))
        client.deliver(prepared, key="k")
        with pytest.raises(InDoubt, match="506"):
            client.deliver(prepared, key="k")
        assert len(stage.published()) == 1


def test_an_id_with_a_status_of_failure_is_no_success() -> None:
    """facebook-sdk never looks at the status: a 503 with an id passes as success there."""
    with playing(Facebook(PAGE)) as stage:
        stage.faults.append(
            says(503, f'{{"id": "{PAGE}_1"}}', {"Content-Type": "application/json"})
        )
        client = TestFacebook().connect(stage.url)
        with pytest.raises(InDoubt):
            client.deliver(client.prepare(payload_for(TestFacebook.channel)), key="k")


def _usage(minutes: object) -> dict[str, str]:
    use = {"type": "pages", "call_count": 100, "estimated_time_to_regain_access": minutes}
    return {"x-business-use-case-usage": json.dumps({PAGE: [use]})}


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        pytest.param({}, None, id="no word"),
        pytest.param(_usage(19), timedelta(minutes=19), id="minutes"),
        pytest.param(_usage(0), None, id="nothing to wait for"),
        pytest.param(_usage("soon"), None, id="no number"),
        pytest.param(_usage(10**12), None, id="beyond all reason"),
        pytest.param({"retry-after": "90"}, timedelta(seconds=90), id="the standard header"),
        pytest.param({"x-business-use-case-usage": "<html>"}, None, id="no JSON"),
        pytest.param({"x-business-use-case-usage": "[1]"}, None, id="no object"),
    ],
)
def test_waits_as_long_as_meta_says(headers: dict[str, str], wait: timedelta | None) -> None:
    assert retry_after(Answer(400, headers, ""), NOW) == wait


@pytest.mark.parametrize(
    ("host", "post_id", "url"),
    [
        ("", f"{PAGE}_77", f"https://www.facebook.com/{PAGE}/posts/77"),
        ("https://graph.facebook.com", "77", f"https://www.facebook.com/{PAGE}/posts/77"),
        ("http://127.0.0.1:81", f"{PAGE}_77", f"http://127.0.0.1:81/{PAGE}/posts/77"),
    ],
)
def test_says_where_a_post_stands(host: str, post_id: str, url: str) -> None:
    channel = Channel("fb", "facebook", "id", options={"page_id": PAGE, "host": host})
    assert post_url(channel, post_id) == url


def test_wants_the_number_of_the_page() -> None:
    channel = Channel("fb", "facebook", "id", options={"page_id": "kpknl"})
    with pytest.raises(NotSetUp, match="page_id"):
        registry.client_for(channel, {"access_token": Secret("x")}, clock)


def test_the_fake_sees_an_unknown_parameter() -> None:
    """The fake is worth something only if it complains."""
    with playing(Facebook(PAGE)) as stage:
        client = TestFacebook().connect(stage.url)
        bold = Payload("facebook", "Halo", "https://a.id/", {"message": "Halo", "bold": "true"})
        with pytest.raises(Refused, match="bold"):
            client.deliver(client.prepare(bold), key="k")


def test_a_timeline_is_read_page_by_page_to_its_end() -> None:
    with playing(Facebook(PAGE, page_size=2)) as stage:
        client = TestFacebook().connect(stage.url)
        assert isinstance(client, Listable)
        for number in range(5):
            body: dict[str, JSON] = {"message": f"Lelang {number}", "link": "https://a.id/"}
            client.deliver(client.prepare(Payload("facebook", "", "https://a.id/", body)), key="k")
        seen = list(client.timeline(NOW))
        assert [each.text for each in seen] == [f"Lelang {number}" for number in (4, 3, 2, 1, 0)]
        assert {each.links for each in seen} == {("https://a.id/",)}


DAY = 24 * 3600
NEXT_YEAR = int(NOW.timestamp()) + 365 * DAY


@pytest.mark.parametrize(
    ("facebook", "about", "sign"),
    [
        pytest.param(Facebook(PAGE), "token", Sign.GOOD, id="for ever"),
        pytest.param(Facebook(PAGE, expires_at=NEXT_YEAR), "token", Sign.GOOD, id="for a year"),
        pytest.param(
            Facebook(PAGE, expires_at=int(NOW.timestamp()) + DAY),
            "token",
            Sign.BAD,
            id="until tomorrow",
        ),
        pytest.param(Facebook(PAGE, kind="USER"), "token", Sign.BAD, id="a person's token"),
        pytest.param(
            Facebook(PAGE, scopes=("pages_manage_posts",)), "scope", Sign.BAD, id="cannot read"
        ),
    ],
)
def test_tells_what_a_token_may_do(facebook: Facebook, about: str, sign: Sign) -> None:
    with playing(facebook) as stage:
        client = TestFacebook().connect(stage.url)
        assert isinstance(client, Probeable)
        assert getattr(client.probe(), about).sign is sign
        assert stage.published() == []
    assert facebook.complaints == []


@pytest.mark.parametrize("right", ["pages_read_user_content", "read_insights"])
def test_tells_which_right_to_hear_or_count_is_lacking(right: str) -> None:
    whole = (*Facebook(PAGE).scopes, "pages_manage_engagement")
    for scopes in (whole, tuple(scope for scope in whole if scope != right)):
        with playing(Facebook(PAGE, scopes=scopes)) as stage:
            client = TestFacebook().connect(stage.url)
            assert isinstance(client, Probeable)
            scope = client.probe().scope
        assert scope.sign is Sign.GOOD
        assert (right in scope.says) is (right not in scopes)


def test_a_token_that_is_no_good_bars() -> None:
    with playing(Facebook(PAGE, token=ANOTHER)) as stage:
        client = TestFacebook().connect(stage.url)
        assert isinstance(client, Probeable)
        with pytest.raises(Barred, match="190"):
            client.probe()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(data(400, {"error": {"code": 100, "message": "No."}}), id="refused"),
        pytest.param(data(200, [{"code": 400, "body": "{}"}]), id="refused within"),
        pytest.param(data(200, [None]), id="nothing within"),
        pytest.param(Reply(200, "<html>"), id="no JSON"),
    ],
)
def test_a_token_that_may_not_ask_for_itself_is_still_tried(answer: Reply) -> None:
    with playing(WithoutCards(answer)) as stage:
        client = TestFacebook().connect(stage.url)
        assert isinstance(client, Probeable)
        health = client.probe()
        assert (health.token.sign, health.scope.sign) == (Sign.GOOD, Sign.UNKNOWN)


@pytest.mark.parametrize(
    ("use", "sign"),
    [
        pytest.param({}, Sign.UNKNOWN, id="no word"),
        pytest.param({"x-app-usage": '{"call_count": 28}'}, Sign.GOOD, id="a quarter"),
        pytest.param({"x-app-usage": '{"total_time": 100}'}, Sign.BAD, id="all"),
        pytest.param(_usage(5), Sign.BAD, id="all of a business"),
        pytest.param({"x-app-usage": "[" * 20_000}, Sign.UNKNOWN, id="nonsense"),
    ],
)
def test_tells_how_much_is_used_up(use: dict[str, str], sign: Sign) -> None:
    page = Answer(200, use, "{}")
    assert health(page, Answer(200, {}, "[]"), NOW).quota.sign is sign
