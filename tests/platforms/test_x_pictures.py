"""A post on X with the article's picture: what is sent, and what a picture can never do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from syndication.compose.post import Unfit
from syndication.model import NOTHING, Channel, Payload, Picture
from syndication.platforms import registry
from syndication.platforms.protocol import Deferred, NotSetUp, PictureRefused, Refused, Secret
from syndication.platforms.x.client import XClient
from syndication.platforms.x.format import XFormat
from tests.platforms.fakes.pictures import album, photograph
from tests.platforms.fakes.stage import Fault, Stage, playing
from tests.platforms.fakes.x import X
from tests.platforms.samples import NOW, payload_for, pictured, post_for
from tests.platforms.spoiled import HASTY, HTML, PATIENT, says
from tests.platforms.test_x import TestX as XContract

CHANNEL = XContract.channel
WORDS = "Juru lelang di podium"


@dataclass
class Desk:
    """An account with a client, a picture, and a clock that can be put forward."""

    x: X
    stage: Stage
    photo: str
    ahead: timedelta = timedelta(0)

    def client(self, seconds: str = PATIENT, **options: str) -> XClient:
        asked = {"host": self.stage.url, "timeout": seconds, **options}
        secrets = {name: Secret(value) for name, value in XContract.secrets.items()}
        channel = replace(CHANNEL, options=asked)
        client = registry.client_for(channel, secrets, lambda: NOW + self.ahead)
        assert isinstance(client, XClient)
        return client

    @property
    def payload(self) -> Payload:
        return pictured(payload_for(CHANNEL), self.photo, WORDS)


@pytest.fixture
def desk() -> Iterator[Desk]:
    x = X(secrets=XContract.secrets, username="kpknl_contoh")
    with playing(x) as stage, album() as site:
        yield Desk(x, stage, f"{site}/foto.jpg")
    assert x.complaints == []


def test_a_picture_goes_out_fitted_with_its_words_and_nothing_else(desk: Desk) -> None:
    client = desk.client()
    prepared = client.prepare(desk.payload)
    assert desk.stage.attempts == 0
    client.deliver(prepared, key="k")
    (post,) = desk.x.published()
    ((number, jpeg),) = desk.x.media.items()
    assert post["media"] == [number]
    assert desk.x.words == {number: WORDS}
    with Image.open(BytesIO(jpeg)) as sent:
        assert sent.format == "JPEG"
        assert sent.size == (1600, 1200)  # upright
        assert dict(sent.getexif()) == {}
    assert b"Makassar" in photograph()
    assert b"Makassar" not in jpeg
    assert len(jpeg) <= 5_000_000


def test_a_post_with_a_picture_is_found_and_listed_as_it_was_sent(desk: Desk) -> None:
    """X adds an address of its own for the picture to what it shows."""
    client = desk.client()
    prepared = client.prepare(desk.payload)
    receipt = client.deliver(prepared, key="k")
    assert "https://t.co/picture" in str(desk.x.published()[0]["text"])
    found = client.find(prepared, since=NOW, known=())
    assert found == receipt
    (seen,) = client.timeline(NOW)
    assert seen.links == (desk.payload.link,)
    assert seen.text.endswith(desk.payload.link)


def test_a_channel_may_do_without(desk: Desk) -> None:
    channel = replace(CHANNEL, options={"picture": "no"})
    assert payload_for(CHANNEL).media != ()
    assert payload_for(channel).media == ()
    client = desk.client(picture="no")
    client.deliver(client.prepare(payload_for(channel)), key="k")
    assert [request.path for request in desk.stage.requests] == ["/2/tweets"]


def test_an_article_without_a_picture_has_the_card_of_its_link() -> None:
    payload = XFormat(CHANNEL).render(replace(post_for(CHANNEL), picture=None))
    assert payload.media == ()
    assert payload.text.count(payload.link) == 1


def test_a_picture_without_words_stops_the_post(desk: Desk) -> None:
    post = replace(post_for(CHANNEL), picture=Picture(desk.photo, "  "))
    with pytest.raises(Unfit, match="Gambar_alt"):
        XFormat(CHANNEL).render(post)
    with pytest.raises(Refused, match="Gambar_alt"):
        desk.client().prepare(pictured(desk.payload, desk.photo, " "))
    assert not desk.stage.requests


def test_words_are_cut_where_x_takes_no_more(desk: Desk) -> None:
    desk.client().prepare(pictured(desk.payload, desk.photo, "kata " * 400))
    ((_, words),) = desk.x.words.items()
    assert len(words) == 1000


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([says(500, "<h1>Error</h1>", HTML)], id="answers 500 in HTML"),
        pytest.param([says(200, "<p>Portal</p>", HTML)], id="answers 200 in HTML"),
        pytest.param([says(200)], id="answers 200 empty"),
        pytest.param([says(400, '{"title": "Invalid Request"}')], id="refuses it"),
        pytest.param([says(403, '{"title": "Forbidden"}')], id="forbids uploads"),
        pytest.param([says(404)], id="has no such address"),
        pytest.param([says(413)], id="finds it too large"),
        pytest.param([says(302, "", {"Location": "http://127.0.0.1:9/"})], id="redirects"),
        pytest.param([Fault(publish=False, then="drop")], id="closes without a word"),
        pytest.param([Fault(publish=True, then="half")], id="answers half"),
        pytest.param([Fault(publish=True, then="truth"), says(400, "{}")], id="takes no words"),
        pytest.param([Fault(publish=True, then="truth"), says(200, "", HTML)], id="loses words"),
    ],
)
def test_a_picture_that_x_does_not_take_loses_no_post(desk: Desk, faults: list[Fault]) -> None:
    desk.stage.silences.extend(faults)
    client = desk.client()
    prepared = client.prepare(desk.payload)
    assert set(prepared.ids) == {"picture"}
    client.deliver(prepared, key="k")
    (post,) = desk.x.published()
    assert post["media"] == []


def test_an_upload_that_is_never_answered_loses_no_post(desk: Desk) -> None:
    desk.stage.silences.append(Fault(publish=False, then="hang"))
    client = desk.client(HASTY)
    prepared = client.prepare(desk.payload)
    assert set(prepared.ids) == {"picture"}
    desk.client().deliver(prepared, key="k")
    assert len(desk.x.published()) == 1


@pytest.mark.parametrize("photo", ["/tidak-ada.jpg", "http://127.0.0.1:9/foto.jpg"])
def test_a_picture_that_cannot_be_had_loses_no_post(desk: Desk, photo: str) -> None:
    address = photo if "://" in photo else desk.photo.replace("/foto.jpg", photo)
    client = desk.client()
    prepared = client.prepare(pictured(desk.payload, address))
    assert address in prepared.ids["picture"]
    client.deliver(prepared, key="k")
    assert len(desk.x.published()) == 1


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        pytest.param(NOTHING, None, id="without a reset"),
        pytest.param(
            {"x-rate-limit-reset": str(int(NOW.timestamp()) + 60)},
            timedelta(minutes=1),
            id="with a reset",
        ),
    ],
)
def test_a_post_waits_for_its_picture_where_x_says_later(
    desk: Desk, headers: Mapping[str, str], wait: timedelta | None
) -> None:
    desk.stage.silences.append(says(429, "", headers))
    with pytest.raises(Deferred) as caught:
        desk.client().prepare(desk.payload)
    assert caught.value.retry_after == wait


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_post_waits_where_x_cannot_be_reached(desk: Desk, scheme: str) -> None:
    address = desk.stage.url.replace("http", scheme) if scheme == "https" else "http://127.0.0.1:9"
    with pytest.raises(Deferred):
        desk.client(host=address).prepare(desk.payload)


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        pytest.param(["succeeded"], 1, id="ready at once"),
        pytest.param(["pending", "in_progress", "succeeded"], 1, id="ready soon"),
        pytest.param(["pending", "failed"], 0, id="failed after it was taken"),
        pytest.param(["in_progress"] * 9, 0, id="never ready"),
    ],
)
def test_an_upload_is_looked_after_until_it_is_ready(
    desk: Desk, states: list[str], shown: int
) -> None:
    desk.x.states = states
    client = desk.client()
    client.deliver(client.prepare(desk.payload), key="k")
    (post,) = desk.x.published()
    assert isinstance(post["media"], list)
    assert len(post["media"]) == shown


def test_a_picture_turned_down_after_all_can_be_left_out(desk: Desk) -> None:
    desk.x.turns_down = True
    client = desk.client()
    with pytest.raises(PictureRefused, match="menolaknya"):
        client.deliver(client.prepare(desk.payload), key="k")
    assert desk.x.published() == []
    client.deliver(client.prepare(replace(desk.payload, media=())), key="k")
    assert [post["media"] for post in desk.x.published()] == [[]]


def test_a_picture_is_uploaded_once_for_one_post(desk: Desk) -> None:
    client = desk.client()
    first = client.prepare(desk.payload)
    assert client.prepare(desk.payload) == first
    assert len(desk.x.media) == 1
    client.deliver(first, key="k")
    assert client.prepare(desk.payload).ids != first.ids


def test_an_upload_that_x_has_forgotten_is_made_again(desk: Desk) -> None:
    client = desk.client()
    first = client.prepare(desk.payload)
    desk.ahead = timedelta(hours=24)
    assert client.prepare(desk.payload).ids != first.ids


def test_an_option_that_is_none_is_told() -> None:
    channel = Channel("x", "x", "id", options={"picture": "mungkin"})
    with pytest.raises(NotSetUp, match="picture"):
        registry.client_for(channel, {name: Secret("x") for name in XContract.secrets}, lambda: NOW)
