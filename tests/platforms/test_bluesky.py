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
from syndication.model import (
    JSON,
    Channel,
    Figures,
    Payload,
    Post,
    Prepared,
    Receipt,
    Response,
)
from syndication.platforms.answers import Answer, DocumentedError
from syndication.platforms.bluesky.address import post_url
from syndication.platforms.bluesky.client import BlueskyClient, connect
from syndication.platforms.bluesky.facets import facets
from syndication.platforms.bluesky.format import BlueskyFormat
from syndication.platforms.bluesky.reading import retry_after
from syndication.platforms.bluesky.tid import tid
from syndication.platforms.bluesky.views import below
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
from tests.platforms.fakes.appview import AppView
from tests.platforms.fakes.pds import HANDLE, Account, Pds, account_on, serving
from tests.platforms.fakes.people import posts_of
from tests.platforms.fakes.pictures import album
from tests.platforms.fakes.stage import Fault, Reply, Request, Stage, data, playing
from tests.platforms.samples import ARTICLE, NOW, clock, payload_for, post_for

BRIEFLY = "3"
"""How long a client waits for an answer that does not come; logging in takes its time, too."""

START = int(NOW.timestamp())


@pytest.fixture(scope="session")
def app_view() -> Iterator[Stage]:
    """What the PDS asks to see posts as people do."""
    shown = AppView()
    with playing(shown) as stage:
        yield stage
    assert shown.complaints == []


@pytest.fixture(scope="session")
def account(app_view: Stage) -> Iterator[Account]:
    with serving(app_view.url) as account:
        TestBluesky.secrets["app_password"] = account.app_password
        assert isinstance(app_view.platform, AppView)
        app_view.platform.url = account.url
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


VIEWED = {"uri": "at://did:plc:a/app.bsky.feed.post/3k", "cid": "bafy"}


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

    def another(self, prepared: Prepared) -> Prepared:
        body = {**prepared.payload.body, "rkey": tid(NOW, "f")}
        return replace(prepared, payload=replace(prepared.payload, body=body))

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


def heard(client: BlueskyClient, *receipts: Receipt) -> list[Response]:
    return list(client.responses(receipts, since=NOW))


@pytest.fixture
def asked(pds: Pds, stage: Stage) -> tuple[BlueskyClient, Receipt, Response]:
    """Our client, a post of ours, and a question below it."""
    client = connected(stage.url)
    receipt = client.deliver(client.prepare(payload_for(TestBluesky.channel)), key="k")
    pds.say(receipt.post_id, "warga", "Kapan lelangnya?")
    (question,) = heard(client, receipt)
    return client, receipt, question


Asked = tuple[BlueskyClient, Receipt, Response]


def test_an_answer_refers_to_the_words_it_answers_and_to_the_post_above_all(
    pds: Pds, asked: Asked
) -> None:
    client, receipt, question = asked
    deeper = pds.say(receipt.post_id, "tetangga", "Di mana?", parent=question.id)
    (echo,) = (each for each in heard(client, receipt) if each.id == deeper)
    made = client.reply(echo, "Di kantor: https://kpknl.example.go.id #Lelang", key="r")
    first, answer = pds.records()
    value = answer["value"]
    assert isinstance(value, dict)
    assert made.post_id == answer["uri"]
    root, parent = value["reply"]["root"], value["reply"]["parent"]
    assert (root["uri"], root["cid"]) == (receipt.post_id, first["cid"])
    assert parent["uri"] == deeper
    assert (value["langs"], value["createdAt"]) == (["id"], "2026-11-24T03:00:00.000Z")
    shown = _shown(str(value["text"]), value["facets"])
    assert shown == ["https://kpknl.example.go.id", "#Lelang"]


