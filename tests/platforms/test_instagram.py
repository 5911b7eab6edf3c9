from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication import drafts
from syndication.compose.counting import bound_by
from syndication.compose.rules import packaged
from syndication.model import Article, Channel, Payload, Picture
from syndication.platforms import registry
from syndication.platforms.answers import DocumentedError
from syndication.platforms.protocol import (
    Barred,
    Client,
    Deferred,
    Failure,
    NotSetUp,
    Probeable,
    Refused,
    Secret,
    Sign,
)
from tests.platforms.contract import Contract, do_everything
from tests.platforms.fakes.instagram import Instagram, error
from tests.platforms.fakes.specs import GraphDescription, folder
from tests.platforms.fakes.stage import Reply, Request, Stage, data, playing
from tests.platforms.samples import ARTICLE, clock, payload_for, post_for

USER = "1784140000"
CHANNEL = Channel(
    "ig-id", "instagram", "id", account="@kpknl.contoh", options={"user_id": USER, "pause": "0"}
)
CAROUSEL = replace(CHANNEL, options={**CHANNEL.options, "carousel": "yes"})


def payload_of(article: Article, channel: Channel = CAROUSEL) -> Payload:
    drafted = drafts.draft(article, channel)
    assert drafted.payload, drafted.refusal
    return drafted.payload


class TestInstagram(Contract):
    channel: ClassVar[Channel] = CHANNEL
    secrets: ClassVar[dict[str, str]] = {"access_token": "EAAG-token/akun+rahasia=1"}
    errors = "syndication.platforms.instagram"

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        instagram = Instagram(USER, self.secrets["access_token"])
        with playing(instagram) as stage:
            yield stage
        assert instagram.complaints == []

    def worded(self, error: DocumentedError) -> Reply:
        body: dict[str, object] = {
            "code": error.code or -1,
            "error_subcode": error.subcode,
            "message": f"(#{error.code}) No.",
            "type": "OAuthException",
            "is_transient": error.says == "is_transient",
        }
        return data(error.status or 400, {"error": body})

    def test_preparing_publishes_nothing_and_may_be_repeated(
        self, stage: Stage, client: Client, payload: object
    ) -> None:
        """Each time another container is laid down; none of them is public."""
        made = payload_for(CHANNEL)
        first, second = client.prepare(made), client.prepare(made)
        assert first.payload == second.payload == payload
        assert first.ids["container"] != second.ids["container"]
        assert stage.attempts == 0
        assert stage.published() == []


def test_every_request_is_one_that_meta_describes() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: Meta's description of the Graph API is not at hand")
    description = GraphDescription(specs)
    assert "bold" in description.wrong_with("IGUser", "POST", "media", {"bold": "true"})
    instagram = Instagram(USER, description=description)
    with playing(instagram) as stage:
        do_everything(TestInstagram().connect(stage.url), payload_for(CHANNEL))
        places = {request.path.rpartition("/")[2] for request in stage.requests}
        assert {"media", "media_publish", "content_publishing_limit"} <= places
        assert stage.requests[-1].method == "DELETE"
    assert instagram.complaints == []


# -- the picture


def test_the_articles_picture_is_sent_made_to_fit() -> None:
    payload = payload_for(CHANNEL)
    (media,) = payload.media
    assert ARTICLE.picture
    assert media.url == f"{ARTICLE.picture.url}.instagram.jpg"
    assert payload.body["image_url"] == media.url
    assert payload.body["alt_text"] == media.alt == ARTICLE.picture.alt


def test_words_longer_than_instagram_takes_are_cut() -> None:
    wordy = replace(ARTICLE, picture=Picture("https://kpknl.example.go.id/a.jpg", "kata " * 300))
    drafted = drafts.draft(wordy, CHANNEL)
    assert drafted.payload
    assert len(str(drafted.payload.body["alt_text"])) == 1000


