from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import ClassVar

import pytest
from PIL import Image

from syndication.model import JSON, Channel, Media, Payload, Receipt
from syndication.platforms.answers import Answer, DocumentedError, objects
from syndication.platforms.mastodon.account import post_url
from syndication.platforms.mastodon.client import connect
from syndication.platforms.mastodon.limits import Limits, limits
from syndication.platforms.mastodon.probing import health
from syndication.platforms.mastodon.reading import Status, retry_after
from syndication.platforms.pictures import Frame
from syndication.platforms.protocol import (
    Barred,
    Deferred,
    InDoubt,
    Listable,
    NotSetUp,
    Refused,
    Repeatable,
    Revisable,
    Secret,
    Sign,
    Withdrawable,
)
from tests.platforms.contract import Contract
from tests.platforms.fakes.mastodon import Mastodon
from tests.platforms.fakes.pictures import album as site
from tests.platforms.fakes.stage import Reply, Request, Stage, data, playing
from tests.platforms.samples import NOW, clock, payload_for

OPTIONS = {"idempotency_key": "yes"}
START = int(NOW.timestamp())
TOKEN = {"access_token": Secret("x")}


class TestMastodon(Contract):
    """A server that honours the key of a post, as Mastodon does."""

    channel: ClassVar[Channel] = Channel("mastodon-id", "mastodon", "id", "kpknl", OPTIONS)
    secrets: ClassVar[dict[str, str]] = {"access_token": "mst/rahasia+Token=1"}
    errors = "syndication.platforms.mastodon"
    key_life: ClassVar[timedelta] = timedelta(minutes=59)

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        server = self.server()
        with playing(server) as stage:
            yield stage
        assert server.complaints == []

    def server(self) -> Mastodon:
        return Mastodon(self.secrets["access_token"])

    def worded(self, error: DocumentedError) -> Reply:
        return data(error.status or 403, {"error": f"You see: {error.says}."})


class TestForgetful(TestMastodon):
    """A server that ignores the key, shortens links, has no v2, and answers 422 to a bad token."""

    channel: ClassVar[Channel] = replace(TestMastodon.channel, options={})

    def server(self) -> Mastodon:
        return Mastodon(
            self.secrets["access_token"], honours_key=False, has_v2=False, token_refusal=422
        )


@pytest.fixture
def album() -> Iterator[str]:
    with site() as url:
        yield url


def illustrated(url: str, alt: str = "Juru lelang di podium") -> Payload:
    payload = payload_for(TestMastodon.channel)
    return replace(payload, media=(Media(url, alt, "image/jpeg", ""),))


@pytest.mark.parametrize("has_v2", [True, False], ids=["v2", "v1"])
def test_a_picture_goes_along_in_the_size_that_the_instance_takes(
    album: str,
    has_v2: bool,  # noqa: FBT001 -- a row of the table
) -> None:
    server = Mastodon(image_pixels=200_000, image_bytes=40_000, has_v2=has_v2)
    with playing(server) as stage:
        client = TestMastodon().connect(stage.url)
        payload = illustrated(f"{album}/foto.jpg")
        prepared = client.prepare(payload)
        assert client.prepare(payload) == prepared
        client.deliver(prepared, key="k")
    (file,), (post,) = server.files, server.posts
    assert "Makassar" not in file.decode("latin-1")
    with Image.open(BytesIO(file)) as picture:
        assert (picture.width > picture.height, dict(picture.getexif())) == (True, {})
    (media,) = objects(post["media_attachments"])
    assert media["description"] == "Juru lelang di podium"


@pytest.mark.parametrize(
    ("path", "server", "said"),
    [
        pytest.param("/tidak-ada.jpg", Mastodon(), "HTTP 404", id="not there"),
        pytest.param("/foto.jpg", Mastodon(media_refusal="No."), "422", id="not taken"),
        pytest.param("/foto.jpg", Mastodon(image_bytes=10), "cukup kecil", id="never small enough"),
    ],
)
def test_a_picture_that_cannot_go_loses_no_post(
    album: str, path: str, server: Mastodon, said: str
) -> None:
    with playing(server) as stage:
        client = TestMastodon().connect(stage.url)
        prepared = client.prepare(illustrated(album + path))
        assert said in prepared.ids["picture"]
        client.deliver(prepared, key="k")
    assert [post["media_attachments"] for post in server.posts] == [[]]


@pytest.mark.parametrize(
    ("server", "pictures", "said"),
    [
        pytest.param(Mastodon(unready=3), 1, "", id="ready after a while"),
        pytest.param(Mastodon(unready=99), 0, "belum selesai", id="never ready"),
        pytest.param(Mastodon(media_failure=422), 0, "thumbnail", id="rejected after all"),
        pytest.param(Mastodon(media_failure=500), 0, "thumbnail", id="broken after all"),
        pytest.param(Mastodon(media_failure=404), 1, "", id="cannot be asked"),
    ],
)
def test_a_picture_that_is_worked_on_is_waited_for(
    album: str, server: Mastodon, pictures: int, said: str
) -> None:
    channel = replace(TestMastodon.channel, options={"pause": "0"})
    with playing(server) as stage:
        options = {**channel.options, "host": stage.url}
        client = connect(replace(channel, options=options), TOKEN, clock)
        prepared = client.prepare(illustrated(f"{album}/foto.jpg"))
        assert said in prepared.ids.get("picture", "")
        client.deliver(prepared, key="k")
    assert [len(objects(post["media_attachments"])) for post in server.posts] == [pictures]