def test_an_answer_whose_answer_is_lost_is_made_once(pds: Pds, stage: Stage, asked: Asked) -> None:
    client, _, question = asked
    stage.faults.append(Fault(publish=True, then="drop"))
    with pytest.raises(InDoubt):
        client.reply(question, "Besok.", key="r")
    receipt = client.reply(question, "Besok.", key="r")
    assert [str(record["uri"]) for record in pds.records()][1:] == [receipt.post_id]
    assert stage.attempts == 2
    assert client.reply(question, "Lusa.", key="s").post_id != receipt.post_id


def test_an_answer_is_no_post_of_the_timeline(asked: Asked) -> None:
    client, receipt, question = asked
    client.reply(question, "Besok.", key="r")
    assert [post.post_id for post in client.timeline(NOW)] == [receipt.post_id]


def test_an_answer_never_overwrites_another(stage: Stage, asked: Asked) -> None:
    client, receipt, question = asked
    client.reply(question, "Besok.", key="r")
    pds_question = replace(question, id=receipt.post_id)
    with pytest.raises(Refused, match="sudah dipakai"):
        client.reply(pds_question, "Besok.", key="r")
    assert stage.attempts == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("a" * 301, "1 karakter terlalu panjang", id="too long"),
        pytest.param("👨‍👩‍👧‍👦" * 121, "terlalu panjang", id="too long in bytes"),
        pytest.param("Besok.", "sudah tidak ada", id="gone"),
    ],
)
def test_an_answer_that_cannot_be_sends_nothing(
    account: Account, stage: Stage, asked: Asked, text: str, words: str
) -> None:
    client, _, question = asked
    if text == "Besok.":
        account.people.clear()
    with pytest.raises(Refused, match=words):
        client.reply(question, text, key="r")
    assert stage.attempts == 1


def test_nobody_can_hide_a_reply_by_antedating_it(pds: Pds, asked: Asked) -> None:
    client, receipt, question = asked
    parent = {"uri": question.id, "cid": pds.account.people.reference(question.id)["cid"]}
    root = pds.account.people.reference(receipt.post_id)
    value: dict[str, JSON] = {
        "text": "Sudah lama saya tanyakan!",
        "createdAt": "2020-01-01T00:00:00.000Z",
        "reply": {"root": root, "parent": parent},
    }
    uri = pds.account.people.write("warga", "app.bsky.feed.post", value)
    found = {each.id: each.at for each in heard(client, receipt)}
    assert found[uri] == datetime(2020, 1, 1, tzinfo=UTC)


def test_many_posts_are_counted_a_few_at_a_time_and_quotations_are_shares(
    pds: Pds, stage: Stage
) -> None:
    client, payload = connected(stage.url), payload_for(TestBluesky.channel)
    receipts = []
    for number in range(27):
        body = {**payload.body, "rkey": tid(NOW, f"{number + 1:x}")}
        receipts.append(client.deliver(Prepared(replace(payload, body=body)), key="k"))
    pds.count(receipts[26].post_id, Figures(likes=2, shares=1))
    pds.account.people.quote(receipts[26].post_id, "warga", "Lihat ini.")
    found = client.figures(receipts)
    assert set(found) == {receipt.post_id for receipt in receipts}
    assert found[receipts[26].post_id] == Figures(likes=2, replies=0, shares=2)
    assert found[receipts[0].post_id] == Figures(likes=0, replies=0, shares=0)


def test_the_pds_reads_the_app_views_answers_by_its_own_lexicons(
    app_view: Stage, asked: Asked
) -> None:
    """Where its app view is behind, the PDS reads the thread strictly, and adds our own answer."""
    client, receipt, question = asked
    made = client.reply(question, "Besok.", key="r")
    shown = app_view.platform
    assert isinstance(shown, AppView)
    shown.lags = True
    try:
        found = {each.id: each.parent for each in heard(client, receipt)}
    finally:
        shown.lags = False
    assert found == {question.id: "", made.post_id: question.id}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Fault(publish=False, status=500, body="<h1>Error</h1>"), id="500"),
        pytest.param(Fault(publish=False, status=502), id="502, empty"),
        pytest.param(Fault(publish=False, then="drop"), id="closes"),
        pytest.param(Fault(publish=False, status=200, body="<h1>Masuk</h1>"), id="a page"),
        pytest.param(
            Fault(publish=False, status=429, body='{"error": "RateLimitExceeded"}'), id="too often"
        ),
    ],
)
def test_an_app_view_that_fails_is_asked_again_later(
    app_view: Stage, asked: Asked, answer: Fault
) -> None:
    client, receipt, question = asked
    for reading in (
        lambda: heard(client, receipt),
        lambda: client.figures([receipt]),
        lambda: client.reply(question, "Besok.", key="r"),
    ):
        app_view.silences.append(answer)
        with pytest.raises(Deferred):
            reading()