def test_an_article_without_a_picture_gets_a_card_that_says_what_it_shows() -> None:
    made = replace(post_for(CHANNEL), picture=None)
    payload = registry.format_for(CHANNEL).render(made)
    (media,) = payload.media
    assert media.url.startswith("https://kpknl.example.go.id/artikel/kartu-")
    assert media.alt == f"Kartu bertuliskan: {ARTICLE.title}"
    renamed = registry.format_for(CHANNEL).render(replace(made, title="Lain"))
    assert renamed.media[0].url != media.url


WORDLESS = Picture("https://kpknl.example.go.id/gambar/a.jpg", " ")


@pytest.mark.parametrize(
    "article",
    [
        pytest.param(replace(ARTICLE, picture=WORDLESS), id="its own"),
        pytest.param(replace(ARTICLE, pictures=(WORDLESS,)), id="one of its body"),
    ],
)
def test_a_picture_without_words_stops_the_post_with_a_word_to_the_writer(
    article: Article,
) -> None:
    stopped = drafts.draft(article, CAROUSEL)
    assert stopped.payload is None
    assert "Gambar a.jpg belum punya kata-kata. Isi Gambar_alt" in stopped.refusal


FURTHER = tuple(
    Picture(f"https://kpknl.example.go.id/gambar/{number}.png", f"Denah lantai {number}")
    for number in range(12)
)


def test_a_carousel_shows_every_picture_in_its_order_each_with_its_words() -> None:
    payload = payload_of(replace(ARTICLE, pictures=FURTHER[:2]))
    assert ARTICLE.picture
    assert [(media.url, media.alt) for media in payload.media] == [
        (f"{picture.url}.carousel.jpg", picture.alt) for picture in (ARTICLE.picture, *FURTHER[:2])
    ]
    assert payload.body["children"] == [
        {"image_url": media.url, "alt_text": media.alt, "is_carousel_item": "true"}
        for media in payload.media
    ]
    assert payload.body["caption"] == payload.text


def test_a_carousel_has_as_many_pages_as_instagram_takes() -> None:
    assert len(payload_of(replace(ARTICLE, pictures=FURTHER)).media) == 10


@pytest.mark.parametrize(
    ("channel", "article"),
    [
        pytest.param(CHANNEL, replace(ARTICLE, pictures=FURTHER), id="nobody asked for one"),
        pytest.param(CAROUSEL, ARTICLE, id="there is one picture"),
        pytest.param(CAROUSEL, replace(ARTICLE, picture=None), id="there is none"),
    ],
)
def test_what_is_no_carousel_is_one_picture(channel: Channel, article: Article) -> None:
    payload = payload_of(article, channel)
    (media,) = payload.media
    assert payload.body["image_url"] == media.url
    assert "children" not in payload.body


def test_the_caption_has_at_most_five_hashtags_and_fits() -> None:
    tags = tuple(f"Topik {number}" for number in range(9))
    drafted = drafts.draft(replace(ARTICLE, tags=tags), CHANNEL)
    assert drafted.payload
    text = drafted.payload.text
    assert text.count("#") == 5
    assert bound_by(text, packaged("instagram")) <= 2200


# -- the container


class Answering(Instagram):
    """An Instagram that answers the laying down of a container as it is told."""

    def __init__(self, answer: Reply) -> None:
        super().__init__(USER)
        self.answer = answer

    def reply(self, request: Request) -> Reply:
        lays_down = (request.method, request.path.rpartition("/")[2]) == ("POST", "media")
        return self.answer if lays_down else super().reply(request)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        pytest.param(Reply(500, "<h1>Error</h1>"), Deferred, id="500"),
        pytest.param(Reply(200, ""), Deferred, id="empty, without a type"),
        pytest.param(error(2, "passing"), Deferred, id="passing"),
        pytest.param(error(9004, "x", subcode=2207052), Deferred, id="the picture is not there"),
        pytest.param(error(36000, "x", subcode=2207004), Refused, id="the picture is too large"),
        pytest.param(error(24, "x", subcode=2207006), Barred, id="no permission"),
    ],
)
def test_whatever_happens_before_the_post_leaves_no_doubt(
    answer: Reply, failure: type[Failure]
) -> None:
    with playing(Answering(answer)) as stage:
        client = TestInstagram().connect(stage.url)
        with pytest.raises(failure) as caught:
            client.prepare(payload_for(CHANNEL))
        assert "sudah tayang" not in caught.value.reason
        assert stage.published() == []


