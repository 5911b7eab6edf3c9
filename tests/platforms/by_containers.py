"""What Instagram and Threads keep beside the contract: containers, and what may befall them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication.model import Payload, Prepared
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
from tests.platforms.contract import Contract
from tests.platforms.conversing import ANSWER, QUESTION, answering, hearing, people
from tests.platforms.fakes.containers import Containers
from tests.platforms.fakes.graph import error, worded
from tests.platforms.fakes.stage import NO_FAULT, Fault, Reply, Stage, playing
from tests.platforms.samples import NOW, clock, payload_for
from tests.platforms.spoiled import HTML, lies, says

USAGE = json.dumps({"1": [{"type": "pages", "estimated_time_to_regain_access": 20}]})


def spoiled(reply: Reply) -> Fault:
    return says(reply.status, reply.body, reply.headers)


class ByContainers(Contract):
    """The tests. `account` plays the account; `secrets` has its token."""

    platform: ClassVar[type[Containers]]

    @pytest.fixture
    def account(self) -> Containers:
        return self.platform(self.channel.options["user_id"], self.secrets["access_token"])

    @pytest.fixture
    def stage(self, account: Containers) -> Iterator[Stage]:
        with playing(account) as stage:
            yield stage
        assert account.complaints == []

    @pytest.fixture
    def client(self, stage: Stage) -> Client:
        self.posting = self.connect(stage.url)
        return self.posting

    def another(self, prepared: Prepared) -> Prepared:
        """A container is published once, so that each post needs one of its own."""
        return self.posting.prepare(prepared.payload)

    def worded(self, error: DocumentedError) -> Reply:
        return worded(error)

    # -- the container

    def test_preparing_publishes_nothing_and_may_be_repeated(
        self, stage: Stage, client: Client, payload: Payload
    ) -> None:
        """Each time another container is laid down; none of them is public."""
        first, second = client.prepare(payload), client.prepare(payload)
        assert first.payload == second.payload == payload
        assert first.ids["container"] != second.ids["container"]
        assert stage.attempts == 0
        assert stage.published() == []

    @pytest.mark.parametrize("step", [0, 1, 2], ids=["quota", "container", "its state"])
    @pytest.mark.parametrize(
        ("fault", "failure"),
        [
            pytest.param(says(500, "<h1>Error</h1>", HTML), Deferred, id="500"),
            pytest.param(says(200), Deferred, id="empty, without a type"),
            pytest.param(says(200, "<p>Portal</p>", HTML), Deferred, id="a portal"),
            pytest.param(says(302, "", {"Location": "http://127.0.0.1:9/"}), Deferred, id="302"),
            pytest.param(lies(200, "[]"), Deferred, id="a list"),
            pytest.param(Fault(publish=True, then="half"), Deferred, id="half"),
            pytest.param(Fault(publish=True, then="drop"), Deferred, id="nothing"),
            pytest.param(says(429), Deferred, id="429"),
            pytest.param(spoiled(error(2, "passing")), Deferred, id="passing"),
            pytest.param(spoiled(error(100, "x")), Refused, id="refused"),
            pytest.param(spoiled(error(190, "x")), Barred, id="no token"),
        ],
    )
    def test_whatever_happens_before_the_post_leaves_no_doubt(
        self, stage: Stage, step: int, fault: Fault, failure: type[Failure]
    ) -> None:
        stage.silences.extend([NO_FAULT] * step + [fault])
        with pytest.raises(failure) as caught:
            self.connect(stage.url).prepare(payload_for(self.channel))
        assert "sudah tayang" not in caught.value.reason
        assert stage.published() == []
        assert stage.attempts == 0

    def test_a_body_that_never_ends_is_a_delay_before_the_post(
        self, stage: Stage, payload: Payload
    ) -> None:
        stage.silences.append(Fault(publish=True, then="drip"))
        with pytest.raises(Deferred, match="belum ada yang tayang"):
            self.connect(stage.url, "0.4").prepare(payload)

    @pytest.mark.parametrize(
        ("states", "failure", "words"),
        [
            pytest.param(["IN_PROGRESS"], Deferred, "masih diolah", id="for ever"),
            pytest.param(["IN_PROGRESS", "ERROR"], Refused, "400", id="rejected after all"),
            pytest.param(["EXPIRED"], Deferred, "belum ada yang tayang", id="expired"),
        ],
    )
    def test_a_container_that_does_not_get_ready_is_not_published(
        self, stage: Stage, states: list[str], failure: type[Failure], words: str
    ) -> None:
        assert isinstance(stage.platform, Containers)
        stage.platform.states = states
        with pytest.raises(failure, match=words):
            self.connect(stage.url).prepare(payload_for(self.channel))
        assert stage.attempts == 0

    def test_a_container_is_waited_for(
        self, account: Containers, client: Client, payload: Payload
    ) -> None:
        account.states = ["IN_PROGRESS", "IN_PROGRESS", "FINISHED"]
        client.deliver(client.prepare(payload), key="k")
        assert len(account.posts) == 1

    # -- the quota

    def test_a_used_up_quota_defers_before_anything_is_laid_down(
        self, account: Containers, client: Client, payload: Payload
    ) -> None:
        account.used = account.quota
        words = f"{account.quota} unggahan dalam 24 jam"
        with pytest.raises(Deferred, match=words) as caught:
            client.prepare(payload)
        assert caught.value.retry_after == timedelta(hours=1)
        assert account.containers == {}
        assert isinstance(client, Probeable)
        quota = client.probe().quota
        assert (quota.sign, words in quota.says) == (Sign.BAD, True)

    @pytest.mark.parametrize(
        ("headers", "wait"),
        [
            pytest.param({}, None, id="nobody says when"),
            pytest.param({"Retry-After": "120"}, timedelta(minutes=2), id="in seconds"),
            pytest.param(
                {"Retry-After": "Tue, 24 Nov 2026 03:05:00 GMT"}, timedelta(minutes=5), id="a date"
            ),
            pytest.param(
                {"X-Business-Use-Case-Usage": USAGE}, timedelta(minutes=20), id="Meta's own"
            ),
            pytest.param({"X-Business-Use-Case-Usage": "{"}, None, id="not to be read"),
        ],
    )
    def test_comes_back_when_the_platform_says(
        self,
        stage: Stage,
        client: Client,
        prepared: Prepared,
        headers: dict[str, str],
        wait: timedelta | None,
    ) -> None:
        stage.faults.append(says(429, "", headers))
        with pytest.raises(Deferred) as caught:
            client.deliver(prepared, key="k")
        assert caught.value.retry_after == wait

    # -- the address

    def test_a_post_whose_address_cannot_be_had_is_public_all_the_same(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        stage.silences.append(says(500, "busy"))
        receipt = client.deliver(prepared, key="k")
        assert receipt.url.startswith(f"{stage.url}/")
        assert self.channel.account.removeprefix("@") in receipt.url
        assert len(stage.published()) == 1

    # -- answers

    def test_what_is_gone_cannot_be_answered(
        self, account: Containers, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearing(client).responses([receipt], since=NOW)
        account.said.clear()
        with pytest.raises(Refused, match="sudah tidak ada"):
            answering(client).reply(heard, ANSWER, key="k2")
        assert account.said == []

    def test_tells_a_lost_token_from_a_post_that_is_gone(
        self, account: Containers, client: Client, prepared: Prepared
    ) -> None:
        receipt = client.deliver(prepared, key="k1")
        account.posts.clear()
        account.user_id = "1"
        with pytest.raises(Barred):
            list(hearing(client).responses([receipt], since=NOW))

    # -- what it needs

    @pytest.mark.parametrize(
        ("options", "secret", "words"),
        [
            pytest.param({"user_id": "kpknl"}, "x", "user_id", id="a name for a number"),
            pytest.param({"user_id": "1"}, "", "access_token", id="no token"),
            pytest.param({"user_id": "1", "pause": "soon"}, "x", "pause", id="no number"),
            pytest.param({"user_id": "1", "pause": "-1"}, "x", "pause", id="below nothing"),
            pytest.param({"user_id": "1", "pause": "nan"}, "x", "pause", id="not a number"),
        ],
    )
    def test_wants_what_it_needs(self, options: dict[str, str], secret: str, words: str) -> None:
        channel = replace(self.channel, options=options)
        with pytest.raises(NotSetUp, match=words):
            registry.client_for(channel, {"access_token": Secret(secret)}, clock)

    def test_the_fake_sees_an_unknown_parameter(self, payload: Payload) -> None:
        """The fake is worth something only if it complains."""
        bold = replace(payload, body={**payload.body, "bold": "true"})
        careful = self.platform(self.channel.options["user_id"])
        with playing(careful) as stage, pytest.raises(Refused, match="bold"):
            self.connect(stage.url).prepare(bold)
        assert careful.complaints