def test_a_picture_that_may_go_later_delays_the_post(album: str) -> None:
    channel = replace(TestMastodon.channel, options={"pause": "0"})
    with playing(Mastodon(media_failure=429)) as stage:
        options = {**channel.options, "host": stage.url}
        client = connect(replace(channel, options=options), TOKEN, clock)
        with pytest.raises(Deferred):
            client.prepare(illustrated(f"{album}/foto.jpg"))


def test_a_picture_without_words_stops_the_post(album: str) -> None:
    with playing(Mastodon()) as stage, pytest.raises(Refused, match="Gambar_alt"):
        TestMastodon().connect(stage.url).prepare(illustrated(f"{album}/foto.jpg", " "))


def test_a_picture_used_already_leaves_doubt(album: str) -> None:
    """Where the key is ignored, only the picture tells that the post may be there."""
    server = Mastodon(honours_key=False)
    with playing(server) as stage:
        client = TestMastodon().connect(stage.url)
        prepared = client.prepare(illustrated(f"{album}/foto.jpg"))
        client.deliver(prepared, key="k")
        with pytest.raises(InDoubt, match="sudah dipakai"):
            client.deliver(prepared, key="k")
    assert len(server.posts) == 1


def test_an_edit_keeps_the_picture(album: str) -> None:
    server = Mastodon()
    with playing(server) as stage:
        client = TestMastodon().connect(stage.url)
        payload = illustrated(f"{album}/foto.jpg")
        receipt = client.deliver(client.prepare(payload), key="k")
        assert isinstance(client, Revisable)
        client.revise(receipt, replace(payload, text="Ralat."))
    (post,) = server.posts
    assert (post["text"], len(objects(post["media_attachments"]))) == ("Ralat.", 1)


def test_says_who_sees_it_and_in_which_language() -> None:
    contract, server = TestMastodon(), Mastodon()
    channel = replace(contract.channel, options={**OPTIONS, "visibility": "unlisted"})
    with playing(server) as stage:
        client = contract.connect(stage.url)
        client.deliver(client.prepare(payload_for(channel)), key="k")
    assert [(post["visibility"], post["language"]) for post in server.posts] == [("unlisted", "id")]


@pytest.mark.parametrize("has_v2", [True, False], ids=["v2", "v1"])
def test_asks_what_the_instance_takes(has_v2: bool) -> None:  # noqa: FBT001 -- a row of the table
    with playing(Mastodon(characters=60, has_v2=has_v2)) as stage:
        client = TestMastodon().connect(stage.url)
        with pytest.raises(Refused, match="karakter lebih"):
            client.prepare(payload_for(TestMastodon.channel))


@pytest.mark.parametrize("refusal", [400, 401, 403, 422])
def test_a_bad_token_bars_the_channel_whatever_the_status(refusal: int) -> None:
    with playing(Mastodon("another", token_refusal=refusal)) as stage:
        client = TestMastodon().connect(stage.url)
        with pytest.raises(Barred):
            client.deliver(client.prepare(payload_for(TestMastodon.channel)), key="k")


def test_a_server_that_cannot_edit_says_so() -> None:
    server = Mastodon(edits=False)
    with playing(server) as stage:
        client = TestMastodon().connect(stage.url)
        payload = payload_for(TestMastodon.channel)
        receipt = client.deliver(client.prepare(payload), key="k")
        assert isinstance(client, Revisable)
        with pytest.raises(Refused, match="menyunting"):
            client.revise(receipt, replace(payload, text="Ralat."))


def test_a_post_is_not_gone_because_a_bad_token_cannot_see_it() -> None:
    with playing(Mastodon("another")) as stage:
        client = TestMastodon().connect(stage.url)
        assert isinstance(client, Withdrawable)
        with pytest.raises(Barred):
            client.withdraw(Receipt("1", f"{stage.url}/@kpknl/1", NOW))


