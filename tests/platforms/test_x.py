from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication.model import JSON, Channel, Payload, Response
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.protocol import Barred, Listable, Probeable, Refused, Sign
from syndication.platforms.x.account import post_url
from syndication.platforms.x.client import XClient
from syndication.platforms.x.trouble import retry_after
from tests.platforms.contract import Contract, do_everything
from tests.platforms.fakes.pictures import album
from tests.platforms.fakes.specs import XDescription, folder
from tests.platforms.fakes.stage import JSON_TYPE, Reply, Request, Stage, data, playing
from tests.platforms.fakes.x import X
from tests.platforms.samples import NOW, payload_for, pictured

PROBLEM = data(401, {"title": "Unauthorized", "type": "about:blank", "status": 401})

START = int(NOW.timestamp())


class TestX(Contract):
    channel: ClassVar[Channel] = Channel("x-id", "x", "id", account="@kpknl_contoh")
    secrets: ClassVar[dict[str, str]] = {
        "consumer_key": "ck/Kunci+Konsumen=1",
        "consumer_secret": "cs-rahasia-konsumen-2",
        "access_token": "1234567890-tokenAkses3",
        "access_token_secret": "ats-rahasia-token-4",
    }
    errors = "syndication.platforms.x"

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        x = X(secrets=self.secrets, username="KPKNL_contoh", minds_repeats=False)
        with playing(x) as stage:
            yield stage
        assert x.complaints == []

    def worded(self, error: DocumentedError) -> Reply:
        kind = error.says if error.says.startswith("/") else ""
        body: dict[str, object] = {
            "type": f"https://api.x.com/2{kind}" if kind else "about:blank",
            "title": "Forbidden",
            "detail": f"You see: {error.says}.",
        }
        if error.code:
            body = {"errors": [{"code": error.code, "message": error.says or "No."}]}
        return data(error.status or 403, body)


def test_every_request_is_one_that_x_describes() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: X's OpenAPI document is not at hand")
    description = XDescription(specs)
    bold = Request("POST", "/2/tweets", {}, JSON_TYPE, b'{"text": "Halo", "bold": true}')
    assert "bold" in description.wrong_with(bold)
    x = X(description=description)
    with playing(x) as stage, album() as site:
        client = TestX().connect(stage.url)
        do_everything(client, pictured(payload_for(TestX.channel), f"{site}/foto.jpg"))
        assert isinstance(client, XClient)
        receipt = client.deliver(client.prepare(_payload({"text": "Halo"})), key="k")
        asked = Response(
            x.say(receipt.post_id, "warga", "Kapan?"), receipt.post_id, "", "", "", NOW
        )
        client.reply(asked, "Senin.", key="k")
        assert {f"{each.method} {each.path}" for each in stage.requests} >= {
            "GET /2/tweets",
            "POST /2/tweets",
            "POST /2/media/upload",
            "POST /2/media/metadata",
            "GET /2/tweets/search/recent",
        }
    assert x.complaints == []


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        pytest.param({}, None, id="no word"),
        pytest.param({"x-rate-limit-reset": str(START + 300)}, 300, id="the window's reset"),
        pytest.param({"x-rate-limit-reset": str(START - 5)}, 0, id="a reset that is past"),
        pytest.param({"retry-after": "90"}, 90, id="the standard header, in seconds"),
        pytest.param(
            {"retry-after": "Tue, 24 Nov 2026 03:01:00 GMT"},
            60,
            id="the standard header, as a date",
        ),
        pytest.param({"retry-after": "9" * 30}, None, id="the standard header, beyond reason"),
        pytest.param({"retry-after": "a while"}, None, id="the standard header, unreadable"),
        pytest.param({"x-rate-limit-reset": "soon"}, None, id="no number"),
        pytest.param({"x-rate-limit-reset": "9" * 30}, None, id="no date"),
        pytest.param({"x-rate-limit-reset": f"{START}000"}, None, id="milliseconds"),
        pytest.param(
            {
                "x-rate-limit-remaining": "41",
                "x-rate-limit-reset": str(START + 300),
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": str(START + 7200),
            },
            7200,
            id="the day's limit is used up, the window's is not",
        ),
    ],
)
def test_waits_as_long_as_x_says(headers: dict[str, str], wait: int | None) -> None:
    expected = None if wait is None else timedelta(seconds=wait)
    assert retry_after(Answer(429, headers, ""), NOW) == expected


