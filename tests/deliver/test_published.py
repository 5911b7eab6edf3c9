from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from syndication.deliver import web
from syndication.deliver.published import EMPTY, Register, Shown, Silent, fetch, forgotten
from syndication.ledger import queries
from syndication.ledger.store import Ledger
from syndication.model import Deed
from tests.deliver.scene import Scene
from tests.deliver.servers import Site

PATH = "/verifikasi/register.json"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with web.client() as made:
        yield made


def post(article: str = "a", revision: int = 1) -> dict[str, object]:
    return {
        "article": article,
        "lang": "id",
        "channel": "kanal",
        "revision": revision,
        "platform": "uji",
        "url": "https://uji.example/1",
        "at": "2026-11-24T05:00:00+00:00",
        "payload_sha256": "0" * 64,
    }


def shown_as(article: str) -> Shown:
    url, at = "https://uji.example/1", datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    return Shown(article, "id", "kanal", 1, "uji", "", url, at, "0" * 64)


def show(site: Site, *posts: dict[str, object], head: str = "") -> None:
    text = json.dumps({"version": 1, "site": site.url, "head": head, "posts": posts})
    site.pages[PATH] = (200, "application/json", text)


def test_a_register_is_read(site: Site, http: httpx.Client) -> None:
    show(site, post(), head="f" * 64)
    shown = shown_as("a")
    assert fetch(http, site.url + "/") == Register("f" * 64, (shown,))


def test_a_post_says_which_correction_it_tells(site: Site, http: httpx.Client) -> None:
    show(site, post() | {"deed": "link", "correction": "2 Maret 2026: tarif."})
    register = fetch(http, site.url)
    assert isinstance(register, Register)
    (shown,) = register.posts
    assert (shown.deed, shown.correction) == (Deed.LINK, "2 Maret 2026: tarif.")


def test_a_site_without_one_shows_nothing(site: Site, http: httpx.Client) -> None:
    assert fetch(http, site.url) == EMPTY


@pytest.mark.parametrize(
    ("status", "text"),
    [
        pytest.param(500, "", id="server trouble"),
        pytest.param(301, "/masuk", id="a login page"),
        pytest.param(200, "<html>", id="a page instead"),
        pytest.param(200, "[]", id="another shape"),
        pytest.param(200, '{"version": 2, "head": "", "posts": []}', id="a later version"),
        pytest.param(200, '{"version": 1, "head": "", "posts": [{}]}', id="half a post"),
        pytest.param(200, '{"version": 1, "head": "", "posts": [1]}', id="no post"),
        pytest.param(200, '{"version": 1, "head": ""', id="cut off"),
        pytest.param(200, "\x00\x01", id="nonsense"),
    ],
)
def test_what_is_no_register_is_not_taken_for_an_empty_one(
    site: Site, http: httpx.Client, status: int, text: str
) -> None:
    site.pages[PATH] = (status, "application/json", text)
    assert isinstance(fetch(http, site.url), Silent)


def test_an_unreachable_site_is_not_taken_for_an_empty_one(http: httpx.Client) -> None:
    answer = fetch(http, "http://127.0.0.1:1")
    assert answer == Silent(f"http://127.0.0.1:1{PATH} tidak dapat dibaca (ConnectError)")


def test_a_ledger_that_knows_it_all_may_send(scene: Scene, http: httpx.Client) -> None:
    scene.queue(scene.candidate("a"))
    scene.run()
    show(scene.site, post(), head=queries.head(scene.ledger))
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    register = fetch(http, scene.site.url)
    assert isinstance(register, Register)
    assert forgotten(scene.ledger, register) is None


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(post("b"), id="another article"),
        pytest.param(post("a", revision=2), id="a later revision"),
    ],
)
def test_a_ledger_that_lost_a_post_must_not_send(
    scene: Scene, http: httpx.Client, shown: dict[str, object]
) -> None:
    scene.queue(scene.candidate("a"))
    scene.run()
    show(scene.site, post(), shown)
    register = fetch(http, scene.site.url)
    assert isinstance(register, Register)
    lost = forgotten(scene.ledger, register)
    assert lost is not None
    assert [(each.article_id, each.revision) for each in lost.posts] == [
        (shown["article"], shown["revision"])
    ]
    assert f"1 unggahan ({shown['article']} di kanal)" in str(lost)


def test_a_ledger_from_before_the_last_events_must_not_send(
    scene: Scene, http: httpx.Client
) -> None:
    show(scene.site, head="e" * 64)
    register = fetch(http, scene.site.url)
    assert isinstance(register, Register)
    lost = forgotten(scene.ledger, register)
    assert lost is not None
    assert "Pulihkan cadangan" in str(lost)


def test_many_lost_posts_are_counted(ledger: Ledger) -> None:
    shown = tuple(shown_as(f"a{number}") for number in range(7))
    lost = forgotten(ledger, Register("", shown))
    assert "7 unggahan (a0 di kanal, a1 di kanal" in str(lost)
    assert "dan 2 lainnya" in str(lost)
