"""What people say below posts on Mastodon, the office's answers, and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from syndication.model import JSON, Channel, Figures, Receipt, Response
from syndication.platforms import registry
from syndication.platforms.mastodon.client import MastodonClient
from syndication.platforms.protocol import (
    Answerable,
    Barred,
    Deferred,
    Failure,
    Hearable,
    InDoubt,
    Measurable,
    Refused,
    Secret,
)
from tests.platforms.contract import PATIENT
from tests.platforms.fakes.mastodon import Mastodon
from tests.platforms.fakes.stage import JSON_TYPE, Fault, Reply, Request, Stage, data, playing
from tests.platforms.samples import NOW, clock, payload_for

CHANNEL = Channel("mastodon-id", "mastodon", "id", "kpknl")
TOKEN = "mst/rahasia+Token=1"  # noqa: S105 -- of the fake


@dataclass
class Scene:
    """A server, our client of it, and one post of ours."""

    server: Mastodon
    stage: Stage
    client: MastodonClient
    receipt: Receipt

    def heard(self, *receipts: Receipt) -> list[Response]:
        return list(self.client.responses(receipts or [self.receipt], since=NOW))


def client_of(url: str, visibility: str = "", seconds: str = PATIENT) -> MastodonClient:
    options = {"host": url, "timeout": seconds, "visibility": visibility}
    client = registry.client_for(
        replace(CHANNEL, options=options), {"access_token": Secret(TOKEN)}, clock
    )
    assert isinstance(client, MastodonClient)
    assert isinstance(client, Hearable)
    assert isinstance(client, Answerable)
    assert isinstance(client, Measurable)
    return client


def posted(server: Mastodon, stage: Stage, visibility: str = "") -> Scene:
    client = client_of(stage.url, visibility)
    channel = replace(CHANNEL, options={"visibility": visibility})
    receipt = client.deliver(client.prepare(payload_for(channel)), key="k")
    return Scene(server, stage, client, receipt)


@pytest.fixture
def scene() -> Iterator[Scene]:
    server = Mastodon(TOKEN)
    with playing(server) as stage:
        yield posted(server, stage)
    assert server.complaints == []


def test_hears_what_people_say_however_deep(scene: Scene) -> None:
    post_id = scene.receipt.post_id
    first = scene.server.say(post_id, "warga@sosial.example", "Kapan lelangnya & di mana?")
    scene.server.say(post_id, "tetangga", "Saya juga mau tahu.", parent=first)
    question, echo = scene.heard()
    assert question == Response(
        id=first,
        post_id=scene.receipt.post_id,
        url=f"{scene.stage.url}/@warga/{first}",
        author="@warga@sosial.example",
        text="Kapan lelangnya & di mana?",
        at=NOW,
    )
    assert (echo.parent, echo.post_id, echo.author) == (first, scene.receipt.post_id, "@tetangga")
    assert not any(each.ours for each in (question, echo))


def test_our_own_answer_is_told_apart(scene: Scene) -> None:
    scene.server.say(scene.receipt.post_id, "warga", "Kapan?")
    (question,) = scene.heard()
    scene.client.reply(question, "Besok pukul 9.", key="r")
    assert [(each.ours, each.parent) for each in scene.heard()] == [
        (False, ""),
        (True, question.id),
    ]


def test_an_answer_is_no_post_of_the_timeline(scene: Scene) -> None:
    scene.server.say(scene.receipt.post_id, "warga", "Kapan?")
    (question,) = scene.heard()
    scene.client.reply(question, "Baca https://kpknl.example.go.id/artikel/lelang", key="r")
    assert [post.post_id for post in scene.client.timeline(NOW)] == [scene.receipt.post_id]


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        pytest.param({"created_at": "2026-11-24T02:59:59Z"}, [], id="earlier"),
        pytest.param({"created_at": None}, ["Kapan?"], id="untold when"),
        pytest.param({"spoiler_text": "Tanya"}, ["Tanya Kapan?"], id="behind a warning"),
        pytest.param({"content": ""}, [""], id="a picture alone"),
        pytest.param({"content": None}, [""], id="no text at all"),
        pytest.param({"account": None}, ["Kapan?"], id="by nobody"),
        pytest.param({"in_reply_to_id_": 9}, ["Kapan?"], id="something unknown"),
        pytest.param({"id": 7}, [], id="an id that is none"),
        pytest.param({"visibility": "unlisted"}, ["Kapan?"], id="unlisted"),
        pytest.param({"visibility": "local"}, ["Kapan?"], id="a visibility of its own"),
        pytest.param({"visibility": None}, ["Kapan?"], id="untold for whom"),
        pytest.param({"visibility": "private"}, [], id="for followers"),
        pytest.param({"visibility": "direct"}, [], id="for us alone"),
        pytest.param({"visibility": "mutuals_only"}, [], id="for few, in other words"),
    ],
)
def test_reads_whatever_servers_tell(
    scene: Scene, changes: dict[str, JSON], texts: list[str]
) -> None:
    scene.server.say(scene.receipt.post_id, "warga", "Kapan?")
    scene.server.said[0].update(changes)
    assert [each.text for each in scene.heard()] == texts


def test_where_posts_are_for_followers_their_replies_are_heard() -> None:
    server = Mastodon(TOKEN)
    with playing(server) as stage:
        scene = posted(server, stage, "private")
        server.say(scene.receipt.post_id, "warga", "Kapan?")
        server.said[0]["visibility"] = "private"
        assert len(scene.heard()) == 1


def test_a_post_that_is_gone_has_no_replies_and_no_figures(scene: Scene) -> None:
    gone = Receipt("115000000000000001", f"{scene.stage.url}/@kpknl/1", NOW)
    scene.server.say(scene.receipt.post_id, "warga", "Kapan?")
    assert len(scene.heard(gone, scene.receipt)) == 1
    assert set(scene.client.figures([gone, scene.receipt])) == {scene.receipt.post_id}


def test_a_server_that_shows_no_replies_says_so() -> None:
    server = Mastodon(TOKEN, shows_replies=False)
    with playing(server) as stage:
        scene = posted(server, stage)
        with pytest.raises(Refused, match="tidak memperlihatkan balasan"):
            scene.heard()


@pytest.mark.parametrize(
    ("told", "figures"),
    [
        pytest.param({}, Figures(likes=4, replies=0, shares=2), id="as Mastodon tells"),
        pytest.param({"quotes_count": 3}, Figures(likes=4, replies=0, shares=5), id="quotes"),
        pytest.param({"favourites_count": None}, Figures(replies=0, shares=2), id="untold"),
        pytest.param({"favourites_count": "many"}, Figures(replies=0, shares=2), id="no number"),
        pytest.param({"favourites_count": -1}, Figures(replies=0, shares=2), id="below nothing"),
        pytest.param({"reblogs_count": None}, Figures(likes=4, replies=0), id="shares untold"),
    ],
)
def test_counts_as_the_server_does(scene: Scene, told: dict[str, JSON], figures: Figures) -> None:
    scene.server.count(scene.receipt.post_id, Figures(likes=4, shares=2))
    scene.server.posts[0].update(told)
    assert scene.client.figures([scene.receipt]) == {scene.receipt.post_id: figures}


@pytest.mark.parametrize(
    ("author", "said", "answer"),
    [
        ("warga@sosial.example", "Besok.", "@warga@sosial.example Besok."),
        ("tetangga", "Besok.", "@tetangga Besok."),
        ("tetangga", "Besok, @Tetangga ya.", "Besok, @Tetangga ya."),
        ("", "Besok.", "Besok."),
    ],
    ids=["of another server", "of this one", "named already", "by nobody"],
)
def test_an_answer_names_the_author_so_that_they_are_told(
    scene: Scene, author: str, said: str, answer: str
) -> None:
    scene.server.say(scene.receipt.post_id, author, "Kapan?")
    (question,) = scene.heard()
    receipt = scene.client.reply(question, said, key="r")
    made = scene.server.posts[-1]
    assert made["text"] == answer
    assert (made["id"], made["in_reply_to_id"]) == (receipt.post_id, question.id)
    assert (made["language"], receipt.at) == ("id", NOW)
    assert receipt.url == f"{scene.stage.url}/@kpknl/{receipt.post_id}"


@pytest.mark.parametrize(
    ("ours", "theirs", "answered"),
    [
        ("", "public", "public"),
        ("", "unlisted", "unlisted"),
        ("unlisted", "public", "unlisted"),
        ("", "private", "private"),
        ("private", "unlisted", "private"),
        ("", "direct", "direct"),
        ("", "local", "public"),
        ("", "mutuals_only", "private"),
    ],
)
def test_an_answer_is_for_no_more_people_than_the_words_it_answers(
    ours: str, theirs: str, answered: str
) -> None:
    server = Mastodon(TOKEN)
    with playing(server) as stage:
        scene = posted(server, stage, ours)
        said = server.say(scene.receipt.post_id, "warga", "Kapan?")
        server.said[0]["visibility"] = theirs
        question = Response(said, scene.receipt.post_id, "", "@warga", "Kapan?", NOW)
        scene.client.reply(question, "Besok.", key="r")
    assert server.posts[-1]["visibility"] == answered


def asked(scene: Scene) -> Response:
    scene.server.say(scene.receipt.post_id, "warga", "Kapan?")
    return scene.heard()[0]


def test_the_name_counts_as_far_as_the_server_counts_it() -> None:
    server = Mastodon(TOKEN, characters=400)
    with playing(server) as stage:
        scene = posted(server, stage)
        question = asked(scene)
        fitting = "a" * (400 - len("@warga "))  # the author's server is not counted
        with pytest.raises(Refused, match="1 karakter lebih"):
            scene.client.reply(question, fitting + "a", key="r")
        assert scene.stage.attempts == 1
        scene.client.reply(question, fitting, key="r")
    assert len(server.posts) == 2


def test_an_answer_is_made_once_for_its_key(scene: Scene) -> None:
    question = asked(scene)
    scene.stage.faults.append(Fault(publish=True, then="drop"))
    with pytest.raises(InDoubt):
        scene.client.reply(question, "Besok.", key="r")
    receipt = scene.client.reply(question, "Besok.", key="r")
    assert [post["id"] for post in scene.server.posts[1:]] == [receipt.post_id]


def test_what_is_gone_cannot_be_answered(scene: Scene) -> None:
    question = asked(scene)
    scene.server.said.clear()
    with pytest.raises(Refused, match="sudah tidak ada"):
        scene.client.reply(question, "Besok.", key="r")
    assert scene.stage.attempts == 1


class Spoilt(Mastodon):
    """A server that answers whatever reads replies and posts as it is told."""

    answer: Reply | None = None

    def reply(self, request: Request) -> Reply:
        reading = request.method == "GET" and "/statuses/" in request.path
        return self.answer if self.answer and reading else super().reply(request)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Reply(200, "<h1>Masuk</h1>"), Deferred, id="a page"),
        pytest.param(Reply(200, ""), Deferred, id="empty"),
        pytest.param(Reply(200, "[]", JSON_TYPE), Deferred, id="a list"),
        pytest.param(Reply(302, "", {"Location": "http://127.0.0.1:9/"}), Deferred, id="redirect"),
        pytest.param(Reply(500, "<h1>Error</h1>"), Deferred, id="500"),
        pytest.param(data(429, {"error": "Throttled"}), Deferred, id="too often"),
        pytest.param(data(401, {"error": "Token?"}), Barred, id="bad token"),
        pytest.param(
            data(403, {"error": "This action is outside the authorized scopes"}), Barred, id="scope"
        ),
    ],
)
def test_says_when_it_cannot_read(answer: Reply, outcome: type[Failure]) -> None:
    server = Spoilt(TOKEN)
    with playing(server) as stage:
        scene = posted(server, stage)
        question = asked(scene)
        server.answer = answer
        for reading in (
            scene.heard,
            lambda: scene.client.figures([scene.receipt]),
            lambda: scene.client.reply(question, "Besok.", key="r"),
        ):
            with pytest.raises(Failure) as caught:
                reading()
            assert type(caught.value) is outcome
        assert stage.attempts == 1


def test_says_when_to_come_back() -> None:
    server = Spoilt(TOKEN)
    with playing(server) as stage:
        scene = posted(server, stage)
        reset = {"X-RateLimit-Reset": "2026-11-24T03:05:00.000000Z"}
        server.answer = data(429, {"error": "Too many requests"}, **reset)
        with pytest.raises(Deferred) as caught:
            scene.heard()
    assert caught.value.retry_after == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Kapan?", "Kapan?"),
        ("@tetangga@sosial.example Kapan?", "Kapan?"),
        ("Tanya @tetangga saja.", "Tanya @tetangga saja."),
        ("surel@kpknl.go.id?", "surel@kpknl.go.id?"),
        ("@", "@"),
    ],
)
def test_leaves_out_whom_a_reply_is_for(scene: Scene, words: str, text: str) -> None:
    scene.server.say(scene.receipt.post_id, "warga", words)
    assert [each.text for each in scene.heard()] == [text]


def test_reads_a_long_conversation(scene: Scene) -> None:
    """A reply is some 3 kB, so that a few hundred are more than a MiB."""
    for number in range(400):
        scene.server.say(scene.receipt.post_id, "warga", f"Balasan {number}")
    for reply in scene.server.said:
        reply["note"] = "x" * 3000
    assert len(scene.heard()) == 400
