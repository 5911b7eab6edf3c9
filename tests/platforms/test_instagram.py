from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import pytest
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.instagraminsightsresult import InstagramInsightsResult

from syndication import drafts
from syndication.compose.counting import bound_by
from syndication.compose.rules import packaged
from syndication.model import Article, Channel, Payload, Picture
from syndication.platforms import registry
from syndication.platforms.instagram import comments
from syndication.platforms.instagram.account import INSTAGRAM
from syndication.platforms.protocol import (
    Barred,
    Client,
    Deferred,
    Failure,
    Findable,
    NotSetUp,
    Refused,
    Secret,
    Withdrawable,
)
from tests.platforms.by_containers import ByContainers
from tests.platforms.contract import do_everything
from tests.platforms.conversing import answering, hearing, measuring
from tests.platforms.fakes.instagram import Instagram
from tests.platforms.fakes.specs import GraphDescription, folder
from tests.platforms.fakes.stage import playing
from tests.platforms.samples import ARTICLE, NOW, clock, payload_for, post_for

USER = "1784140000"
CHANNEL = Channel(
    "ig-id", "instagram", "id", account="@kpknl.contoh", options={"user_id": USER, "pause": "0"}
)
CAROUSEL = replace(CHANNEL, options={**CHANNEL.options, "carousel": "yes"})


def payload_of(article: Article, channel: Channel = CAROUSEL) -> Payload:
    drafted = drafts.draft(article, channel)
    assert drafted.payload, drafted.refusal
    return drafted.payload


FURTHER = tuple(
    Picture(f"https://kpknl.example.go.id/gambar/{number}.png", f"Denah lantai {number}")
    for number in range(12)
)
SEVERAL = payload_of(replace(ARTICLE, pictures=FURTHER[:2]))


class TestInstagram(ByContainers):
    channel: ClassVar[Channel] = CHANNEL
    secrets: ClassVar[dict[str, str]] = {"access_token": "EAAG-token/akun+rahasia=1"}
    errors = "syndication.platforms.instagram"
    platform = Instagram


def test_every_request_is_one_that_meta_describes() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: Meta's description of the Graph API is not at hand")
    description = GraphDescription(specs)
    assert "bold" in description.wrong_with("IGUser", "POST", "media", {"bold": "true"})
    instagram = Instagram(USER, description=description)
    with playing(instagram) as stage:
        client = TestInstagram().connect(stage.url)
        receipt = client.deliver(client.prepare(SEVERAL), key="k")
        instagram.say(receipt.post_id, "warga", "Kapan?")
        (heard,) = hearing(client).responses([receipt], since=NOW)
        answering(client).reply(heard, "Besok.", key="k2")
        measuring(client).figures([receipt])
        do_everything(client, payload_for(CHANNEL))
        places = {request.path.rpartition("/")[2] for request in stage.requests}
        assert {"media", "media_publish", "content_publishing_limit"} <= places
        assert {"comments", "replies", "insights"} <= places
        assert stage.requests[-1].method == "DELETE"
    assert instagram.complaints == []


ASKED = {
    "IGMedia": set(INSTAGRAM.fields.split(",")),
    "IGComment": set(comments.FIELDS.split(",")),
    "InstagramInsightsResult": {name for names in INSTAGRAM.metrics.values() for name in names},
}


@pytest.mark.parametrize(
    ("node", "described"),
    [
        pytest.param("IGMedia", IGMedia.Field, id="a post"),
        pytest.param("IGComment", IGComment.Field, id="a comment"),
        pytest.param("InstagramInsightsResult", InstagramInsightsResult.Metric, id="its figures"),
    ],
)
def test_every_field_asked_for_is_in_metas_own_package(node: str, described: type) -> None:
    assert ASKED[node] <= set(vars(described).values())


def test_every_field_asked_for_is_in_metas_description() -> None:
    specs = folder()
    if specs is None:
        pytest.skip("SIAR_SPECS is not set: Meta's description of the Graph API is not at hand")
    description = GraphDescription(specs)
    for node in ("IGMedia", "IGComment"):
        assert ASKED[node] <= description.fields(node)
    metrics = description.values("shadowigmediainsights_metric_enum_param")
    assert ASKED["InstagramInsightsResult"] <= metrics


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


# -- the carousel


@pytest.mark.parametrize("said", ["True", "ya", ""])
def test_a_carousel_is_wanted_or_not(said: str) -> None:
    channel = replace(CHANNEL, options={**CHANNEL.options, "carousel": said})
    with pytest.raises(NotSetUp, match='carousel harus "yes" atau "no"'):
        registry.client_for(channel, {"access_token": Secret("x")}, clock)


