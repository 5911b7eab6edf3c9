"""Against a real PDS: nothing here plays Bluesky but Bluesky's own server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, ClassVar

import httpx
import pytest
from PIL import Image

from syndication.compose.post import compose
from syndication.compose.rules import packaged
from syndication.model import JSON, Channel, Payload, Post, Prepared
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.bluesky.client import BlueskyClient, connect, post_url
from syndication.platforms.bluesky.facets import facets
from syndication.platforms.bluesky.format import BlueskyFormat
from syndication.platforms.bluesky.reading import retry_after
from syndication.platforms.bluesky.tid import tid
from syndication.platforms.protocol import (
    Barred,
    Client,
    Clock,
    Deferred,
    Failure,
    InDoubt,
    NotSetUp,
    Refused,
    Secret,
)
from tests.platforms.contract import PATIENT, Contract
from tests.platforms.fakes.pds import HANDLE, Account, Pds, serving
from tests.platforms.fakes.pictures import album
from tests.platforms.fakes.stage import Fault, Reply, Request, Stage, data, playing
from tests.platforms.samples import ARTICLE, NOW, clock, payload_for, post_for

BRIEFLY = "3"
"""How long a client waits for an answer that does not come; logging in takes its time, too."""

START = int(NOW.timestamp())


@pytest.fixture(scope="session")
def account() -> Iterator[Account]:
    with serving() as account:
        TestBluesky.secrets["app_password"] = account.app_password
        yield account


@pytest.fixture
def pds(account: Account) -> Pds:
    """The real PDS, without a post."""
    pds = Pds(account)
    pds.clear()
    return pds


@pytest.fixture
def stage(pds: Pds) -> Iterator[Stage]:
    with playing(pds) as stage:
        yield stage


class TestBluesky(Contract):
    channel: ClassVar[Channel] = Channel("bsky-id", "bluesky", "id", options={"handle": HANDLE})
    secrets: ClassVar[dict[str, str]] = {"app_password": "made by the PDS"}
    errors = "syndication.platforms.bluesky"

    @pytest.fixture
    def stage(self, pds: Pds) -> Iterator[Stage]:
        with playing(pds) as stage:
            yield stage

    def connect(self, host: str, seconds: str = PATIENT, watch: Clock = clock) -> Client:
        return super().connect(host, max(seconds, BRIEFLY, key=float), watch)

    def worded(self, error: DocumentedError) -> Reply:
        return data(error.status or 400, {"error": error.says or "Odd", "message": "No."})


def connected(host: str) -> BlueskyClient:
    client = TestBluesky().connect(host)
    assert isinstance(client, BlueskyClient)
    return client


def illustrated(url: str) -> Payload:
    payload = payload_for(TestBluesky.channel)
    return replace(payload, body={**payload.body, "picture": url})


def only(pds: Pds) -> dict[str, JSON]:
    (record,) = pds.records()
    value = record["value"]
    assert isinstance(value, dict)
    return value


def test_the_record_says_all_that_readers_need(pds: Pds, stage: Stage) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    receipt = client.deliver(client.prepare(payload), key="k")
    value = only(pds)
    assert receipt.post_id.endswith(str(payload.body["rkey"]))
    assert value["createdAt"] == "2026-11-24T03:00:00.000Z"
    assert value["langs"] == ["id"]
    assert value["embed"] == {
        "$type": "app.bsky.embed.external",
        "external": {
            "$type": "app.bsky.embed.external#external",
            "uri": ARTICLE.url,
            "title": ARTICLE.title,
            "description": payload.body["description"],
        },
    }
    assert _shown(str(value["text"]), value["facets"]) == ["#Lelang", "#BarangMilikNegara"]


def test_the_same_post_put_again_is_the_same_record(pds: Pds, stage: Stage) -> None:
    client = connected(stage.url)
    prepared = client.prepare(payload_for(TestBluesky.channel))
    client.deliver(prepared, key="k")
    (before,) = pds.records()
    client.deliver(prepared, key="k")
    assert pds.records() == [before]


def test_an_edit_keeps_moment_key_and_picture(pds: Pds, stage: Stage) -> None:
    client = connected(stage.url)
    with album() as site:
        payload = illustrated(f"{site}/foto.jpg")
        receipt = client.deliver(client.prepare(payload), key="k")
    before = only(pds)
    later = TestBluesky().connect(stage.url, watch=lambda: NOW + timedelta(days=2))
    assert isinstance(later, BlueskyClient)
    body = {**payload.body, "text": "Ralat.", "facets": []}
    revised = later.revise(receipt, replace(payload, text="Ralat.", body=body))
    assert revised.post_id == receipt.post_id
    after = only(pds)
    assert (after["text"], "facets" in after) == ("Ralat.", False)
    assert (after["createdAt"], after["embed"]) == (before["createdAt"], before["embed"])


def test_a_picture_becomes_the_cards_small_and_without_a_trace(account: Account, pds: Pds) -> None:
    with playing(pds) as stage, album() as site:
        client = connected(stage.url)
        payload = illustrated(f"{site}/foto.jpg")
        prepared = client.prepare(payload)
        assert client.prepare(payload) == prepared
        client.deliver(prepared, key="k")
        thumb = json.loads(prepared.ids["thumb"])
        query = {"did": account.did, "cid": thumb["ref"]["$link"]}
        url = f"{account.url}/xrpc/com.atproto.sync.getBlob"
        file = httpx.get(url, params=query, trust_env=False).content
    assert len(file) == thumb["size"] <= 1_000_000
    assert b"Makassar" not in file
    with Image.open(BytesIO(file)) as picture:
        assert picture.width > picture.height


@pytest.mark.parametrize("path", ["/lain.jpg", "/"])
def test_a_picture_that_cannot_go_loses_no_post(pds: Pds, stage: Stage, path: str) -> None:
    client = connected(stage.url)
    with album() as site:
        prepared = client.prepare(illustrated(site + path))
    assert "HTTP 404" in prepared.ids["picture"]
    client.deliver(prepared, key="k")
    assert len(pds.records()) == 1


def test_one_session_serves_many_posts(stage: Stage) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    for number in range(3):
        body = {**payload.body, "rkey": tid(NOW, f"{number}f")}
        client.deliver(client.prepare(replace(payload, body=body)), key="k")
    paths = [request.path for request in stage.requests]
    assert paths.count("/xrpc/com.atproto.server.createSession") == 1


def test_a_session_that_ended_is_opened_again(pds: Pds, stage: Stage) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    prepared = client.prepare(payload)
    ended = '{"error": "ExpiredToken", "message": "Token has expired"}'
    json_type = {"Content-Type": "application/json"}
    stage.faults.append(Fault(publish=False, status=400, body=ended, headers=json_type))
    with pytest.raises(Deferred):
        client.deliver(prepared, key="k")
    client.deliver(prepared, key="k")
    assert len(pds.records()) == 1


def test_a_wrong_password_bars_the_channel(stage: Stage) -> None:
    channel = TestBluesky().at(stage.url)
    client = connect(channel, {"app_password": Secret("abcd-efgh-ijkl-mnop")}, clock)
    with pytest.raises(Barred, match="app password"):
        client.prepare(payload_for(TestBluesky.channel))


class Doorkeeper(Pds):
    """A PDS that lets nobody in, and says so as it is told."""

    def __init__(self, account: Account, answer: Reply) -> None:
        super().__init__(account)
        self.answer = answer

    def reply(self, request: Request) -> Reply:
        return self.answer if request.path.endswith("createSession") else super().reply(request)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        pytest.param(Reply(500, "<h1>Error</h1>"), Deferred, id="500"),
        pytest.param(Reply(200, "<h1>Masuk</h1>"), Deferred, id="a page"),
        pytest.param(data(429, {"error": "RateLimitExceeded"}), Deferred, id="too often"),
        pytest.param(data(401, {"error": "AuthFactorTokenRequired"}), Barred, id="wants a code"),
        pytest.param(data(400, {"error": "InvalidRequest"}), Barred, id="no such handle"),
    ],
)
def test_who_is_not_let_in_has_posted_nothing(
    account: Account, answer: Reply, outcome: type[Failure]
) -> None:
    payload = payload_for(TestBluesky.channel)
    with playing(Doorkeeper(account, answer)) as stage:
        client = connected(stage.url)
        for attempt in (client.prepare, lambda each: client.deliver(Prepared(each), key="k")):
            with pytest.raises(outcome):
                attempt(payload)
        assert stage.attempts == 0


def test_another_articles_post_is_never_overwritten(pds: Pds, stage: Stage) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    client.deliver(client.prepare(payload), key="k")
    link = "https://kpknl.example.go.id/artikel/lain"
    other = replace(payload, link=link, body={**payload.body, "link": link})
    with pytest.raises(Refused, match="sudah dipakai"):
        client.prepare(other)
    assert only(pds)["text"] == payload.text


def test_a_text_too_long_for_bluesky_is_refused(pds: Pds, stage: Stage) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    long = "a" * 301
    wrong = replace(payload, text=long, body={**payload.body, "text": long, "facets": []})
    with pytest.raises(Refused, match="menolak isi"):
        client.deliver(client.prepare(wrong), key="k")
    assert pds.records() == []


def test_an_edit_whose_answer_is_lost_may_be_made_again(pds: Pds, stage: Stage) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    stage.faults.append(Fault(publish=True, then="drop"))
    with pytest.raises(InDoubt):
        client.deliver(client.prepare(payload), key="k")
    found = client.find(client.prepare(payload), since=NOW, known=())
    assert found
    revised = replace(payload, text="Ralat.", body={**payload.body, "text": "Ralat."})
    assert client.revise(found, revised).post_id == client.revise(found, revised).post_id
    assert only(pds)["text"] == "Ralat."


def test_what_is_gone_cannot_be_edited_but_counts_as_taken_back(stage: Stage) -> None:
    client = connected(stage.url)
    payload = payload_for(TestBluesky.channel)
    receipt = client.deliver(client.prepare(payload), key="k")
    client.withdraw(receipt)
    client.withdraw(receipt)
    with pytest.raises(Refused, match="sudah tidak ada"):
        client.revise(receipt, payload)


def _shown(text: str, found: JSON) -> list[str]:
    """Cut out of the UTF-8 what each facet points at."""
    assert isinstance(found, list)
    places = (each["index"] for each in found if isinstance(each, dict))
    return [text.encode()[place["byteStart"] : place["byteEnd"]].decode() for place in places]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Tanpa apa pun", [], id="nothing"),
        pytest.param("Lelang #BMN", ["#BMN"], id="a hashtag"),
        pytest.param("Selamat 🎉🇮🇩 “é” #UU_ITE", ["#UU_ITE"], id="after what is long in bytes"),
        pytest.param("Nomor #1 dan C# dan a#b", [], id="no hashtags"),
        pytest.param("#Tahun2024.", ["#Tahun2024"], id="before a full stop"),
        pytest.param(
            "Lihat https://lelang.go.id/a?b=c#d.", ["https://lelang.go.id/a?b=c#d"], id="a link"
        ),
        pytest.param("(https://a.id/x)", ["https://a.id/x"], id="a link in brackets"),
        pytest.param("https://a.id/x_(y)", ["https://a.id/x_(y)"], id="a link with brackets"),
        pytest.param("ñ https://a.id #B", ["https://a.id", "#B"], id="both, in their order"),
    ],
)
def test_facets_point_at_bytes(text: str, shown: list[str]) -> None:
    assert _shown(text, facets(text)) == shown


def test_keys_are_tids_that_sort_by_time_and_differ_within_a_second() -> None:
    origins = [f"{number:064x}" for number in range(1, 2**64, 2**51 + 12345)]
    keys = [tid(NOW, origin) for origin in origins]
    assert len(set(keys)) == len(keys) > 4000
    assert all(len(key) == 13 and key[0] in "234567abcdefghij" for key in keys)
    assert tid(NOW - timedelta(days=1), origins[0]) < min(keys)
    assert max(keys) < tid(NOW + timedelta(seconds=3), origins[0])


def test_a_tid_is_read_back_as_the_specification_reads_it() -> None:
    """The digits are base 32, most significant first: microseconds, then ten bits of clock."""
    value = 0
    for digit in tid(datetime(2026, 1, 1, tzinfo=UTC), "0"):
        value = value * 32 + "234567abcdefghijklmnopqrstuvwxyz".index(digit)
    assert datetime.fromtimestamp((value >> 10) / 1_000_000, UTC) == datetime(
        2026, 1, 1, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("change", "same"),
    [
        pytest.param({"title": "Judul lain", "html": "<p>Isi lain.</p>"}, ["same"], id="wording"),
        pytest.param({"url": "https://kpknl.example.go.id/a/baru"}, ["same"], id="address"),
        pytest.param({"correction": "24 November 2026: jumlahnya."}, ["another"], id="correction"),
        pytest.param({"id": "kpknl-2026-0002"}, ["another"], id="article"),
        pytest.param({"date": NOW}, ["another"], id="date"),
    ],
)
def test_the_key_belongs_to_the_article_not_to_its_words(
    change: dict[str, Any], same: list[str]
) -> None:
    channel, rules = TestBluesky.channel, packaged("bluesky")
    form = BlueskyFormat(channel)
    first, changed = (
        form.render(compose(each, channel, rules)).body["rkey"]
        for each in (ARTICLE, replace(ARTICLE, **change))
    )
    assert ["same" if first == changed else "another"] == same


def test_a_post_without_a_date_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no date"):
        BlueskyFormat(TestBluesky.channel).render(Post("b", "id", "Halo", "https://a.id/", "Halo"))


def test_hashtags_that_the_text_does_not_show_go_beside_it() -> None:
    post = replace(post_for(TestBluesky.channel), text="Halo #Lelang", hashtags=("Lelang", "BMN"))
    assert BlueskyFormat(TestBluesky.channel).render(post).body["tags"] == ["BMN"]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        pytest.param({}, None, id="no word"),
        pytest.param({"ratelimit-reset": str(START + 60)}, 60, id="seconds since 1970"),
        pytest.param({"ratelimit-reset": str(START - 60)}, 0, id="past"),
        pytest.param({"ratelimit-reset": "soon", "retry-after": "9"}, 9, id="unreadable"),
        pytest.param({"ratelimit-reset": "9" * 30}, None, id="no time at all"),
        pytest.param({"ratelimit-reset": f"{START}000"}, None, id="milliseconds"),
    ],
)
def test_waits_as_long_as_the_pds_says(headers: dict[str, str], wait: int | None) -> None:
    expected = None if wait is None else timedelta(seconds=wait)
    assert retry_after(Answer(429, headers, ""), NOW) == expected


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("", "https://bsky.app/profile/did:plc:a/post/3k"),
        ("https://pds.example.go.id", "https://bsky.app/profile/did:plc:a/post/3k"),
        ("http://127.0.0.1:81", "http://127.0.0.1:81/profile/did:plc:a/post/3k"),
    ],
)
def test_says_where_a_post_stands(host: str, url: str) -> None:
    channel = Channel("b", "bluesky", "id", options={"host": host})
    assert post_url(channel, "at://did:plc:a/app.bsky.feed.post/3k") == url


def test_wants_a_handle() -> None:
    channel = Channel("b", "bluesky", "id")
    with pytest.raises(NotSetUp, match="handle"):
        connect(channel, {"app_password": Secret("x")}, clock)