@pytest.mark.parametrize(
    ("option", "minutes", "safe"),
    [
        ("yes", 0, ["may"]),
        ("yes", 59, ["may"]),
        ("yes", 60, ["may not"]),
        ("yes", -1, ["may not"]),
        ("no", 0, []),
        ("", 0, []),
    ],
)
def test_repeats_only_while_a_server_known_to_honour_it_keeps_the_key(
    option: str, minutes: int, safe: list[str]
) -> None:
    options = {"host": "https://sosial.example.go.id", "idempotency_key": option}
    client = connect(Channel("m", "mastodon", "id", options=options), TOKEN, clock)
    asked = [client] if isinstance(client, Repeatable) else []
    since = NOW - timedelta(minutes=minutes)
    assert ["may" if each.may_repeat(since=since, now=NOW) else "may not" for each in asked] == safe


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({}, "host"),
        ({"host": "https://a.id", "visibility": "direct"}, "visibility"),
        ({"host": "https://a.id", "idempotency_key": "1h"}, "idempotency_key"),
    ],
    ids=["no host", "not for the public", "neither yes nor no"],
)
def test_wants_options_that_make_sense(options: dict[str, str], word: str) -> None:
    with pytest.raises(NotSetUp, match=word):
        connect(Channel("m", "mastodon", "id", options=options), TOKEN, clock)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        pytest.param({}, None, id="no word"),
        pytest.param({"x-ratelimit-reset": "2026-11-24T03:05:00.123456Z"}, 300.123456, id="date"),
        pytest.param({"x-ratelimit-reset": str(START + 60)}, 60, id="seconds since 1970"),
        pytest.param({"x-ratelimit-reset": "2026-11-24T02:05:00Z"}, 0, id="past"),
        pytest.param({"x-ratelimit-reset": "soon", "retry-after": "9"}, 9, id="unreadable"),
        pytest.param({"x-ratelimit-reset": "2026-11-24"}, None, id="a date without a zone"),
        pytest.param({"x-ratelimit-reset": "9" * 30}, None, id="no time at all"),
        pytest.param({"x-ratelimit-reset": f"{START}000"}, None, id="milliseconds"),
    ],
)
def test_waits_as_long_as_the_server_says(headers: dict[str, str], wait: float | None) -> None:
    expected = None if wait is None else timedelta(seconds=wait)
    assert retry_after(Answer(429, headers, ""), NOW) == expected


@pytest.mark.parametrize(
    ("app", "sign"),
    [
        pytest.param(data(200, {"scopes": ["read", "write"]}), Sign.GOOD, id="all"),
        pytest.param(data(200, {"scopes": ["read", "write:statuses"]}), Sign.BAD, id="no pictures"),
        pytest.param(data(200, {"name": "Siar"}), Sign.UNKNOWN, id="an older server"),
        pytest.param(data(404, {"error": "No."}), Sign.UNKNOWN, id="another server"),
    ],
)
def test_tells_what_the_token_may_do(app: Reply, sign: Sign) -> None:
    told = Answer(app.status, {}, app.body)
    assert health(Answer(200, {}, '{"id": "1"}'), told, NOW).scope.sign is sign


@pytest.mark.parametrize(
    ("left", "sign"), [("9", Sign.GOOD), ("0", Sign.BAD), ("", Sign.UNKNOWN), ("x", Sign.UNKNOWN)]
)
def test_tells_what_is_left(left: str, sign: Sign) -> None:
    me = Answer(200, {"x-ratelimit-remaining": left}, '{"id": "1"}')
    assert health(me, Answer(404, {}, ""), NOW).quota.sign is sign


def test_reads_page_after_page() -> None:
    server = Mastodon()
    with playing(server) as stage:
        client = TestMastodon().connect(stage.url)
        payload = payload_for(TestMastodon.channel)
        receipts = [client.deliver(client.prepare(payload), key=f"k{n}") for n in range(45)]
        assert isinstance(client, Listable)
        seen = [post.post_id for post in client.timeline(NOW)]
    assert seen == [receipt.post_id for receipt in reversed(receipts)]


@pytest.mark.parametrize(
    ("instance", "expected"),
    [
        pytest.param({}, Limits(), id="nothing"),
        pytest.param({"configuration": []}, Limits(), id="nonsense"),
        pytest.param(
            {"configuration": {"statuses": {"max_characters": "many"}}}, Limits(), id="no number"
        ),
        pytest.param({"max_toot_chars": 5000}, Limits(characters=5000), id="another server's way"),
        pytest.param(
            {"configuration": {"media_attachments": {"image_size_limit": 9}}},
            Limits(frame=Frame(9, 33_177_600)),
            id="a picture's bytes",
        ),
    ],
)
def test_reads_the_limits_of_an_instance(instance: dict[str, JSON], expected: Limits) -> None:
    assert limits(instance) == expected


@pytest.mark.parametrize(
    ("host", "told", "url"),
    [
        ("https://a.id", "https://b.id/@kpknl/9", "https://b.id/@kpknl/9"),
        ("https://a.id", "http://b.id/@kpknl/9", "https://a.id/@kpknl/9"),
        ("https://a.id", "", "https://a.id/@kpknl/9"),
        ("http://127.0.0.1:81", "http://127.0.0.1:81/9", "http://127.0.0.1:81/9"),
    ],
    ids=["as told", "in clear", "untold", "this machine"],
)
def test_says_where_a_post_stands(host: str, told: str, url: str) -> None:
    channel = Channel("m", "mastodon", "id", account="@kpknl@b.id", options={"host": host})
    assert post_url(channel, Status("9", told, "", None)) == url


def test_the_fake_sees_an_undocumented_parameter() -> None:
    """The fake is worth something only if it complains."""
    server = Mastodon()
    bold = Request("POST", "/api/v1/statuses", {}, {}, b"status=Halo&bold=1")
    assert server.reply(bold).status == 422
    assert server.complaints
