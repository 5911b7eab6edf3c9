"""Threads. Meta publishes no machine-readable description of this API, so no request can be held
against something that was not written here; the fake follows Meta's pages."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest

from syndication.model import Channel, Figures
from syndication.platforms.protocol import Deferred, Refused
from tests.platforms.by_containers import ByContainers
from tests.platforms.conversing import hearing, measuring
from tests.platforms.fakes.graph import error
from tests.platforms.fakes.stage import NO_FAULT, playing
from tests.platforms.fakes.threads import Threads, weight
from tests.platforms.samples import NOW, payload_for
from tests.platforms.spoiled import says

USER = "2938475610"
CHANNEL = Channel(
    "threads-id", "threads", "id", account="@kpknl.contoh", options={"user_id": USER, "pause": "0"}
)


class TestThreads(ByContainers):
    channel: ClassVar[Channel] = CHANNEL
    secrets: ClassVar[dict[str, str]] = {"access_token": "THAA-token/profil+rahasia=1"}
    errors = "syndication.platforms.threads"
    platform = Threads


def test_an_emoji_counts_its_bytes() -> None:
    assert weight("a" * 500) == 500
    assert weight("\N{GRINNING FACE}") == 4
    long = replace(payload_for(CHANNEL), text="\N{GRINNING FACE}" * 126)
    body = {**long.body, "text": long.text}
    with playing(Threads(USER)) as stage:
        client = TestThreads().connect(stage.url)
        with pytest.raises(Refused, match="500 characters"):
            client.prepare(replace(long, body=body))


def test_a_passing_error_is_believed_before_its_words() -> None:
    passing = error(1, "THREADS_API__LINK_LIMIT_EXCEEDED", status=500)
    with playing(Threads(USER)) as stage:
        stage.silences.extend([NO_FAULT, says(passing.status, passing.body, passing.headers)])
        with pytest.raises(Deferred):
            TestThreads().connect(stage.url).prepare(payload_for(CHANNEL))


def test_hears_a_reply_to_a_reply_where_it_stands() -> None:
    threads = Threads(USER)
    with playing(threads) as stage:
        client = TestThreads().connect(stage.url)
        receipt = client.deliver(client.prepare(payload_for(CHANNEL)), key="k")
        first = threads.say(receipt.post_id, "warga", "Kapan?")
        second = threads.say(receipt.post_id, "tetangga", "Ya, kapan?", parent=first)
        heard = {each.id: each for each in hearing(client).responses([receipt], since=NOW)}
    assert (heard[first].parent, heard[second].parent) == ("", first)
    assert heard[second].url.startswith(f"{stage.url}/@warga/post/")


def test_a_post_that_was_passed_on_was_shared_in_whatever_way() -> None:
    threads = Threads(USER)
    with playing(threads) as stage:
        client = TestThreads().connect(stage.url)
        receipt = client.deliver(client.prepare(payload_for(CHANNEL)), key="k")
        threads.passed_on = {"reposts": 4, "quotes": 2}
        threads.count(receipt.post_id, Figures(shares=1))
        assert measuring(client).figures([receipt])[receipt.post_id].shares == 7
