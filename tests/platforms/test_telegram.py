from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication.model import Channel, Payload, Post
from syndication.platforms import registry
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.protocol import (
    Client,
    Findable,
    NotSetUp,
    Refused,
    Revisable,
    Secret,
    Withdrawable,
)
from syndication.platforms.telegram.client import post_url
from syndication.platforms.telegram.reading import retry_after
from tests.platforms.contract import Contract, do_everything
from tests.platforms.fakes.specs import folder
from tests.platforms.fakes.stage import Reply, Stage, data, playing
from tests.platforms.fakes.telegram import BotDescription, Telegram
from tests.platforms.samples import NOW, clock, payload_for, post_for

CHAT = "@kpknl_contoh"
CHANNEL = Channel("tg-id", "telegram", "id", options={"chat_id": CHAT})


class TestTelegram(Contract):
    channel: ClassVar[Channel] = CHANNEL
    secrets: ClassVar[dict[str, str]] = {
        "bot_token": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    }
    errors = "syndication.platforms.telegram"

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        telegram = Telegram(CHAT, self.secrets["bot_token"])
        with playing(telegram) as stage:
            yield stage
        assert telegram.complaints == []

    def worded(self, error: DocumentedError) -> Reply:
        words = f"Bad Request: {error.says or 'no'}"
        return data(error.status, {"ok": False, "error_code": error.status, "description": words})

    def test_puts_no_secret_into_an_address(
        self, stage: Stage, client: Client, payload: Payload
    ) -> None:
        """Telegram wants the token in the path; it stands nowhere else, and no text tells a path.

        That neither logs nor errors hold it is what the other tests of the contract show.
        """
        do_everything(client, payload)
        start = f"/bot{self.secrets['bot_token']}/"
        assert all(request.path.startswith(start) for request in stage.requests)
        for request in stage.requests:
            rest = request.path.removeprefix(start)
            self.hides(rest, str(request.query), str(request.headers), request.body.decode())


def post(*, text: str = "Halo", picture: bool = True) -> Post:
    made = replace(post_for(CHANNEL), text=text)
    return made if picture else replace(made, picture=None)


def rendered(made: Post) -> Payload:
    return registry.format_for(CHANNEL).render(made)


@pytest.mark.parametrize(
    ("made", "field"),
    [
        pytest.param(post(), "caption", id="short, below the picture"),
        pytest.param(post(text="a" * 1024), "caption", id="as long as a caption may be"),
        pytest.param(post(text="a" * 1025), "text", id="too long for a caption"),
        pytest.param(post(text="😀" * 513), "text", id="1026 units of UTF-16"),
        pytest.param(post(picture=False), "text", id="no picture"),
    ],
)
def test_the_length_decides_whether_the_picture_goes_along(made: Post, field: str) -> None:
    payload = rendered(made)
    assert payload.body[field] == made.text
    assert bool(payload.media) == (field == "caption")
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        client.deliver(client.prepare(payload), key="k")
        (seen,) = stage.published()
        assert bool(seen["photo"]) == (field == "caption")


def test_without_a_picture_the_link_has_a_card() -> None:
    made = post(picture=False)
    assert rendered(made).body["link_preview_options"] == {
        "url": made.link,
        "prefer_large_media": True,
    }


def test_every_request_is_one_that_telegram_describes() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: the published Bot API is not at hand")
    description = BotDescription(specs)
    assert "bold" in description.wrong_with("sendMessage", {"chat_id": 1, "text": "", "bold": 1})
    assert "text" in description.wrong_with("sendMessage", {"chat_id": 1, "text": 1})
    telegram = Telegram(CHAT, description=description)
    with playing(telegram) as stage:
        client = TestTelegram().connect(stage.url)
        for payload in (payload_for(CHANNEL), rendered(post(picture=False))):
            do_everything(client, payload)
        methods = [request.path.rpartition("/")[2] for request in stage.requests]
        assert methods == [
            *("sendPhoto", "editMessageCaption", "deleteMessage"),
            *("sendMessage", "editMessageText", "deleteMessage"),
        ]
    assert telegram.complaints == []


def test_the_fake_sees_an_unknown_parameter() -> None:
    """The fake is worth something only if it complains."""
    payload = rendered(post(picture=False))
    bold = replace(payload, body={**payload.body, "bold": True})
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        with pytest.raises(Refused, match="bold"):
            client.deliver(client.prepare(bold), key="k")


def test_a_text_can_not_replace_a_caption() -> None:
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        assert isinstance(client, Revisable)
        receipt = client.deliver(client.prepare(rendered(post())), key="k")
        with pytest.raises(Refused, match="ubah sendiri di aplikasi"):
            client.revise(receipt, rendered(post(picture=False)))


def test_what_is_public_cannot_be_checked() -> None:
    """No method of the Bot API reads a channel's messages."""
    client: object = TestTelegram().connect("http://127.0.0.1:9")
    assert not isinstance(client, Findable)
    assert isinstance(client, Withdrawable)


@pytest.mark.parametrize(
    ("body", "headers", "wait"),
    [
        pytest.param({}, {}, None, id="no word"),
        pytest.param({"parameters": {"retry_after": 35}}, {}, 35, id="seconds"),
        pytest.param({"parameters": {"retry_after": "soon"}}, {}, None, id="no number"),
        pytest.param({"parameters": {"retry_after": 10**12}}, {}, None, id="beyond all reason"),
        pytest.param({"parameters": [35]}, {}, None, id="no object"),
        pytest.param({}, {"retry-after": "90"}, 90, id="the standard header"),
    ],
)
def test_waits_as_long_as_telegram_says(
    body: dict[str, object], headers: dict[str, str], wait: int | None
) -> None:
    expected = None if wait is None else timedelta(seconds=wait)
    assert retry_after(Answer(429, headers, data(429, body).body), NOW) == expected


@pytest.mark.parametrize(
    ("chat", "name", "url"),
    [
        ("@kpknl", "", "https://t.me/kpknl/7"),
        ("-1001234567890", "", "https://t.me/c/1234567890/7"),
        ("-1001234567890", "kpknl", "https://t.me/kpknl/7"),
    ],
)
def test_says_where_a_post_stands(chat: str, name: str, url: str) -> None:
    assert post_url(replace(CHANNEL, options={"chat_id": chat}), "7", name) == url


@pytest.mark.parametrize("chat", ["", "kpknl", "12345", "@kpknl/../x"])
def test_wants_a_channel(chat: str) -> None:
    channel = replace(CHANNEL, options={"chat_id": chat})
    with pytest.raises(NotSetUp, match="chat_id"):
        registry.client_for(channel, {"bot_token": Secret("1:a")}, clock)


@pytest.mark.parametrize("token", ["abc", "1:a/../x", "1:a\n"])
def test_a_malformed_token_never_becomes_an_address(token: str) -> None:
    with pytest.raises(NotSetUp, match="bot_token") as caught:
        registry.client_for(CHANNEL, {"bot_token": Secret(token)}, clock)
    assert token not in str(caught.value)
