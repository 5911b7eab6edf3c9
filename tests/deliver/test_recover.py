from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndication import clock
from syndication.deliver import unclear
from syndication.deliver.published import EMPTY, Register, Shown
from syndication.deliver.recover import MARGIN, Found, Site, far_enough, gather
from syndication.deliver.telling import is_unknown, is_untold, newest
from syndication.model import JSON, Article, Channel, Deed
from syndication.platforms import registry
from syndication.platforms.protocol import Client, Secret
from syndication.queueing import existing
from tests.platforms.fakes.stage import Stage, playing
from tests.platforms.fakes.x import X

SITE = "https://kpknl.example.go.id"
THEN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")


def article(article_id: str, ralat: str = "") -> Article:
    return Article(
        id=article_id,
        lang="id",
        title=f"Tentang {article_id}",
        url=f"{SITE}/artikel/{article_id}/",
        date=THEN,
        html="",
        digest="",
        source=f"content/artikel/{article_id}.md",
        correction=ralat,
    )


def shown(article_id: str, url: str, post_id: str = "", correction: str | None = None) -> Shown:
    return Shown(
        article_id, "id", "warta", 1, "x", post_id, url, THEN, "d" * 64, correction=correction
    )


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

    def says(self, *paths: str, text: str = "x") -> None:
        for number, path in enumerate(paths):
            link = f"{SITE}{path}"
            urls: list[JSON] = [
                {"url": f"https://t.co/{number}", "expanded_url": link, "start": 0, "end": 1}
            ]
            post_id = str(len(self.x.posts) + 1)
            at = (THEN + timedelta(minutes=number)).isoformat()
            self.x.posts.append(
                {"id": post_id, "text": text, "created_at": at, "entities": {"urls": urls}}
            )

    def url(self, post_id: int) -> str:
        return f"{self.stage.url}/kpknl/status/{post_id}"

    def gathered(self, register: Register, site: Site = KNOWN) -> Found:
        channels, clients = {"warta": self.channel}, {"warta": self.client}
        return gather(register, site, channels, clients, since=THEN - timedelta(days=1))


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


RALAT = "25 November 2026: uang jaminan semula tertulis Rp10 juta."
CORRECTED = Site(SITE, {f"{SITE}/artikel/a/": article("a", RALAT)})


@pytest.mark.parametrize(
    ("registered", "text", "told"),
    [
        pytest.param("", "Lelang", "", id="never told"),
        pytest.param("", f"Ralat {RALAT} Lelang", RALAT, id="edited after the register"),
        pytest.param(RALAT, f"Ralat {RALAT} Lelang", RALAT, id="told, as the register says"),
        pytest.param(RALAT, "Lelang", RALAT, id="a first post that came after it"),
        pytest.param("Lain.", "Ralat: Lain. Lelang", "Lain.", id="another one was told"),
        pytest.param(None, "Lelang", "", id="an early register, not told"),
        pytest.param(None, f"Ralat {RALAT}", RALAT, id="an early register, told"),
    ],
)
def test_register_and_text_say_which_correction_a_post_tells(
    account: Account, registered: str | None, text: str, told: str
) -> None:
    account.says("/artikel/a/", text=text)
    register = Register("", (shown("a", account.url(1), "1", registered),))
    (kept,) = account.gathered(register, CORRECTED).posts
    assert kept.correction == told


def test_nobody_knows_what_an_old_post_told_that_an_early_register_names(
    account: Account,
) -> None:
    (kept,) = account.gathered(Register("", (shown("a", account.url(1), "1"),)), CORRECTED).posts
    assert kept.correction is None
    assert is_unknown(kept, CORRECTED.named("a", "id"))
    assert not is_untold(kept, CORRECTED.named("a", "id"))


def test_a_linked_correction_that_no_register_names_was_told(account: Account) -> None:
    account.says("/artikel/a/", text="Lelang")
    account.says("/artikel/a/", text=f"Ralat {RALAT} Lelang")
    found = account.gathered(EMPTY, CORRECTED)
    told = [(each.revision, each.deed, each.correction) for each in found.posts]
    assert told == [(1, Deed.POST, ""), (2, Deed.LINK, RALAT)]
    assert [each.revision for each in newest(found.posts)] == [2]


@pytest.mark.parametrize(
    ("read", "days", "doubtful"),
    [
        pytest.param({}, 0, ["b"], id="recent, on a channel that was not read"),
        pytest.param({"warta": 0}, 0, [], id="on one that was read, and does not show it"),
        pytest.param({}, 2, [], id="older than what is asked for"),
    ],
)
def test_what_may_be_public_where_nobody_can_look_is_in_doubt(
    account: Account, read: dict[str, int], days: int, doubtful: list[str]
) -> None:
    found = account.gathered(Register("", (shown("a", account.url(1), "1"),)))
    channels = {"warta": account.channel}
    offered = existing([article("a"), article("b")], channels)
    since = THEN + timedelta(days=days)
    unsure = unclear.posts(replace(found, read=read), offered, channels, since=since)
    assert [each.article_id for each in unsure] == doubtful


@pytest.mark.parametrize(
    ("registered", "read", "doubtful"),
    [
        pytest.param("", {}, [(2, RALAT)], id="nobody can see whether it was told"),
        pytest.param("", {"warta": 1}, [], id="the timeline shows that it was not"),
        pytest.param(RALAT, {}, [], id="the register says that it was"),
    ],
)
def test_a_correction_may_have_been_told_where_nobody_can_look(
    account: Account, registered: str, read: dict[str, int], doubtful: list[tuple[int, str]]
) -> None:
    register = Register("", (shown("a", account.url(1), "1", registered),))
    found = replace(account.gathered(register, CORRECTED), read=read)
    unsure = unclear.corrections(found, CORRECTED)
    assert [(each.revision, each.correction) for each in unsure] == doubtful