@pytest.mark.parametrize(
    ("account", "host", "url"),
    [
        ("@kpknl", "", "https://x.com/kpknl/status/12"),
        ("kpknl", "https://api.x.com", "https://x.com/kpknl/status/12"),
        ("", "", "https://x.com/i/web/status/12"),
        ("kpknl", "http://127.0.0.1:81/", "http://127.0.0.1:81/kpknl/status/12"),
    ],
)
def test_says_where_a_post_stands(account: str, host: str, url: str) -> None:
    channel = Channel("x", "x", "id", account=account, options={"host": host})
    assert post_url(channel, "12") == url


def _payload(body: dict[str, JSON]) -> Payload:
    return Payload("x", "Halo", "https://kpknl.example.go.id/", body)


def test_the_fake_sees_a_wrong_signature_and_an_unknown_field() -> None:
    """The fake is worth something only if it complains."""
    x = X(secrets=dict.fromkeys(TestX.secrets, "other"))
    with playing(x) as stage:
        client = TestX().connect(stage.url)
        with pytest.raises(Refused, match="signature"):
            client.deliver(client.prepare(_payload({"text": "Halo"})), key="k")
    x = X()
    with playing(x) as stage:
        client = TestX().connect(stage.url)
        with pytest.raises(Refused, match="bold"):
            client.deliver(client.prepare(_payload({"text": "Halo", "bold": True})), key="k")
    assert x.published() == []


def test_a_timeline_is_read_page_by_page_to_its_end() -> None:
    x = X(page_size=2)
    with playing(x) as stage:
        client = TestX().connect(stage.url)
        assert isinstance(client, Listable)
        for number in range(5):
            body: dict[str, JSON] = {"text": f"Lelang {number} & <lain>"}
            client.deliver(client.prepare(_payload(body)), key="k")
        texts = [seen.text for seen in client.timeline(NOW)]
        assert texts == [f"Lelang {number} & <lain>" for number in (4, 3, 2, 1, 0)]
        assert x.billed == 5


class Circle(X):
    """An X whose every page of a timeline names the same one as the next."""

    def reply(self, request: Request) -> Reply:
        if request.path.endswith("/tweets") and request.method == "GET":
            return data(200, {"data": [], "meta": {"result_count": 0, "next_token": "x"}})
        return super().reply(request)


def test_a_timeline_that_runs_in_a_circle_ends() -> None:
    with playing(Circle()) as stage:
        client = TestX().connect(stage.url)
        assert isinstance(client, Listable)
        assert list(client.timeline(NOW)) == []
        assert len(stage.requests) == 2


def test_only_what_is_read_is_billed() -> None:
    x = X()
    with playing(x) as stage:
        client = TestX().connect(stage.url)
        assert isinstance(client, Listable)
        client.deliver(client.prepare(_payload({"text": "Halo"})), key="k")
        assert list(client.timeline(NOW + timedelta(days=365))) == []
        assert x.billed == 0


@pytest.mark.parametrize(
    ("x", "about", "sign"),
    [
        pytest.param(X(username="kpknl_contoh"), "scope", Sign.GOOD, id="may write"),
        pytest.param(X(level="read"), "scope", Sign.BAD, id="may only read"),
        pytest.param(X(level=""), "scope", Sign.UNKNOWN, id="does not say"),
        pytest.param(X(username="orang_lain"), "token", Sign.BAD, id="another account"),
        pytest.param(X(username="KPKNL_Contoh"), "token", Sign.GOOD, id="the same in capitals"),
    ],
)
def test_tells_what_a_token_may_do(x: X, about: str, sign: Sign) -> None:
    with playing(x) as stage:
        client = TestX().connect(stage.url)
        assert isinstance(client, Probeable)
        assert getattr(client.probe(), about).sign is sign
        assert stage.published() == []


class Expired(X):
    """An X that knows this token no more."""

    def reply(self, request: Request) -> Reply:
        del request
        return PROBLEM


def test_a_token_that_is_no_good_bars() -> None:
    with playing(Expired()) as stage:
        client = TestX().connect(stage.url)
        assert isinstance(client, Probeable)
        with pytest.raises(Barred):
            client.probe()