@pytest.mark.parametrize(
    ("states", "failure", "words"),
    [
        pytest.param(["IN_PROGRESS"], Deferred, "masih diolah", id="for ever"),
        pytest.param(["IN_PROGRESS", "ERROR"], Refused, "Perbandingan sisi", id="rejected later"),
        pytest.param(["EXPIRED"], Deferred, "belum ada yang tayang", id="expired"),
    ],
)
def test_a_container_that_does_not_get_ready_is_not_published(
    states: list[str], failure: type[Failure], words: str
) -> None:
    with playing(Instagram(USER, states=states)) as stage:
        client = TestInstagram().connect(stage.url)
        with pytest.raises(failure, match=words):
            client.prepare(payload_for(CHANNEL))
        assert stage.attempts == 0


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        pytest.param("Error: … error code 2207052", Deferred, id="could not be fetched"),
        pytest.param("Error: something else", Refused, id="no code"),
    ],
)
def test_a_container_says_why_it_failed(words: str, failure: type[Failure]) -> None:
    with playing(Instagram(USER, states=["ERROR"], failure=words)) as stage:
        client = TestInstagram().connect(stage.url)
        with pytest.raises(failure):
            client.prepare(payload_for(CHANNEL))


def test_a_container_is_waited_for() -> None:
    with playing(Instagram(USER, states=["IN_PROGRESS", "IN_PROGRESS", "FINISHED"])) as stage:
        client = TestInstagram().connect(stage.url)
        client.deliver(client.prepare(payload_for(CHANNEL)), key="k")
        assert len(stage.published()) == 1


# -- the quota


def test_a_used_up_quota_defers_before_anything_is_laid_down() -> None:
    instagram = Instagram(USER, used=100)
    with playing(instagram) as stage:
        client = TestInstagram().connect(stage.url)
        with pytest.raises(Deferred, match="100 unggahan dalam 24 jam") as caught:
            client.prepare(payload_for(CHANNEL))
        assert caught.value.retry_after == timedelta(hours=1)
        assert instagram.containers == {}
        assert isinstance(client, Probeable)
        assert client.probe().quota.sign is Sign.BAD


class Wordless(Instagram):
    """An Instagram that publishes, and then no longer tells where."""

    def reply(self, request: Request) -> Reply:
        asks = request.query.get("fields") == "permalink"
        return Reply(500, "busy") if asks else super().reply(request)


def test_a_post_whose_address_cannot_be_had_is_public_all_the_same() -> None:
    with playing(Wordless(USER)) as stage:
        client = TestInstagram().connect(stage.url)
        receipt = client.deliver(client.prepare(payload_for(CHANNEL)), key="k")
        assert receipt.url == f"{stage.url}/kpknl.contoh/"
        assert len(stage.published()) == 1


@pytest.mark.parametrize(
    ("options", "secret", "words"),
    [
        pytest.param({"user_id": "kpknl"}, "x", "user_id", id="a name for a number"),
        pytest.param({"user_id": USER}, "", "access_token", id="no token"),
        pytest.param({"user_id": USER, "pause": "-1"}, "x", "pause", id="a wait below nothing"),
    ],
)
def test_wants_what_it_needs(options: dict[str, str], secret: str, words: str) -> None:
    with pytest.raises(NotSetUp, match=words):
        registry.client_for(
            replace(CHANNEL, options=options), {"access_token": Secret(secret)}, clock
        )


def test_the_fake_sees_an_unknown_parameter() -> None:
    """The fake is worth something only if it complains."""
    payload = payload_for(CHANNEL)
    bold = replace(payload, body={**payload.body, "bold": "true"})
    with playing(Instagram(USER)) as stage:
        client = TestInstagram().connect(stage.url)
        with pytest.raises(Refused, match="bold"):
            client.prepare(bold)
