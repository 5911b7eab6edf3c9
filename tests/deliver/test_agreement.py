"""The site's head alone tells whether the ledger knows all that the site shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import httpx
import pytest

from syndication import official
from syndication.deliver import agreement, published, web
from syndication.deliver.published import Forgotten, Silent
from syndication.ledger import heads, people
from syndication.ledger.heads import Head
from syndication.ledger.store import Ledger
from tests.deliver.scene import START, Scene
from tests.deliver.servers import Site

HEAD, REGISTER = agreement.PATH, published.PATH


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with web.client() as made:
        yield made


@pytest.fixture
def posted(scene: Scene) -> Scene:
    """One post in public, and a site that was built after it."""
    scene.queue(scene.candidate("a"))
    scene.run()
    show(scene.site, scene.ledger)
    scene.site.seen.clear()
    return scene


def show(site: Site, ledger: Ledger) -> None:
    """Publish what a build writes of the ledger."""
    shown = heads.showing(ledger)
    register = official.document(shown.posts, site=site.url, head=shown.head.hash)
    for path, text in (
        (REGISTER, register),
        (HEAD, official.head_document(shown.head, site=site.url)),
    ):
        site.pages[path] = (200, "application/json", text)


def asked(site: Site) -> list[str]:
    return [path.partition("?")[0] for path, _ in site.seen]


def change(site: Site, path: str, **values: object) -> None:
    status, kind, text = site.pages[path]
    site.pages[path] = (status, kind, json.dumps(json.loads(text) | values))


def test_the_build_writes_where_the_relay_reads() -> None:
    assert f"/{official.HEAD_PATH}" == HEAD
    assert f"/{official.PATH}" == REGISTER


def test_a_ledger_that_holds_the_head_need_not_read_the_register(
    posted: Scene, http: httpx.Client
) -> None:
    assert agreement.objection(posted.ledger, http, posted.site.url + "/") is None
    assert agreement.unshown(posted.ledger, http, posted.site.url) == 0
    assert asked(posted.site) == [HEAD, HEAD]


def test_what_is_queued_later_is_nothing_that_the_site_lacks(
    posted: Scene, http: httpx.Client
) -> None:
    posted.queue(posted.candidate("a"), posted.candidate("b"))
    assert agreement.unshown(posted.ledger, http, posted.site.url) == 0
    assert asked(posted.site) == [HEAD]


def test_a_new_post_is_counted_against_the_register(posted: Scene, http: httpx.Client) -> None:
    posted.queue(posted.candidate("a"), posted.candidate("b"))
    posted.run()
    posted.site.seen.clear()
    assert agreement.unshown(posted.ledger, http, posted.site.url) == 1
    assert asked(posted.site) == [HEAD, REGISTER]
    assert agreement.objection(posted.ledger, http, posted.site.url) is None


def test_what_a_person_recorded_counts_as_well(scene: Scene, http: httpx.Client) -> None:
    scene.queue(replace(scene.candidate("a"), by_hand=True))
    show(scene.site, scene.ledger)
    people.resolve_delivered(
        scene.ledger, scene.only().id, url="https://uji.example/1", why="", stamp=START
    )
    assert agreement.unshown(scene.ledger, http, scene.site.url) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda site: site.pages.pop(HEAD), id="a site of an earlier version"),
        pytest.param(lambda site: change(site, HEAD, version=2), id="a later version"),
        pytest.param(lambda site: change(site, HEAD, seq=None), id="no place"),
        pytest.param(
            lambda site: site.pages.update({HEAD: (200, "text/html", "<html>")}), id="a page"
        ),
        pytest.param(
            lambda site: site.pages.update({HEAD: (500, "text/html", "")}), id="server trouble"
        ),
        pytest.param(lambda site: change(site, HEAD, seq=1), id="another place in the chain"),
        pytest.param(lambda site: change(site, HEAD, seq=0, head="0" * 64), id="no event"),
        pytest.param(lambda site: change(site, HEAD, seq=10**30), id="no number for a database"),
        pytest.param(lambda site: change(site, HEAD, seq=float("inf")), id="no whole number"),
        pytest.param(
            lambda site: site.pages.update({HEAD: (200, "application/json", "[" * 4000)}),
            id="too deep",
        ),
        pytest.param(lambda site: change(site, HEAD, head="e" * 64), id="another chain"),
    ],
)
def test_without_a_head_that_is_surely_ours_the_register_decides(
    posted: Scene, http: httpx.Client, spoil: Callable[[Site], object]
) -> None:
    spoil(posted.site)
    assert agreement.objection(posted.ledger, http, posted.site.url) is None
    assert asked(posted.site) == [HEAD, REGISTER]


def test_a_ledger_from_before_the_last_posts_must_not_send(
    posted: Scene, http: httpx.Client
) -> None:
    change(posted.site, HEAD, seq=99, head="e" * 64)
    change(posted.site, REGISTER, head="e" * 64)
    lost = agreement.objection(posted.ledger, http, posted.site.url)
    assert "Pulihkan cadangan" in str(lost)
    assert isinstance(agreement.unshown(posted.ledger, http, posted.site.url), Forgotten)


class Cache(httpx.BaseTransport):
    """Stands before a site, keeps every answer, and does not care for `no-cache`."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[int, bytes]] = {}
        self._behind = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = str(request.url)
        if name not in self.kept:
            answer = self._behind.handle_request(request)
            self.kept[name] = (answer.status_code, answer.read())
            answer.close()
        status, body = self.kept[name]
        return httpx.Response(status, content=body)

    def close(self) -> None:
        self._behind.close()


def test_a_cache_with_an_old_head_lets_no_old_ledger_send(posted: Scene) -> None:
    with httpx.Client(transport=Cache()) as http:
        assert agreement.objection(posted.ledger, http, posted.site.url) is None
        change(posted.site, HEAD, seq=99, head="e" * 64)  # sent elsewhere, with the newer ledger
        change(posted.site, REGISTER, head="e" * 64)
        assert isinstance(agreement.objection(posted.ledger, http, posted.site.url), Forgotten)


def test_a_register_that_is_none_is_silence(scene: Scene, http: httpx.Client) -> None:
    scene.site.pages[REGISTER] = (200, "application/json", "[" * 100_000)
    assert isinstance(agreement.objection(scene.ledger, http, scene.site.url), Silent)


def test_a_site_that_says_nothing_lets_nothing_go(scene: Scene, http: httpx.Client) -> None:
    nowhere = "http://127.0.0.1:1"
    assert isinstance(agreement.objection(scene.ledger, http, nowhere), Silent)
    assert isinstance(agreement.unshown(scene.ledger, http, nowhere), Silent)


def test_posts_and_head_are_those_of_one_moment(ledger: Ledger) -> None:
    shown = heads.showing(ledger)
    assert heads.holds(ledger, shown.head)
    assert shown.posts == ()
    assert not heads.holds(ledger, Head(shown.head.seq + 1, shown.head.hash))
