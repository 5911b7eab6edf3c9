from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication.model import JSON, Channel, Payload
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.protocol import Refused
from syndication.platforms.x.client import post_url
from syndication.platforms.x.reading import retry_after
from tests.platforms.contract import Contract, do_everything
from tests.platforms.fakes.specs import XDescription, folder
from tests.platforms.fakes.stage import JSON_TYPE, Reply, Request, Stage, data, playing
from tests.platforms.fakes.x import X
from tests.platforms.samples import NOW, payload_for

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
        x = X(secrets=self.secrets)
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
    with playing(x) as stage:
        do_everything(TestX().connect(stage.url), payload_for(TestX.channel))
        assert [request.method for request in stage.requests] == ["POST", "GET", "DELETE"]
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
