from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import ClassVar

import pytest
from PIL import ExifTags, Image

from syndication.model import Channel, Payload, Picture, Post
from syndication.platforms import registry
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.protocol import (
    Client,
    Findable,
    NotSetUp,
    PictureRefused,
    Probeable,
    Refused,
    Revisable,
    Secret,
    Sign,
    Withdrawable,
)
from syndication.platforms.telegram.address import post_url
from syndication.platforms.telegram.reading import retry_after
from tests.platforms.contract import Contract, do_everything
from tests.platforms.fakes.specs import folder
from tests.platforms.fakes.stage import JSON_TYPE, Reply, Stage, data, playing
from tests.platforms.fakes.telegram import BotDescription, Telegram
from tests.platforms.samples import NOW, clock, post_for
from tests.platforms.spoiled import says

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
            body = request.body.decode(errors="replace")
            self.hides(rest, str(request.query), str(request.headers), body)


def post(*, text: str = "Halo", picture: bool = True) -> Post:
    made = replace(post_for(CHANNEL), text=text)
    return made if picture else replace(made, picture=None)


def rendered(made: Post) -> Payload:
    return registry.format_for(CHANNEL).render(made)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a site with one picture: taken sideways, large, and telling its place."""
    picture = Image.new("RGB", (4000, 2000), "navy")
    exif = picture.getexif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "S"
    picture.save(tmp_path / "lelang.jpg", exif=exif)
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def at(made: Post, site: str) -> Post:
    """Say the same with the site's picture."""
    picture = Picture(f"{site}/lelang.jpg", "Juru lelang di podium")
    return replace(made, picture=made.picture and picture)


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
def test_the_length_decides_whether_the_picture_goes_along(
    made: Post, field: str, site: str
) -> None:
    payload = rendered(at(made, site))
    assert payload.body[field] == made.text
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        client.deliver(client.prepare(payload), key="k")
        (seen,) = stage.published()
        assert bool(seen["photo"]) == (field == "caption")


def test_the_picture_that_goes_along_tells_no_place(site: str) -> None:
    telegram = Telegram(CHAT)
    with playing(telegram) as stage:
        client = TestTelegram().connect(stage.url)
        client.deliver(client.prepare(rendered(at(post(), site))), key="k")
    (photo,) = telegram.photos
    with Image.open(BytesIO(photo)) as sent:
        assert (sent.format, sent.size) == ("JPEG", (1280, 2560))  # upright, and smaller
        assert not sent.getexif()


def test_a_picture_that_cannot_be_had_loses_no_post() -> None:
    made = post()
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        assert isinstance(client, Revisable)
        prepared = client.prepare(rendered(made))
        assert "tidak dapat diambil" in prepared.ids["picture"]
        receipt = client.deliver(prepared, key="k")
        (seen,) = stage.published()
        assert (seen["text"], seen["photo"]) == (made.text, 0)
        client.revise(receipt, rendered(replace(made, text="Ralat")))
        assert [each["text"] for each in stage.published()] == ["Ralat"]


@pytest.mark.parametrize("said", ["IMAGE_PROCESS_FAILED", "PHOTO_INVALID_DIMENSIONS"])
def test_a_picture_that_is_turned_down_can_be_left_out(site: str, said: str) -> None:
    payload = rendered(at(post(), site))
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        prepared = client.prepare(payload)
        answer = {"ok": False, "error_code": 400, "description": f"Bad Request: {said}"}
        stage.faults.append(says(400, json.dumps(answer), JSON_TYPE))
        with pytest.raises(PictureRefused):
            client.deliver(prepared, key="k")
        client.deliver(client.prepare(replace(payload, media=())), key="k")
        (seen,) = stage.published()
        assert (seen["text"], seen["photo"]) == (payload.text, 0)


def test_without_a_picture_the_link_has_a_card() -> None:
    made = post(picture=False)
    assert rendered(made).body["link_preview_options"] == {
        "url": made.link,
        "prefer_large_media": True,
    }


def test_every_request_is_one_that_telegram_describes(site: str) -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: the published Bot API is not at hand")
    description = BotDescription(specs)
    assert "bold" in description.wrong_with("sendMessage", {"chat_id": 1, "text": "", "bold": 1})
    assert "text" in description.wrong_with("sendMessage", {"chat_id": 1, "text": 1})
    telegram = Telegram(CHAT, description=description)
    with playing(telegram) as stage:
        client = TestTelegram().connect(stage.url)
        for payload in (rendered(at(post(), site)), rendered(post(picture=False))):
            do_everything(client, payload)
        methods = [request.path.rpartition("/")[2] for request in stage.requests]
        assert methods == [
            *("getMe", "getChatMember", "sendPhoto"),
            *("editMessageText", "editMessageCaption", "deleteMessage"),
            *("getMe", "getChatMember", "sendMessage", "editMessageText", "deleteMessage"),
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


def test_a_caption_that_grows_too_long_is_refused(site: str) -> None:
    with playing(Telegram(CHAT)) as stage:
        client = TestTelegram().connect(stage.url)
        assert isinstance(client, Revisable)
        receipt = client.deliver(client.prepare(rendered(at(post(), site))), key="k")
        with pytest.raises(Refused, match="terlalu panjang"):
            client.revise(receipt, rendered(post(text="a" * 1025)))


@pytest.mark.parametrize(
    ("status", "may_post", "words"),
    [
        pytest.param("left", True, "belum menjadi pengurus", id="no administrator"),
        pytest.param("administrator", False, "izin mengirim", id="may not post"),
    ],
)
def test_a_bot_that_may_not_post_is_told(*, status: str, may_post: bool, words: str) -> None:
    with playing(Telegram(CHAT, status=status, may_post=may_post)) as stage:
        client = TestTelegram().connect(stage.url)
        assert isinstance(client, Probeable)
        found = client.probe().scope
        assert found.sign is Sign.BAD
        assert words in found.says


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
