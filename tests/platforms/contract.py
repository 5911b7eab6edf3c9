"""What every platform keeps. The knowledge is here; a platform's test says only who it is.

A subclass names its `channel` and `secrets`, gives a `stage` that plays the platform, and says how
the platform would word an error. Every test runs the real client over real HTTP.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication import clock as real_clock
from syndication.compose.counting import bound_by
from syndication.compose.rules import packaged
from syndication.model import Channel, Payload, Prepared
from syndication.platforms import registry
from syndication.platforms.answers import DocumentedError, judge, plain
from syndication.platforms.protocol import (
    Barred,
    Client,
    Clock,
    Deferred,
    Failure,
    Findable,
    Health,
    Hearable,
    InDoubt,
    Listable,
    Measurable,
    NotSetUp,
    Probeable,
    Refused,
    Repeatable,
    Revisable,
    Secret,
    Sign,
    Withdrawable,
)
from tests.platforms.conversing import Conversing
from tests.platforms.fakes.stage import JSON_TYPE, Fault, Reply, Stage
from tests.platforms.quiet import listen, logged, traces
from tests.platforms.samples import NOW, clock, payload_for, post_for
from tests.platforms.spoiled import FAULTS, HASTY, PATIENT, says

__all__ = ["PATIENT", "Contract", "do_everything", "says"]

OUTCOMES: dict[str, type[Failure]] = {
    "refused": Refused,
    "barred": Barred,
    "deferred": Deferred,
    "in_doubt": InDoubt,
}


class Contract(Conversing):
    """The tests. `channel` has no host yet; `errors` is the package with `errors.toml`, or "".

    `key_life` is how old an attempt may be whose key the platform surely still knows.
    """

    channel: ClassVar[Channel]
    secrets: ClassVar[dict[str, str]] = {}
    errors: ClassVar[str] = ""
    key_life: ClassVar[timedelta] = timedelta(days=400)

    # -- what a platform's test gives

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        raise NotImplementedError

    def worded(self, error: DocumentedError) -> Reply:
        """Word a documented error as the platform does."""
        raise NotImplementedError

    # -- what the tests stand on

    def at(self, host: str, seconds: str = PATIENT) -> Channel:
        return replace(
            self.channel, options={**self.channel.options, "host": host, "timeout": seconds}
        )

    def connect(self, host: str, seconds: str = PATIENT, watch: Clock = clock) -> Client:
        hidden = {name: Secret(value) for name, value in self.secrets.items()}
        return registry.client_for(self.at(host, seconds), hidden, watch)

    @pytest.fixture
    def client(self, stage: Stage) -> Client:
        return self.connect(stage.url)

    @pytest.fixture
    def payload(self) -> Payload:
        return payload_for(self.channel)

    @pytest.fixture
    def prepared(self, client: Client, payload: Payload) -> Prepared:
        return client.prepare(payload)

    # -- the format

    def test_renders_the_same_request_every_time(self, payload: Payload) -> None:
        assert payload_for(self.channel) == payload
        assert Payload.from_json(payload.to_json()) == payload
        assert payload.platform == self.channel.platform

    def test_fits(self, payload: Payload) -> None:
        rules = packaged(self.channel.platform)
        assert 0 < bound_by(payload.text, rules) <= rules.limit

    def test_shows_the_link_once(self, payload: Payload) -> None:
        beside = not packaged(self.channel.platform).link_in_text
        assert payload.text.count(payload.link) == (0 if beside else 1)
        assert payload.link in json.loads(payload.to_json())["body"].values() or not beside

    def test_sends_what_was_approved(self, payload: Payload) -> None:
        assert payload.text in payload.body.values()
        assert payload.text == post_for(self.channel).text

    # -- publishing

    def test_publishes_once_and_says_where(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        receipt = client.deliver(prepared, key="k1")
        (post,) = stage.published()
        assert (post["id"], post["text"]) == (receipt.post_id, post["text"])
        assert receipt.url.startswith(stage.url + "/")
        assert receipt.at == NOW
        assert receipt.at.tzinfo is not None
        assert stage.attempts == 1

    def test_preparing_publishes_nothing_and_may_be_repeated(
        self, stage: Stage, client: Client, payload: Payload
    ) -> None:
        assert client.prepare(payload) == client.prepare(payload)
        assert stage.attempts == 0

    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [(fault, outcome) for _, fault, outcome in FAULTS],
        ids=[name for name, _, _ in FAULTS],
    )
    def test_names_what_went_wrong_and_never_asks_twice(
        self, stage: Stage, payload: Payload, fault: Fault, outcome: type[Failure]
    ) -> None:
        client = self.connect(stage.url, HASTY if fault.then in ("hang", "drip") else PATIENT)
        prepared = client.prepare(payload)
        stage.faults.append(fault)
        with pytest.raises(Failure) as caught:
            client.deliver(prepared, key="k1")
        assert type(caught.value) is outcome
        assert caught.value.reason
        assert stage.dealt.acquire(timeout=float(PATIENT))
        assert stage.attempts == 1
        assert len(stage.published()) == fault.publish

    @pytest.mark.parametrize("scheme", ["http", "https"])
    def test_defers_where_nobody_listens(self, payload: Payload, scheme: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        client = self.connect(f"{scheme}://127.0.0.1:{port}")
        with pytest.raises(Deferred):
            client.deliver(client.prepare(payload), key="k1")

    def test_tells_a_person_only_what_a_terminal_can_show(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        odd = "\\ud800 \\u001b[31m \\u0000 \\u202e x" * 99
        body = f'{{"detail": "{odd}", "error": {{"message": "{odd}", "code": 100}}}}'
        stage.faults.append(says(400, body, JSON_TYPE))
        with pytest.raises(Failure) as caught:
            client.deliver(prepared, key="k1")
        assert caught.value.reason.isprintable()
        assert len(caught.value.reason) < 500

    def test_sends_nothing_in_clear(self) -> None:
        with pytest.raises(NotSetUp, match="host"):
            self.connect("http://sosial.example.go.id")

    def test_defers_where_tls_fails(self, stage: Stage, payload: Payload) -> None:
        client = self.connect(stage.url.replace("http://", "https://"))
        with pytest.raises(Deferred):
            client.deliver(Prepared(payload), key="k1")
        assert not stage.requests

    def test_takes_no_proxy_from_the_environment_to_this_machine(
        self, client: Client, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        assert client.deliver(prepared, key="k1").post_id

    def test_knows_every_documented_error(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        """Each row of `errors.toml` decides for the answer that it describes: none is shadowed."""
        rows = judge("", self.errors).errors if self.errors else ()
        for row in rows:
            reply = self.worded(row)
            stage.faults.append(says(reply.status, reply.body, reply.headers))
            with pytest.raises(Failure) as caught:
                client.deliver(prepared, key="k1")
            assert type(caught.value) is OUTCOMES[row.outcome], row
            assert row.reason in caught.value.reason
            assert row.source.startswith("https://")

    # -- secrets

    def test_wants_its_secrets_and_shows_none(self, stage: Stage) -> None:
        for missing in self.secrets:
            hidden = {
                name: Secret(value) for name, value in self.secrets.items() if name != missing
            }
            with pytest.raises(NotSetUp, match=missing) as caught:
                registry.client_for(self.at(stage.url), hidden, clock)
            self.hides(str(caught.value), repr(hidden))

    def test_tells_no_secret_when_all_goes_well(
        self, client: Client, payload: Payload, caplog: pytest.LogCaptureFixture
    ) -> None:
        listen(caplog)
        prepared = client.prepare(payload)
        receipt = client.deliver(prepared, key="k1")
        self.hides(
            repr(client), str(vars(client)), payload.to_json(), repr(prepared), repr(receipt)
        )
        self.hides(*logged(caplog))

    def test_tells_no_secret_when_the_platform_repeats_it(
        self, stage: Stage, client: Client, prepared: Prepared, caplog: pytest.LogCaptureFixture
    ) -> None:
        listen(caplog)
        echo = " ".join(self.secrets.values()) or "nothing"
        error = {"message": echo, "code": 190, "type": echo}
        body = json.dumps({"detail": echo, "title": echo, "errors": [error], "error": error})
        slashed = body.replace("/", "\\/")  # as PHP writes JSON
        escaped = body.replace("a", "\\u0061")
        for status, echoed in ((400, body), (401, slashed), (400, escaped), (500, f"<p>{echo}")):
            stage.faults.append(says(status, echoed, {**JSON_TYPE, "X-Echo": echo}))
            with pytest.raises(Failure) as caught:
                client.deliver(prepared, key="k1")
            self.hides(str(caught.value), repr(caught.value), *traces(caught.value))
        self.hides(*logged(caplog))

    def test_tells_no_secret_when_nobody_answers(
        self, payload: Payload, caplog: pytest.LogCaptureFixture
    ) -> None:
        listen(caplog)
        client = self.connect("http://127.0.0.1:9")
        with pytest.raises(Deferred) as caught:
            client.deliver(Prepared(payload), key="k1")
        self.hides(str(caught.value), *traces(caught.value), *logged(caplog))

    def test_puts_no_secret_into_an_address(
        self, stage: Stage, client: Client, payload: Payload
    ) -> None:
        do_everything(client, payload)
        self.hides(*(f"{request.path} {request.query}" for request in stage.requests))

    def hides(self, *texts: str) -> None:
        for text in texts:
            for name, value in self.secrets.items():
                assert value not in text, f"{name} in {text[:80]!r}"

    # -- what not every platform offers

    def test_repeats_a_key_without_a_second_post(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        if not isinstance(client, Repeatable):
            pytest.skip(f"{self.channel.platform} keeps no key")
        assert client.may_repeat(since=NOW - self.key_life, now=NOW)
        stage.faults.append(Fault(publish=True, then="drop"))
        with pytest.raises(InDoubt):
            client.deliver(prepared, key="k1")
        receipt = client.deliver(prepared, key="k1")
        assert [post["id"] for post in stage.published()] == [receipt.post_id]

    def test_finds_a_post_whose_answer_was_lost(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        if not isinstance(client, Findable):
            pytest.skip(f"{self.channel.platform} cannot be read")
        assert client.find(prepared, since=NOW, known=()) is None
        stage.faults.append(Fault(publish=True, then="drop"))
        with pytest.raises(InDoubt):
            client.deliver(prepared, key="k1")
        found = client.find(prepared, since=NOW, known=())
        assert found
        assert found.post_id == stage.published()[0]["id"]
        assert found.url.startswith(stage.url + "/")
        assert client.find(prepared, since=NOW, known={found.post_id}) is None
        other = Prepared(replace(prepared.payload, text="Lain sama sekali"))
        assert client.find(other, since=NOW, known=()) is None

    def test_says_when_it_cannot_look(self, payload: Payload) -> None:
        client = self.connect("http://127.0.0.1:9")
        if not isinstance(client, Findable):
            pytest.skip(f"{self.channel.platform} cannot be read")
        with pytest.raises(Failure):
            client.find(Prepared(payload), since=NOW, known=())

    def test_edits_a_post_in_place(self, stage: Stage, client: Client, prepared: Prepared) -> None:
        if not isinstance(client, Revisable):
            pytest.skip(f"{self.channel.platform} offers no edit")
        receipt = client.deliver(prepared, key="k1")
        text = prepared.payload.text.replace("Lelang", "Ralat: lelang", 1)
        body = {
            name: text if value == prepared.payload.text else value
            for name, value in prepared.payload.body.items()
        }
        revised = client.revise(receipt, replace(prepared.payload, text=text, body=body))
        assert (revised.post_id, revised.url) == (receipt.post_id, receipt.url)
        assert [post["text"] for post in stage.published()] == [text]
        assert stage.attempts == 1

    def test_takes_a_post_back(self, stage: Stage, client: Client, prepared: Prepared) -> None:
        if not isinstance(client, Withdrawable):
            pytest.skip(f"{self.channel.platform} takes nothing back")
        receipt = client.deliver(prepared, key="k1")
        client.withdraw(receipt)
        assert stage.published() == []
        client.withdraw(receipt)  # after a kill, nobody knows whether it was done
        if isinstance(client, Revisable):
            with pytest.raises(Refused):
                client.revise(receipt, prepared.payload)

    def test_lists_what_the_account_published(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        if not isinstance(client, Listable):
            pytest.skip(f"{self.channel.platform} has no timeline to read")
        assert list(client.timeline(NOW)) == []
        receipt = client.deliver(prepared, key="k1")
        (seen,) = client.timeline(NOW)
        assert (seen.post_id, seen.url) == (receipt.post_id, receipt.url)
        assert seen.text == plain(prepared.payload.text)
        assert prepared.payload.link in seen.links
        assert seen.at.tzinfo is not None
        assert list(client.timeline(seen.at + timedelta(days=1))) == []
        assert stage.attempts == 1

    def test_says_when_it_cannot_list(self) -> None:
        client = self.connect("http://127.0.0.1:9")
        if not isinstance(client, Listable):
            pytest.skip(f"{self.channel.platform} has no timeline to read")
        with pytest.raises(Deferred):
            list(client.timeline(NOW))

    def test_tries_the_account_without_posting(
        self, stage: Stage, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = self.connect(stage.url, watch=real_clock.now)
        if not isinstance(client, Probeable):
            pytest.skip(f"{self.channel.platform} cannot be tried")
        listen(caplog)
        health = client.probe()
        assert isinstance(health, Health)
        found = (health.token, health.scope, health.clock, health.quota)
        assert [each.sign for each in found] == [Sign.GOOD] * 4, found
        assert stage.attempts == 0
        assert stage.published() == []
        self.hides(repr(health), *logged(caplog))

    def test_notices_a_clock_that_is_wrong(self, stage: Stage) -> None:
        ahead = self.connect(stage.url, watch=lambda: real_clock.now() + timedelta(minutes=9))
        if not isinstance(ahead, Probeable):
            pytest.skip(f"{self.channel.platform} cannot be tried")
        assert ahead.probe().clock.sign is Sign.BAD

    def test_says_when_it_cannot_be_tried(self) -> None:
        client = self.connect("http://127.0.0.1:9")
        if not isinstance(client, Probeable):
            pytest.skip(f"{self.channel.platform} cannot be tried")
        with pytest.raises(Deferred):
            client.probe()


def do_everything(client: Client, payload: Payload) -> None:
    """Make every request that the client can make."""
    if isinstance(client, Probeable):
        client.probe()
    prepared = client.prepare(payload)
    receipt = client.deliver(prepared, key="k1")
    if isinstance(client, Listable):
        list(client.timeline(NOW))
    if isinstance(client, Findable):
        client.find(prepared, since=NOW, known=())
    if isinstance(client, Hearable):
        list(client.responses([receipt], since=NOW))
    if isinstance(client, Measurable):
        client.figures([receipt])
    if isinstance(client, Revisable):
        client.revise(receipt, payload)
    if isinstance(client, Withdrawable):
        client.withdraw(receipt)
