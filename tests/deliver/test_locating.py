"""The post behind an address: whose it is, and which id it has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syndication.deliver.locating import post_id, written_id
from syndication.ledger import people, queries
from syndication.ledger.errors import NotPossible
from syndication.model import Channel
from tests.deliver.boards import RALAT, Full, publish
from tests.deliver.scene import START, Scene
from tests.deliver.test_verify import Wall, local, wall  # noqa: F401 -- a fixture

ACCOUNTS = {
    "x": Channel("x", "x", "id", account="kpknl"),
    "facebook": Channel("facebook", "facebook", "id", account="kpknl"),
    "instagram": Channel("instagram", "instagram", "id", account="kpknl"),
    "threads": Channel("threads", "threads", "id", account="kpknl"),
    "mastodon": Channel(
        "mastodon", "mastodon", "id", account="kpknl@sosial.go.id",
        options={"host": "https://sosial.go.id"},
    ),
    "bluesky": Channel("bluesky", "bluesky", "id", options={"handle": "kpknl.bsky.social"}),
    "telegram": Channel("telegram", "telegram", "id", options={"chat_id": "@kpknl"}),
    "number": Channel("telegram", "telegram", "id", options={"chat_id": "-100123"}),
    "whatsapp": Channel("whatsapp", "whatsapp", "id"),
    "youtube": Channel("youtube", "youtube", "id"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("account", "url", "number"),
    [
        ("x", "https://x.com/KPKNL/status/12?s=20", "12"),
        ("x", "https://twitter.com/i/web/status/12", "12"),
        ("x", "https://x.com/kpknl/status/12/photo/1", "12"),
        ("facebook", "https://www.facebook.com/1_2", "1_2"),
        ("facebook", "https://www.facebook.com/kpknl/posts/pfbid0a", ""),
        ("instagram", "https://www.instagram.com/p/Cab-1_/", ""),
        ("threads", "https://www.threads.com/@kpknl/post/Da1", ""),
        ("mastodon", "https://sosial.go.id/@kpknl/115", "115"),
        ("bluesky", "https://bsky.app/profile/kpknl.bsky.social/post/3k", ""),
        ("bluesky", "https://bsky.app/profile/did:plc:abc/post/3k", ""),
        ("telegram", "https://t.me/kpknl/7", "7"),
        ("telegram", "https://t.me/s/kpknl/7", "7"),
        ("number", "https://t.me/c/123/7", "7"),
        ("whatsapp", "https://whatsapp.com/channel/1/2", ""),
        ("youtube", "https://www.youtube.com/post/Ugkx1", ""),
        ("youtube", "https://youtu.be/abc", ""),
    ],
)
def test_an_address_holds_the_id_where_its_platform_writes_it(
    account: str, url: str, number: str
) -> None:
    assert written_id(ACCOUNTS[account], url) == number


@pytest.mark.parametrize(
    ("account", "url"),
    [
        ("x", "https://x.com/lain/status/12"),
        ("x", "https://x.com/kpknl"),
        ("x", "https://x.com.jahat.id/kpknl/status/12"),
        ("facebook", "https://x.com/kpknl/status/12"),
        ("facebook", "https://www.facebook.com/"),
        ("instagram", "https://www.instagram.com/kpknl/"),
        ("threads", "https://www.threads.com/@lain/post/Da1"),
        ("mastodon", "https://lain.id/@kpknl/115"),
        ("mastodon", "https://sosial.go.id/@lain/115"),
        ("bluesky", "https://bsky.app/profile/lain.bsky.social/post/3k"),
        ("telegram", "https://t.me/lain/7"),
        ("number", "https://t.me/c/124/7"),
        ("whatsapp", "https://example.org/channel/1/2"),
        ("whatsapp", "https://whatsapp.com/download"),
        ("youtube", "https://youtube.com.jahat.id/post/Ugkx1"),
        ("youtube", "https://www.youtube.com/"),
    ],
)
def test_what_is_no_post_of_the_account_is_refused(account: str, url: str) -> None:
    with pytest.raises(NotPossible, match=r"bukan (alamat )?unggahan"):
        written_id(ACCOUNTS[account], url)


@pytest.mark.parametrize("spelling", ["http://{host}/posts/1?x=1", "http://{host}/posts/1/"])
def test_the_local_timeline_writes_its_id(scene: Scene, wall: Wall, spelling: str) -> None:  # noqa: F811
    host = wall.url.removeprefix("http://")
    channel = Channel("kanal", "local", "id", options={"host": wall.url})
    scene.queue(local(scene, "a"))
    assert post_id(scene.ledger, scene.only(), channel, None, spelling.format(host=host)) == "1"


@pytest.mark.parametrize("url", ["https://www.threads.com/@kpknl/post/1", "as the timeline says"])
def test_the_timeline_knows_what_an_address_does_not_hold(
    scene: Scene,
    wall: Wall,  # noqa: F811
    url: str,
) -> None:
    scene.queue(local(scene, "a"))
    client, entry = wall.client(scene), scene.only()
    assert entry.payload
    wall.http.post("/api/posts", json=dict(entry.payload.body))
    channel = replace(ACCOUNTS["threads"], name="kanal")
    if not url.startswith("https"):
        url = f"{wall.url}/posts/1"
        channel = replace(ACCOUNTS["youtube"], options={"host": wall.url})
    assert post_id(scene.ledger, entry, channel, client, url) == "1"
    wall.add()
    known = post_id(
        scene.ledger, entry, ACCOUNTS["threads"], client, "https://threads.com/@kpknl/post/9"
    )
    assert known == ""


def test_what_a_person_found_is_corrected_and_taken_back_like_any_other(scene: Scene) -> None:
    board = Full(posts={"7": "Tentang a"}, given=7)
    scene.queue(scene.candidate("a"))
    people.resolve_delivered(
        scene.ledger, 1, url="http://platform/7", why="", stamp=START, post_id="7"
    )
    publish(scene, board, ralat=RALAT)
    assert board.posts == {"7": f"Ralat {RALAT}"}
    publish(scene, board, ralat=RALAT, withdrawn=True)
    assert (board.posts, queries.receipts(scene.ledger)) == ({}, [])
