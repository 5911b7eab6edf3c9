from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from syndication.deliver.judging import Verdict
from syndication.deliver.timelines import BY_NATURE
from syndication.deliver.verify import Report, verify
from syndication.ledger import people, queries
from syndication.ledger.decide import Candidate
from syndication.ledger.outbox import enqueue
from syndication.ledger.revisions import removed, repost
from syndication.model import JSON, Channel, Payload, State
from syndication.platforms import registry
from syndication.platforms.protocol import Client, Secret
from tests.deliver.clients import Plain
from tests.deliver.platform import Fault
from tests.deliver.scene import GUARD, NOON, START, Scene
from tests.platforms.fakes.local import timeline
from tests.platforms.fakes.stage import playing
from tests.platforms.fakes.x import X


@dataclass
class Wall:
    """The real timeline of this machine, and what people may do to it behind our back."""

    url: str
    http: httpx.Client

    def client(self, scene: Scene, account: str = "kpknl") -> Client:
        channel = Channel("kanal", "local", "id", account=account, options={"host": self.url})
        return registry.client_for(channel, {}, scene.watch)

    def body(self, number: int) -> dict[str, object]:
        posts: list[dict[str, object]] = self.http.get("/api/posts").json()
        (post,) = [each for each in posts if each["id"] == str(number)]
        return {name: post[name] for name in ("account", "lang", "text", "link", "card")}

    def delete(self) -> None:
        self.http.delete("/api/posts/1")

    def edit(self, **said: str) -> None:
        self.http.put("/api/posts/1", json=self.body(1) | said)

    def add(self, **said: str) -> None:
        self.http.post("/api/posts", json=self.body(1) | said)


@pytest.fixture
def wall(tmp_path: Path) -> Iterator[Wall]:
    with (
        timeline(tmp_path / "timeline.sqlite3") as url,
        httpx.Client(base_url=url, trust_env=False) as http,
    ):
        yield Wall(url, http)


def local(scene: Scene, article: str) -> Candidate:
    made = scene.candidate(article)
    text = f"Tentang {article}"
    body: dict[str, JSON] = {
        "account": "kpknl",
        "lang": "id",
        "text": text,
        "link": made.url,
        "card": {},
    }
    return replace(made, payload=Payload("local", text, made.url, body))


def looked(scene: Scene, *clients: Client, **lacking: str) -> Report:
    found = dict(zip(["kanal"], clients, strict=False))
    since, now = NOON - timedelta(days=30), scene.watch.time
    return verify(scene.ledger, found, lacking, since=since, now=now)


def deleted_and_added(wall: Wall) -> None:
    wall.add()
    wall.delete()


@pytest.mark.parametrize(
    ("happened", "verdict", "ok"),
    [
        pytest.param(lambda _: None, Verdict.PRESENT, True, id="as it was sent"),
        pytest.param(lambda wall: wall.delete(), Verdict.MISSING, False, id="deleted"),
        pytest.param(deleted_and_added, Verdict.MISSING, False, id="posted anew by hand"),
        pytest.param(
            lambda wall: wall.edit(text="Lain"), Verdict.ALTERED, False, id="text changed"
        ),
        pytest.param(
            lambda wall: wall.edit(link="https://a.id/"), Verdict.ALTERED, False, id="link changed"
        ),
        pytest.param(lambda wall: wall.add(), Verdict.DUPLICATED, False, id="there twice"),
        pytest.param(
            lambda wall: wall.add(text="Jangan lupa"), Verdict.PRESENT, True, id="linked again"
        ),
    ],
)
def test_a_post_is_judged_by_what_the_account_shows(
    scene: Scene, wall: Wall, happened: Callable[[Wall], None], verdict: Verdict, *, ok: bool
) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    scene.run({"kanal": client})
    happened(wall)
    report = looked(scene, client)
    assert [each.verdict for each in report.checked] == [verdict]
    assert bool(report.checked[0].says) is not ok
    assert report.ok is ok
    assert not report.late


def test_a_post_whose_address_a_person_gave_is_recognised(scene: Scene, wall: Wall) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    entry = scene.only()
    assert entry.payload
    wall.http.post("/api/posts", json=dict(entry.payload.body))
    people.resolve_delivered(
        scene.ledger, entry.id, url=f"{wall.url}/posts/1/?x=1", why="dilihat", stamp=START
    )
    assert looked(scene, client).checked[0].verdict is Verdict.PRESENT


