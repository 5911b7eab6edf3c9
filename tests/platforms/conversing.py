"""The part of the contract about people: hearing what they say, answering, counting.

A platform's fake lets people speak (`Talked`) and counts (`Counted`); see `fakes/stage.py`.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import ClassVar

import pytest

from syndication.compose.rules import packaged
from syndication.model import Channel, Figures, Prepared, Receipt, Response
from syndication.platforms.protocol import (
    Answerable,
    Client,
    Clock,
    Deferred,
    Failure,
    Findable,
    Hearable,
    Listable,
    Measurable,
    Metered,
    Refused,
    Withdrawable,
)
from tests.platforms.fakes.stage import Counted, Fault, Stage, Talked
from tests.platforms.quiet import listen, logged, traces
from tests.platforms.samples import NOW, clock
from tests.platforms.spoiled import FAULTS, HASTY, MISREAD, PATIENT

QUESTION = "Kapan lelang dibuka? Terima kasih 🙏"
ANSWER = "Lelang dibuka hari Senin pukul 09.00 WIB."
MANY = 120
"""More than the largest page of any platform (100)."""

COUNTS = Figures(views=12, likes=3, replies=2, shares=1, clicks=4)
LAST = timedelta(days=400)


class Conversing:
    """The tests; the contract gives what they stand on."""

    channel: ClassVar[Channel]

    def connect(self, host: str, seconds: str = PATIENT, watch: Clock = clock) -> Client:
        raise NotImplementedError

    def hides(self, *texts: str) -> None:
        raise NotImplementedError

    def another(self, prepared: Prepared) -> Prepared:
        """Make a second post of the same words; where the payload names the record, it differs."""
        return prepared

    # -- hearing

    def test_hears_what_people_say(self, stage: Stage, client: Client, prepared: Prepared) -> None:
        hearable = hearing(client)
        first, second = (
            client.deliver(prepared, key="k1"),
            client.deliver(self.another(prepared), key="k2"),
        )
        question = people(stage).say(first.post_id, "warga", QUESTION)
        people(stage).say(first.post_id, "tetangga", "Saya juga mau tahu.", parent=question)
        people(stage).say(second.post_id, "warga", "Terima kasih.")
        heard = {each.text: each for each in hearable.responses([first, second], since=NOW)}
        assert {text: (each.post_id, each.parent) for text, each in heard.items()} == {
            QUESTION: (first.post_id, ""),
            "Saya juga mau tahu.": (first.post_id, question),
            "Terima kasih.": (second.post_id, ""),
        }
        for each in heard.values():
            self._is_sound(each, stage)
        assert heard[QUESTION].id == question
        assert "warga" in heard[QUESTION].author
        assert stage.attempts == 2

    def _is_sound(self, each: Response, stage: Stage) -> None:
        assert each.id
        assert each.author
        assert each.url.startswith(f"{stage.url}/")
        assert each.at.tzinfo is not None
        assert not each.ours
        self.hides(repr(each))

    def test_hears_everybody_page_by_page(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        hearable = hearing(client)
        receipt = client.deliver(prepared, key="k1")
        said = {people(stage).say(receipt.post_id, "warga", f"Nomor {n}") for n in range(MANY)}
        assert {each.id for each in hearable.responses([receipt], since=NOW)} == said

    def test_hears_only_what_was_said_since(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        hearable = hearing(client)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearable.responses([receipt], since=NOW)
        assert list(hearable.responses([receipt], since=heard.at + timedelta(hours=1))) == []

    def test_asks_nothing_about_no_posts(self, stage: Stage, client: Client) -> None:
        if isinstance(client, Hearable):
            assert list(client.responses([], since=NOW)) == []
        if isinstance(client, Measurable):
            assert client.figures([]) == {}
        assert not stage.requests

    def test_hears_below_the_posts_that_still_stand(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        hearable = hearing(client)
        if not isinstance(client, Withdrawable):
            pytest.skip(f"{self.channel.platform} takes nothing back")
        gone, kept = (
            client.deliver(prepared, key="k1"),
            client.deliver(self.another(prepared), key="k2"),
        )
        people(stage).say(kept.post_id, "warga", QUESTION)
        client.withdraw(gone)
        heard = list(hearable.responses([gone, kept], since=NOW))
        assert [each.text for each in heard] == [QUESTION]

    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [(fault, outcome) for _, fault, outcome in MISREAD],
        ids=[name for name, _, _ in MISREAD],
    )
    def test_says_why_it_cannot_hear(
        self, stage: Stage, client: Client, prepared: Prepared, fault: Fault, outcome: type[Failure]
    ) -> None:
        hearing(client)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        hasty = hearing(
            self.connect(stage.url, HASTY if fault.then in ("hang", "drip") else PATIENT)
        )
        stage.silences.append(fault)
        with pytest.raises(outcome) as caught:
            list(hasty.responses([receipt], since=NOW))
        assert caught.value.reason.isprintable()

    def test_says_when_nobody_answers_who_listens(self) -> None:
        client, receipt = self.connect("http://127.0.0.1:9"), Receipt("1", "", NOW)
        hearable = hearing(client)
        with pytest.raises(Deferred):
            list(hearable.responses([receipt], since=NOW))

    def test_defers_where_tls_fails_while_it_listens(self, stage: Stage) -> None:
        client = self.connect(stage.url.replace("http://", "https://"))
        receipt = Receipt("1", f"{stage.url}/1", NOW)
        with pytest.raises(Deferred):
            list(hearing(client).responses([receipt], since=NOW))
        if isinstance(client, Measurable):
            with pytest.raises(Deferred):
                client.figures([receipt])
        if isinstance(client, Answerable):
            with pytest.raises(Deferred):
                client.reply(Response("2", "1", "", "warga", QUESTION, NOW), ANSWER, key="k2")
        assert not stage.requests

    def test_tells_no_secret_while_it_listens(
        self, stage: Stage, client: Client, prepared: Prepared, caplog: pytest.LogCaptureFixture
    ) -> None:
        hearable = hearing(client)
        listen(caplog)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearable.responses([receipt], since=NOW)
        stage.silences.append(Fault(publish=False, status=401, body="no"))
        with pytest.raises(Failure) as caught:
            list(hearable.responses([receipt], since=NOW))
        if isinstance(client, Answerable):
            client.reply(heard, ANSWER, key="k2")
        if isinstance(client, Measurable):
            client.figures([receipt])
        self.hides(*(f"{request.path} {request.query}" for request in stage.requests))
        self.hides(*logged(caplog), *traces(caught.value))

    def test_counts_what_it_read_where_that_is_billed(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        hearable = hearing(client)
        assert isinstance(client, Metered) or not packaged(self.channel.platform).price_read
        if not isinstance(client, Metered):
            pytest.skip(f"{self.channel.platform} bills no reading")
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        people(stage).say(receipt.post_id, "warga", "Dan di mana?")
        client.take_reads()
        heard = list(hearable.responses([receipt], since=NOW))
        assert client.take_reads() >= len(heard) == 2
        assert client.take_reads() == 0

    # -- answering

    def test_answers_right_below_what_was_said(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        answerable, hearable = answering(client), hearing(client)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearable.responses([receipt], since=NOW)
        made = answerable.reply(heard, ANSWER, key="k2")
        ours = [each for each in hearable.responses([receipt], since=NOW) if each.ours]
        assert [(each.id, each.parent, each.post_id) for each in ours] == [
            (made.post_id, heard.id, receipt.post_id)
        ]
        assert ours[0].text.endswith(ANSWER)
        assert made.url.startswith(f"{stage.url}/")
        assert made.at.tzinfo is not None
        assert stage.attempts == 2
        self.hides(repr(made))

    def test_takes_no_answer_for_a_post(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        """Else `recover` would take an answer that links an article for that article's post."""
        answerable, hearable = answering(client), hearing(client)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearable.responses([receipt], since=NOW)
        answerable.reply(heard, prepared.payload.text, key="k2")
        if isinstance(client, Listable):
            assert [seen.post_id for seen in client.timeline(NOW)] == [receipt.post_id]
        if isinstance(client, Findable):
            assert client.find(prepared, since=NOW, known={receipt.post_id}) is None

    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [(fault, outcome) for _, fault, outcome in FAULTS],
        ids=[name for name, _, _ in FAULTS],
    )
    def test_never_answers_twice_and_says_what_went_wrong(
        self, stage: Stage, client: Client, prepared: Prepared, fault: Fault, outcome: type[Failure]
    ) -> None:
        answering(client)
        receipt = client.deliver(prepared, key="k1")
        people(stage).say(receipt.post_id, "warga", QUESTION)
        (heard,) = hearing(client).responses([receipt], since=NOW)
        hasty = self.connect(stage.url, HASTY if fault.then in ("hang", "drip") else PATIENT)
        assert stage.dealt.acquire(timeout=float(PATIENT))
        stage.faults.append(fault)
        with pytest.raises(Failure) as caught:
            answering(hasty).reply(heard, ANSWER, key="k2")
        gone = fault.status == 404 and isinstance(caught.value, Refused)
        assert type(caught.value) is outcome or gone
        assert stage.dealt.acquire(timeout=float(PATIENT))
        assert stage.attempts == 2
        ours = [each for each in hearing(client).responses([receipt], since=NOW) if each.ours]
        assert len(ours) == fault.publish

    def test_says_when_nobody_answers_who_replies(self) -> None:
        answerable = answering(self.connect("http://127.0.0.1:9"))
        asked = Response("2", "1", "http://127.0.0.1:9/2", "warga", QUESTION, NOW)
        with pytest.raises(Deferred):
            answerable.reply(asked, ANSWER, key="k2")

    # -- counting

    def test_counts_as_the_platform_does(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        measurable = measuring(client)
        seen, unseen = (
            client.deliver(prepared, key="k1"),
            client.deliver(self.another(prepared), key="k2"),
        )
        assert isinstance(stage.platform, Counted)
        stage.platform.count(seen.post_id, COUNTS)
        found = measurable.figures([seen, unseen])
        assert set(found) == {seen.post_id, unseen.post_id}
        told = {name: n for name, n in asdict(found[seen.post_id]).items() if n is not None}
        assert told
        assert told.items() <= asdict(COUNTS).items()
        assert {asdict(found[unseen.post_id])[name] for name in told} <= {0, None}
        assert stage.attempts == 2

    def test_has_no_figures_of_a_post_that_is_gone(
        self, stage: Stage, client: Client, prepared: Prepared
    ) -> None:
        measurable = measuring(client)
        if not isinstance(client, Withdrawable):
            pytest.skip(f"{self.channel.platform} takes nothing back")
        gone, kept = (
            client.deliver(prepared, key="k1"),
            client.deliver(self.another(prepared), key="k2"),
        )
        client.withdraw(gone)
        assert set(measurable.figures([gone, kept])) == {kept.post_id}
        assert stage.attempts == 2

    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [(fault, outcome) for _, fault, outcome in MISREAD],
        ids=[name for name, _, _ in MISREAD],
    )
    def test_says_why_it_cannot_count(
        self, stage: Stage, client: Client, prepared: Prepared, fault: Fault, outcome: type[Failure]
    ) -> None:
        measuring(client)
        receipt = client.deliver(prepared, key="k1")
        hasty = measuring(
            self.connect(stage.url, HASTY if fault.then in ("hang", "drip") else PATIENT)
        )
        stage.silences.append(fault)
        with pytest.raises(outcome) as caught:
            hasty.figures([receipt])
        assert caught.value.reason.isprintable()

    def test_says_when_nobody_answers_who_counts(self) -> None:
        measurable = measuring(self.connect("http://127.0.0.1:9"))
        with pytest.raises(Deferred):
            measurable.figures([Receipt("1", "", NOW)])


def hearing(client: Client) -> Hearable:
    """Return the client that hears; others are not asked."""
    if not isinstance(client, Hearable):
        pytest.skip("nothing can be heard")
    return client


def answering(client: Client) -> Answerable:
    """Return the client that answers; others are not asked."""
    if not isinstance(client, Answerable):
        pytest.skip("nothing can be answered")
    return client


def measuring(client: Client) -> Measurable:
    """Return the client that counts; others are not asked."""
    if not isinstance(client, Measurable):
        pytest.skip("nothing is counted")
    return client


def people(stage: Stage) -> Talked:
    """Return the platform's people: one that can be heard needs some in its tests."""
    assert isinstance(stage.platform, Talked)
    return stage.platform
