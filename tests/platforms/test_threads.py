"""Threads. Meta publishes no machine-readable description of this API, so no request can be held
against something that was not written here; the fake follows Meta's pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import pytest

from syndication.model import Channel, Payload
from syndication.platforms import registry
from syndication.platforms.answers import DocumentedError
from syndication.platforms.protocol import (
    Client,
    Deferred,
    Failure,
    NotSetUp,
    Probeable,
    Refused,
    Secret,
    Sign,
)
from tests.platforms.contract import Contract
from tests.platforms.fakes.stage import Reply, Request, Stage, data, playing
from tests.platforms.fakes.threads import Threads, weight
from tests.platforms.samples import clock, payload_for

USER = "2938475610"
CHANNEL = Channel(
    "threads-id", "threads", "id", account="@kpknl.contoh", options={"user_id": USER, "pause": "0"}
)


class TestThreads(Contract):
    channel: ClassVar[Channel] = CHANNEL
    secrets: ClassVar[dict[str, str]] = {"access_token": "THAA-token/profil+rahasia=1"}
    errors = "syndication.platforms.threads"

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        threads = Threads(USER, self.secrets["access_token"])
        with playing(threads) as stage:
            yield stage
        assert threads.complaints == []

    def worded(self, error: DocumentedError) -> Reply:
        body: dict[str, object] = {
            "code": error.code or 1349,
            "error_subcode": error.subcode,
            "message": f"(#{error.code}) No: {error.says}.",
            "type": "OAuthException",
            "is_transient": error.says == "is_transient",
        }
        return data(error.status or 400, {"error": body})

    def test_preparing_publishes_nothing_and_may_be_repeated(
        self, stage: Stage, client: Client, payload: Payload
    ) -> None:
        """Each time another container is laid down; none of them is public."""
        first, second = client.prepare(payload), client.prepare(payload)
        assert first.payload == second.payload == payload
        assert first.ids["container"] != second.ids["container"]
        assert stage.attempts == 0
        assert stage.published() == []


class Answering(Threads):
    """A Threads that answers the laying down of a container as it is told."""

    def __init__(self, answer: Reply) -> None:
        super().__init__(USER)
        self.answer = answer

    def reply(self, request: Request) -> Reply:
        lays_down = (request.method, request.path.rpartition("/")[2]) == ("POST", "threads")
        return self.answer if lays_down else super().reply(request)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        pytest.param(Reply(500, "<h1>Error</h1>"), Deferred, id="500"),
        pytest.param(Reply(200, ""), Deferred, id="empty"),
        pytest.param(data(400, {"error": {"code": 2, "message": "x"}}), Deferred, id="passing"),
        pytest.param(data(400, {"error": {"code": 100, "message": "x"}}), Refused, id="refused"),
        pytest.param(
            data(500, {"error": {"code": 1, "message": "THREADS_API__LINK_LIMIT_EXCEEDED"}}),
            Deferred,
            id="a passing error is believed before its words",
        ),
    ],
)
def test_whatever_happens_before_the_post_leaves_no_doubt(
    answer: Reply, failure: type[Failure]
) -> None:
    with playing(Answering(answer)) as stage:
        client = TestThreads().connect(stage.url)
        with pytest.raises(failure) as caught:
            client.prepare(payload_for(CHANNEL))
        assert "sudah tayang" not in caught.value.reason
        assert stage.published() == []


@pytest.mark.parametrize(
    ("states", "failure"),
    [
        pytest.param(["IN_PROGRESS"], Deferred, id="for ever"),
        pytest.param(["IN_PROGRESS", "ERROR"], Refused, id="rejected after it was accepted"),
        pytest.param(["EXPIRED"], Deferred, id="expired"),
    ],
)
def test_a_container_that_does_not_get_ready_is_not_published(
    states: list[str], failure: type[Failure]
) -> None:
    with playing(Threads(USER, states=states)) as stage:
        client = TestThreads().connect(stage.url)
        with pytest.raises(failure):
            client.prepare(payload_for(CHANNEL))
        assert stage.attempts == 0


def test_a_container_is_waited_for() -> None:
    with playing(Threads(USER, states=["IN_PROGRESS", "IN_PROGRESS", "FINISHED"])) as stage:
        client = TestThreads().connect(stage.url)
        client.deliver(client.prepare(payload_for(CHANNEL)), key="k")
        assert len(stage.published()) == 1


class Wordless(Threads):
    """A Threads that publishes, and then no longer tells where."""

    def reply(self, request: Request) -> Reply:
        asks = request.query.get("fields") == "permalink"
        return Reply(500, "busy") if asks else super().reply(request)


def test_a_post_whose_address_cannot_be_had_is_public_all_the_same() -> None:
    with playing(Wordless(USER)) as stage:
        client = TestThreads().connect(stage.url)
        receipt = client.deliver(client.prepare(payload_for(CHANNEL)), key="k")
        assert receipt.url == f"{stage.url}/@kpknl.contoh"
        assert len(stage.published()) == 1


def test_an_emoji_counts_its_bytes() -> None:
    assert weight("a" * 500) == 500
    assert weight("\N{GRINNING FACE}") == 4
    long = replace(payload_for(CHANNEL), text="\N{GRINNING FACE}" * 126)
    body = {**long.body, "text": long.text}
    with playing(Threads(USER)) as stage:
        client = TestThreads().connect(stage.url)
        with pytest.raises(Refused, match="500 characters"):
            client.prepare(replace(long, body=body))


class Spent(Threads):
    """A profile that has used up its posts of the day."""

    def reply(self, request: Request) -> Reply:
        if request.path.endswith("/threads_publishing_limit"):
            config = {"quota_total": 250, "quota_duration": 86400}
            return data(200, {"data": [{"quota_usage": 250, "config": config}]})
        return super().reply(request)


def test_a_used_up_quota_is_told() -> None:
    with playing(Spent(USER)) as stage:
        client = TestThreads().connect(stage.url)
        assert isinstance(client, Probeable)
        found = client.probe().quota
        assert (found.sign, found.says) == (Sign.BAD, "250 dari 250 unggahan dalam 24 jam")


@pytest.mark.parametrize(
    ("options", "secret", "words"),
    [
        pytest.param({"user_id": "kpknl"}, "x", "user_id", id="a name for a number"),
        pytest.param({"user_id": USER}, "", "access_token", id="no token"),
        pytest.param({"user_id": USER, "pause": "soon"}, "x", "pause", id="no number"),
        pytest.param({"user_id": USER, "pause": "nan"}, "x", "pause", id="not a number"),
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
    bold = replace(payload, body={**payload.body, "bold": True})
    with playing(Threads(USER)) as stage:
        client = TestThreads().connect(stage.url)
        with pytest.raises(Refused, match="bold"):
            client.prepare(bold)
