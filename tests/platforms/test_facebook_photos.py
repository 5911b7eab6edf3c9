"""A Page that posts photos: what is sent, and what a photo can never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from syndication.compose.post import Unfit
from syndication.model import Channel, Payload, Picture
from syndication.platforms import registry
from syndication.platforms.facebook.client import FacebookClient
from syndication.platforms.facebook.format import FacebookFormat
from syndication.platforms.protocol import Deferred, NotSetUp, PictureRefused, Refused, Secret
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.pictures import album
from tests.platforms.fakes.stage import JSON_TYPE, Fault, Stage, playing
from tests.platforms.samples import NOW, payload_for, pictured, post_for
from tests.platforms.spoiled import HASTY, HTML, PATIENT, says

PAGE = "1029384756"
TOKEN = "EAAB-token"  # noqa: S105 -- of a fake
CHANNEL = Channel("fb-id", "facebook", "id", options={"page_id": PAGE, "picture": "yes"})
WORDS = "Juru lelang di podium"


@dataclass
class Desk:
    """A Page with a client, a photo, and a clock that can be put forward."""

    facebook: Facebook
    stage: Stage
    photo: str
    ahead: timedelta = timedelta(0)

    def client(self, seconds: str = PATIENT) -> FacebookClient:
        options = {**CHANNEL.options, "host": self.stage.url, "timeout": seconds}
        client = registry.client_for(
            replace(CHANNEL, options=options),
            {"access_token": Secret(TOKEN)},
            lambda: NOW + self.ahead,
        )
        assert isinstance(client, FacebookClient)
        return client

    @property
    def payload(self) -> Payload:
        return pictured(payload_for(CHANNEL), self.photo, WORDS)


@pytest.fixture
def desk() -> Iterator[Desk]:
    facebook = Facebook(PAGE, token=TOKEN)
    with playing(facebook) as stage, album() as site:
        yield Desk(facebook, stage, f"{site}/foto.jpg")
    assert facebook.complaints == []


def test_a_photo_goes_out_fitted_with_its_words_and_its_link_in_the_text(desk: Desk) -> None:
    client = desk.client()
    prepared = client.prepare(desk.payload)
    assert desk.stage.attempts == 0
    client.deliver(prepared, key="k")
    (post,) = desk.facebook.published()
    ((number, jpeg),) = desk.facebook.photos.items()
    assert (post["photos"], post["link"]) == ([number], "")
    assert str(post["text"]).endswith(f"\n\n{desk.payload.link}")
    assert str(post["text"]).count(desk.payload.link) == 1
    assert desk.facebook.words == {number: WORDS}
    with Image.open(BytesIO(jpeg)) as sent:
        assert (sent.format, sent.size) == ("JPEG", (1600, 1200))
        assert dict(sent.getexif()) == {}
    assert b"Makassar" not in jpeg
    assert len(jpeg) <= 4_000_000


def test_a_photo_is_found_listed_edited_and_taken_back(desk: Desk) -> None:
    client = desk.client()
    prepared = client.prepare(desk.payload)
    receipt = client.deliver(prepared, key="k")
    assert client.find(prepared, since=NOW, known=()) == receipt
    (seen,) = client.timeline(NOW)
    assert seen.post_id == receipt.post_id
    assert desk.payload.link in seen.links
    client.revise(receipt, replace(desk.payload, text="Ralat."))
    assert [post["text"] for post in desk.facebook.published()] == ["Ralat."]
    client.withdraw(receipt)
    assert desk.facebook.published() == []


def test_a_page_posts_links_unless_it_says_otherwise() -> None:
    plain = replace(CHANNEL, options={"page_id": PAGE})
    payload = payload_for(plain)
    assert payload.media == ()
    assert payload.link not in payload.text
    assert payload_for(CHANNEL).media[0].alt == WORDS


def test_an_article_without_a_picture_is_a_link() -> None:
    payload = FacebookFormat(CHANNEL).render(replace(post_for(CHANNEL), picture=None))
    assert payload.media == ()
    assert payload.link not in payload.text


def test_a_photo_without_words_stops_the_post(desk: Desk) -> None:
    with pytest.raises(Unfit, match="Gambar_alt"):
        FacebookFormat(CHANNEL).render(replace(post_for(CHANNEL), picture=Picture("x", " ")))
    with pytest.raises(Refused, match="Gambar_alt"):
        desk.client().prepare(pictured(desk.payload, desk.photo, " "))
    assert not desk.stage.requests


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(says(500, "<h1>Error</h1>", HTML), id="answers 500 in HTML"),
        pytest.param(says(200, "<p>Portal</p>", HTML), id="answers 200 in HTML"),
        pytest.param(says(200, "", JSON_TYPE), id="answers 200 empty"),
        pytest.param(
            says(400, '{"error": {"code": 5101, "message": "Too large"}}', JSON_TYPE),
            id="finds it too large",
        ),
        pytest.param(
            says(400, '{"error": {"code": 200, "message": "No"}}', JSON_TYPE), id="forbids photos"
        ),
        pytest.param(says(302, "", {"Location": "http://127.0.0.1:9/"}), id="redirects"),
        pytest.param(Fault(publish=False, then="drop"), id="closes without a word"),
        pytest.param(Fault(publish=True, then="half"), id="answers half"),
    ],
)
def test_a_photo_that_facebook_does_not_take_leaves_the_card(desk: Desk, fault: Fault) -> None:
    desk.stage.silences.append(fault)
    client = desk.client()
    prepared = client.prepare(desk.payload)
    assert set(prepared.ids) == {"picture", "card"}
    client.deliver(prepared, key="k")
    (post,) = desk.facebook.published()
    assert (post["photos"], post["link"]) == ([], desk.payload.link)
    assert desk.facebook.scraped == [desk.payload.link]


def test_an_upload_that_is_never_answered_leaves_the_card(desk: Desk) -> None:
    desk.stage.silences.append(Fault(publish=False, then="hang"))
    prepared = desk.client(HASTY).prepare(desk.payload)
    assert set(prepared.ids) == {"picture", "card"}


def test_a_photo_that_cannot_be_had_leaves_the_card(desk: Desk) -> None:
    client = desk.client()
    prepared = client.prepare(pictured(desk.payload, f"{desk.photo}.hilang"))
    client.deliver(prepared, key="k")
    assert [post["link"] for post in desk.facebook.published()] == [desk.payload.link]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(says(429), id="in the words of HTTP"),
        pytest.param(
            says(400, '{"error": {"code": 80001, "message": "Too many"}}', JSON_TYPE),
            id="in the words of Meta",
        ),
    ],
)
def test_a_post_waits_for_its_photo_where_facebook_says_later(desk: Desk, fault: Fault) -> None:
    desk.stage.silences.append(fault)
    with pytest.raises(Deferred):
        desk.client().prepare(desk.payload)


def test_a_photo_turned_down_after_all_can_be_left_out(desk: Desk) -> None:
    client = desk.client()
    prepared = client.prepare(desk.payload)
    said = '{"error": {"code": 100, "message": "(#100) media_fbid is not a valid photo"}}'
    desk.stage.faults.append(says(400, said, JSON_TYPE))
    with pytest.raises(PictureRefused, match="media_fbid"):
        client.deliver(prepared, key="k")
    client.deliver(client.prepare(replace(desk.payload, media=())), key="k")
    assert [post["photos"] for post in desk.facebook.published()] == [[]]


def test_a_text_that_facebook_refuses_is_refused_with_a_photo_too(desk: Desk) -> None:
    client = desk.client()
    prepared = client.prepare(desk.payload)
    said = '{"error": {"code": 100, "message": "(#100) Invalid parameter: message"}}'
    desk.stage.faults.append(says(400, said, JSON_TYPE))
    with pytest.raises(Refused):
        client.deliver(prepared, key="k")


def test_a_photo_is_uploaded_once_for_one_post(desk: Desk) -> None:
    client = desk.client()
    first = client.prepare(desk.payload)
    assert client.prepare(desk.payload) == first
    assert len(desk.facebook.photos) == 1
    desk.ahead = timedelta(hours=24)
    assert client.prepare(desk.payload).ids != first.ids


def test_an_option_that_is_none_is_told() -> None:
    channel = replace(CHANNEL, options={"page_id": PAGE, "picture": "mungkin"})
    with pytest.raises(NotSetUp, match="picture"):
        registry.client_for(channel, {"access_token": Secret("x")}, lambda: NOW)