@pytest.fixture
def instagram() -> Instagram:
    return Instagram(USER)


@pytest.fixture
def leafing(instagram: Instagram) -> Iterator[Client]:
    """Post as an account that wants carousels."""
    with playing(instagram) as stage:
        yield TestInstagram().connect(stage.url)
    assert instagram.complaints == []


def test_a_carousel_is_laid_down_page_by_page_and_is_one_post(
    instagram: Instagram, leafing: Client
) -> None:
    prepared = leafing.prepare(SEVERAL)
    assert len(prepared.ids["pages"].split(",")) == 3
    assert instagram.posts == []
    receipt = leafing.deliver(prepared, key="k")
    (post,) = instagram.published()
    assert (post["id"], post["caption"]) == (receipt.post_id, SEVERAL.text)
    assert post["children"] == [
        {"image_url": media.url, "alt_text": media.alt} for media in SEVERAL.media
    ]
    assert isinstance(leafing, Findable)
    found = leafing.find(prepared, since=NOW, known=())
    assert (found and found.post_id) == receipt.post_id
    assert isinstance(leafing, Withdrawable)
    leafing.withdraw(receipt)
    assert instagram.published() == []


@pytest.mark.parametrize(
    ("states", "laid_down"),
    [
        pytest.param(["ERROR"], 1, id="the first page"),
        pytest.param(["FINISHED", "ERROR"], 2, id="the second"),
        pytest.param(["FINISHED", "FINISHED", "FINISHED", "ERROR"], 1, id="what holds them"),
    ],
)
def test_a_carousel_with_a_page_that_is_not_taken_is_not_published(
    instagram: Instagram, leafing: Client, states: list[str], laid_down: int
) -> None:
    instagram.states = states
    with pytest.raises(Refused, match="Perbandingan sisi"):
        leafing.prepare(SEVERAL)
    assert len(instagram.containers) == laid_down
    assert instagram.posts == []


def test_a_carousel_that_was_prepared_in_part_is_prepared_anew(
    instagram: Instagram, leafing: Client
) -> None:
    instagram.states = ["FINISHED", "IN_PROGRESS"]
    with pytest.raises(Deferred):
        leafing.prepare(SEVERAL)
    instagram.states = ["FINISHED"]
    leafing.deliver(leafing.prepare(SEVERAL), key="k")
    assert len(instagram.published()) == 1


# -- why a container failed


@pytest.mark.parametrize(
    ("words", "failure"),
    [
        pytest.param("Error: … error code 2207052", Deferred, id="could not be fetched"),
        pytest.param("Error: … error code 2207009", Refused, id="a wrong shape"),
        pytest.param("Error: … error code 2207050", Barred, id="a restricted account"),
        pytest.param("Error: something else", Refused, id="no code"),
    ],
)
def test_a_container_says_why_it_failed(
    instagram: Instagram, leafing: Client, words: str, failure: type[Failure]
) -> None:
    instagram.states, instagram.failure = ["ERROR"], words
    with pytest.raises(failure):
        leafing.prepare(payload_for(CHANNEL))


# -- comments


def test_hears_each_reply_to_a_comment_that_has_many(instagram: Instagram, leafing: Client) -> None:
    receipt = leafing.deliver(leafing.prepare(payload_for(CHANNEL)), key="k")
    comment = instagram.say(receipt.post_id, "warga", "Kapan?")
    said = {instagram.say(receipt.post_id, "warga", f"{n}", parent=comment) for n in range(70)}
    heard = list(hearing(leafing).responses([receipt], since=NOW))
    assert {each.id for each in heard if each.parent == comment} == said


def test_an_answer_to_a_reply_stands_below_its_comment(
    instagram: Instagram, leafing: Client
) -> None:
    receipt = leafing.deliver(leafing.prepare(payload_for(CHANNEL)), key="k")
    comment = instagram.say(receipt.post_id, "warga", "Kapan?")
    instagram.say(receipt.post_id, "tetangga", "Di mana?", parent=comment)
    reply = next(each for each in hearing(leafing).responses([receipt], since=NOW) if each.parent)
    made = answering(leafing).reply(reply, "Di aula.", key="k2")
    ours = next(each for each in hearing(leafing).responses([receipt], since=NOW) if each.ours)
    assert (ours.id, ours.parent, ours.author) == (made.post_id, comment, "kpknl.contoh")
