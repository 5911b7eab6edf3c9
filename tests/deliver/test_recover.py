from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndication import clock
from syndication.deliver.published import EMPTY, Register, Shown
from syndication.deliver.recover import MARGIN, Found, Site, far_enough, gather
from syndication.model import JSON, Article, Channel
from syndication.platforms import registry
from syndication.platforms.protocol import Client, Secret
from tests.platforms.fakes.stage import Stage, playing
from tests.platforms.fakes.x import X

SITE = "https://kpknl.example.go.id"
THEN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


def article(article_id: str) -> Article:
    return Article(
        id=article_id,
        lang="id",
        title=f"Tentang {article_id}",
        url=f"{SITE}/artikel/{article_id}/",
        date=THEN,
        html="",
        digest="",
        source=f"content/artikel/{article_id}.md",
    )


def shown(article_id: str, url: str, post_id: str = "") -> Shown:
    return Shown(article_id, "id", "warta", 1, "x", post_id, url, THEN, "d" * 64)


KNOWN = Site(
    SITE,
    {
        f"{SITE}/artikel/a/": article("a"),
        f"{SITE}/artikel/b/": article("b"),
        f"{SITE}/2019/b.html": article("b"),
    },
)


class Account:
    """An account on X with posts that link to these paths of the site, the oldest first."""

    def __init__(self, stage: Stage, x: X) -> None:
        self.channel = Channel("warta", "x", "id", account="kpknl", options={"host": stage.url})
        self.stage = stage
        self.x = x

    @property
    def client(self) -> Client:
        secrets = dict.fromkeys(SECRETS, Secret("1-rahasia"))
        return registry.client_for(self.channel, secrets, clock.now)

    def says(self, *paths: str) -> None:
        for number, path in enumerate(paths):
            link = f"{SITE}{path}"
            urls: list[JSON] = [
                {"url": f"https://t.co/{number}", "expanded_url": link, "start": 0, "end": 1}
            ]
            post_id = str(len(self.x.posts) + 1)
            at = (THEN + timedelta(minutes=number)).isoformat()
            self.x.posts.append(
                {"id": post_id, "text": "x", "created_at": at, "entities": {"urls": urls}}
            )

    def url(self, post_id: int) -> str:
        return f"{self.stage.url}/kpknl/status/{post_id}"

    def gathered(self, register: Register) -> Found:
        channels, clients = {"warta": self.channel}, {"warta": self.client}
        return gather(register, KNOWN, channels, clients, since=THEN - timedelta(days=1))


@pytest.fixture
def account() -> Iterator[Account]:
    x = X()
    with playing(x) as stage:
        yield Account(stage, x)


def posts(found: Found) -> list[tuple[str, int, str, str]]:
    return [
        (each.article_id, each.revision, each.receipt.post_id, each.witness) for each in found.posts
    ]


def test_what_the_register_has_is_kept_with_its_article(account: Account) -> None:
    found = account.gathered(Register("c" * 64, (shown("a", "https://x.com/a", "77"),)))
    assert posts(found) == [("a", 1, "77", "register")]
    (kept,) = found.posts
    assert (kept.title, kept.page) == ("Tentang a", f"{SITE}/artikel/a/")
    assert (kept.receipt.at, kept.payload_sha256) == (THEN, "d" * 64)


def test_an_article_that_is_gone_keeps_its_post(account: Account) -> None:
    (kept,) = account.gathered(Register("", (shown("hilang", "https://x.com/1"),))).posts
    assert (kept.article_id, kept.title, kept.page) == ("hilang", "hilang", "")


def test_a_post_that_the_register_names_is_not_found_twice(account: Account) -> None:
    account.says("/artikel/a/")
    early = account.gathered(Register("", (shown("a", account.url(1)),)))
    assert posts(early) == [("a", 1, "1", "register")]
    late = account.gathered(Register("", (shown("a", account.url(1), "1"),)))
    assert posts(late) == posts(early)


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        pytest.param(["/artikel/b/"], [("b", 1, "1", "linimasa")], id="the canonical address"),
        pytest.param(["/artikel/b"], [("b", 1, "1", "linimasa")], id="without the slash"),
        pytest.param(["/artikel/b/?utm=1#x"], [("b", 1, "1", "linimasa")], id="with a query"),
        pytest.param(["/2019/b.html"], [("b", 1, "1", "linimasa")], id="an old address"),
        pytest.param(
            ["/artikel/b/", "/artikel/b/"],
            [("b", 1, "1", "linimasa"), ("b", 2, "2", "linimasa")],
            id="twice, in the order of time",
        ),
        pytest.param([], [], id="nothing"),
    ],
)
def test_what_links_to_an_article_was_posted(
    account: Account, paths: list[str], found: list[tuple[str, int, str, str]]
) -> None:
    account.says(*paths)
    gathered = account.gathered(EMPTY)
    assert posts(gathered) == found
    assert gathered.read == {"warta": len(paths)}
    assert not gathered.strange


def test_a_later_post_of_a_known_article_is_a_further_revision(account: Account) -> None:
    account.says("/artikel/a/", "/artikel/a/")
    found = account.gathered(Register("", (shown("a", account.url(1)),)))
    assert posts(found) == [("a", 1, "1", "register"), ("a", 2, "2", "linimasa")]


def test_a_link_to_a_page_that_no_article_has_is_told(account: Account) -> None:
    account.says("/artikel/hilang/")
    found = account.gathered(EMPTY)
    assert not found.posts
    assert [each.url for each in found.strange] == [account.url(1)]


def test_a_timeline_that_cannot_be_read_is_told(account: Account) -> None:
    account.channel = replace(account.channel, options={"host": "http://127.0.0.1:9"})
    assert "Tidak tersambung" in account.gathered(EMPTY).unread["warta"]


def test_timelines_are_read_from_before_the_newest_post_that_is_known() -> None:
    now = THEN + timedelta(days=400)
    register = Register("", (shown("a", ""), replace(shown("b", ""), at=THEN - timedelta(days=9))))
    assert far_enough(register, now) == THEN - MARGIN
    assert far_enough(EMPTY, now) == now - MARGIN