def test_two_accounts_on_one_pds_keep_their_sessions_apart(pds: Pds, stage: Stage) -> None:
    """A session that ends is opened again for its own account, and no other."""
    english = account_on(pds.account.url, "kpknl-en.test")
    options = {**TestBluesky().at(stage.url).options, "handle": "kpknl-en.test"}
    channel = replace(TestBluesky.channel, name="bsky-en", lang="en", options=options)
    ours, theirs = (
        connected(stage.url),
        connect(channel, {"app_password": Secret(english.app_password)}, clock),
    )
    prepared, other = (
        ours.prepare(payload_for(TestBluesky.channel)),
        theirs.prepare(payload_for(channel)),
    )
    ended = '{"error": "ExpiredToken", "message": "Token has expired"}'
    stage.faults.append(Fault(publish=False, status=400, body=ended))
    with pytest.raises(Deferred):
        ours.deliver(prepared, key="k")
    receipts = [theirs.deliver(other, key="k"), ours.deliver(prepared, key="k")]
    owners = [receipt.post_id.split("/")[2] for receipt in receipts]
    assert owners == [english.did, pds.account.did]
    assert len(pds.records()) == len(posts_of(english.url, english.did)) == 1
    logins = [request.path.endswith("createSession") for request in stage.requests]
    assert logins.count(True) == 3


@pytest.fixture(scope="module")
def bare() -> Iterator[Account]:
    with serving() as account:
        yield account


def test_a_pds_without_an_app_view_says_so_and_takes_posts_all_the_same(bare: Account) -> None:
    with playing(Pds(bare)) as stage:
        channel = TestBluesky().at(stage.url)
        client = connect(channel, {"app_password": Secret(bare.app_password)}, clock)
        receipt = client.deliver(client.prepare(payload_for(channel)), key="k")
        question = Response(receipt.post_id, receipt.post_id, "", "@warga", "Kapan?", NOW)
        for reading in (
            lambda: heard(client, receipt),
            lambda: client.figures([receipt]),
            lambda: client.reply(question, "Besok.", key="r"),
        ):
            with pytest.raises(Refused, match="tidak punya app view"):
                reading()
        assert stage.attempts == 1


@pytest.mark.parametrize(
    ("thread", "texts"),
    [
        pytest.param({}, [], id="no replies"),
        pytest.param({"replies": "many"}, [], id="no list"),
        pytest.param({"replies": [{"$type": "app.bsky.feed.defs#blockedPost"}]}, [], id="blocked"),
        pytest.param({"replies": [{"post": {"uri": "at://a", "cid": "b"}}]}, [], id="no address"),
        pytest.param({"replies": [{"post": VIEWED}]}, [""], id="a post that says nothing"),
        pytest.param({"replies": [{"replies": [{"post": VIEWED}]}]}, [""], id="below a hidden one"),
        pytest.param(
            {"replies": [{"post": {**VIEWED, "record": {"text": 7}}}]}, [""], id="no text"
        ),
    ],
)
def test_reads_whatever_an_app_view_tells(thread: JSON, texts: list[str]) -> None:
    answer = Answer(200, {}, json.dumps({"thread": thread}))
    assert [view.text for view in below(answer)] == texts