def test_what_cannot_be_read_by_its_nature_is_no_alarm(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.run()
    for report in (looked(scene, scene.client()), looked(scene)):
        assert [each.verdict for each in report.checked] == [Verdict.NOT_CHECKABLE]
        assert report.checked[0].says == BY_NATURE
        assert report.ok


def test_what_could_be_read_and_was_not_is_an_alarm(scene: Scene, wall: Wall) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    scene.run({"kanal": client})
    down = registry.client_for(
        Channel("kanal", "local", "id", options={"host": "http://127.0.0.1:9"}), {}, scene.watch
    )
    for report, word in (
        (looked(scene, down), "Tidak tersambung"),
        (looked(scene, kanal="SIAR_KANAL_TOKEN belum ada"), "SIAR_KANAL_TOKEN"),
    ):
        assert [each.verdict for each in report.checked] == [Verdict.NOT_CHECKABLE]
        assert word in report.unread["kanal"]
        assert not report.ok


def test_what_waits_is_late_only_after_a_while(scene: Scene) -> None:
    scene.queue(scene.candidate("a"), live=False)
    assert looked(scene).ok
    scene.watch.forward(hours=7)
    report = looked(scene)
    assert [(each.article_id, each.state) for each in report.late] == [("a", State.QUEUED)]
    assert not report.ok


def test_what_is_in_doubt_is_late_at_once(scene: Scene) -> None:
    scene.queue(scene.candidate("a"))
    scene.platform.rules.fault = lambda: Fault.DROP_AFTER
    scene.run()
    report = looked(scene)
    assert [each.state for each in report.late] == [State.IN_DOUBT]


def test_a_post_that_a_restored_ledger_forgot_is_found_before_it_goes_again(
    scene: Scene, wall: Wall
) -> None:
    scene.queue(local(scene, "a"), local(scene, "b"))
    client = wall.client(scene)
    assert looked(scene, client).ok
    entry, _ = queries.entries(scene.ledger)
    assert entry.payload
    wall.http.post("/api/posts", json=dict(entry.payload.body))
    report = looked(scene, client)
    assert [(each.entry.article_id, each.seen.post_id) for each in report.stray] == [("a", "1")]
    assert not report.ok
    people.resolve_delivered(
        scene.ledger, entry.id, url=report.stray[0].seen.url, why="verify", stamp=START
    )
    assert looked(scene, client).ok


def on_x(scene: Scene, article: str) -> Candidate:
    made = scene.candidate(article)
    text = f"Tentang {article} {made.url}"
    return replace(made, payload=Payload("x", text, made.url, {"text": text}))


def test_x_is_asked_for_no_more_than_is_needed(scene: Scene) -> None:
    names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    x = X()
    with playing(x) as stage:
        channel = Channel("kanal", "x", "id", options={"host": stage.url})
        client = registry.client_for(channel, dict.fromkeys(names, Secret("1-x")), scene.watch)
        assert looked(scene, client).ok
        assert not stage.requests
        scene.queue(on_x(scene, "a"), on_x(scene, "b"))
        scene.run({"kanal": client})
        old = NOON - timedelta(days=3)
        x.posts.insert(0, x.posts[0] | {"id": "7", "created_at": old.isoformat()})
        report = looked(scene, client)
    assert [each.verdict for each in report.checked] == [Verdict.PRESENT] * 2
    assert report.read == {"kanal": 2}
    assert x.billed == 2


def told(scene: Scene, client: Client, text: str, *, withdrawn: bool = False) -> None:
    """Build with a correction, or a notice, and let the relay run."""
    made = local(scene, "a")
    assert made.payload
    payload = replace(made.payload, text=text, body={**made.payload.body, "text": text})
    changed = replace(made, payload=payload, correction=text, withdrawn=withdrawn)
    notices = {("a", "id")} if withdrawn else set()
    enqueue(
        scene.ledger, [changed], pages={("a", "id"): made.url}, guard=GUARD, stamp=START,
        withdrawn=notices,
    )  # fmt: skip
    scene.run({"kanal": client})


def test_of_several_edits_the_last_one_is_the_text(scene: Scene, wall: Wall) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    scene.run({"kanal": client})
    told(scene, client, "Ralat satu")
    told(scene, client, "Ralat dua")
    assert [each.revision for each in queries.entries(scene.ledger)] == [1, 2, 3]
    report = looked(scene, client)
    assert [each.verdict for each in report.checked] == [Verdict.PRESENT]
    assert report.ok
    wall.edit(text="Ralat satu")
    assert [each.verdict for each in looked(scene, client).checked] == [Verdict.ALTERED]


def test_an_older_copy_shows_what_the_last_edit_gave_it(scene: Scene, wall: Wall) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    scene.run({"kanal": client})
    repost(scene.ledger, 1, why="besok", stamp=START)
    told(scene, client, "Pengingat")
    told(scene, client, "Ralat")
    report = looked(scene, client)
    assert [each.verdict for each in report.checked] == [Verdict.PRESENT] * 2
    wall.edit(text="Tentang a")
    verdicts = {each.verdict for each in looked(scene, client).checked}
    assert verdicts == {Verdict.PRESENT, Verdict.ALTERED}


def test_what_was_taken_back_and_is_shown_again_is_an_alarm(scene: Scene, wall: Wall) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    scene.run({"kanal": client})
    removed(scene.ledger, 1, why="katanya sudah dihapus", stamp=START)
    report = looked(scene, client)
    assert [each.verdict for each in report.checked] == [Verdict.STILL_SHOWN]
    assert not report.ok
    wall.delete()
    report = looked(scene, client)
    assert (report.checked, report.ok) == ((), True)


def test_what_should_be_gone_is_an_alarm_until_it_is(scene: Scene, wall: Wall) -> None:
    scene.queue(local(scene, "a"))
    client = wall.client(scene)
    scene.run({"kanal": client})
    told(scene, Plain(wall.url, scene.watch), "Ralat", withdrawn=True)
    for report in (looked(scene, client), looked(scene)):
        assert [each.verdict for each in report.checked] == [Verdict.STILL_SHOWN]
        assert not report.ok
    scene.watch.forward(days=60)
    late = scene.watch.time - timedelta(days=30)
    report = verify(scene.ledger, {"kanal": client}, {}, since=late, now=scene.watch.time)
    assert [each.verdict for each in report.checked] == [Verdict.STILL_SHOWN]
    wall.delete()
    (checked,) = looked(scene, client).checked
    assert checked.verdict is Verdict.MISSING
    assert "siar removed 1" in checked.says
