from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from syndication import clock
from syndication.deliver import doctor, web
from syndication.deliver.doctor import Line
from syndication.ledger import pauses
from syndication.ledger.store import Ledger
from syndication.model import Channel
from syndication.platforms import registry
from syndication.platforms.protocol import Client, Secret, Sign
from tests.deliver.scene import NOON, START, Scene
from tests.platforms.fakes.stage import Reply, Request, data, playing
from tests.platforms.fakes.x import X

X_SECRETS = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
REGISTER = "/verifikasi/register.json"


def on_x(host: str) -> tuple[Channel, Client]:
    channel = Channel("warta", "x", "id", account="kpknl", options={"host": host})
    secrets = dict.fromkeys(X_SECRETS, Secret("1-rahasia"))
    return channel, registry.client_for(channel, secrets, clock.now)


def tried(channel: Channel, client: Client) -> dict[str, Sign]:
    lines = doctor.accounts({channel.name: channel}, {channel.name: client}, {}, ())
    return signs(lines)


def signs(lines: Iterator[Line]) -> dict[str, Sign]:
    return {line.about: line.finding.sign for line in lines}


def test_a_good_account_is_good_in_all_four_and_posts_nothing() -> None:
    x = X()
    with playing(x) as stage:
        found = tried(*on_x(stage.url))
    assert found == dict.fromkeys(("token", "izin", "jam", "kuota"), Sign.GOOD)
    assert x.published() == []


class Answers(X):
    """An X that says the same to everything."""

    def __init__(self, answer: Reply) -> None:
        super().__init__()
        self.answer = answer

    def reply(self, request: Request) -> Reply:
        del request
        return self.answer


@pytest.mark.parametrize(
    ("answer", "about"),
    [
        pytest.param(data(401, {"title": "Unauthorized"}), "token", id="token is no good"),
        pytest.param(data(402, {"title": "CreditsDepleted"}), "token", id="credit is used up"),
        pytest.param(data(503, {"title": "Over capacity"}), "sambungan", id="platform is down"),
    ],
)
def test_what_is_wrong_with_an_account_is_said(answer: Reply, about: str) -> None:
    with playing(Answers(answer)) as stage:
        assert tried(*on_x(stage.url)) == {about: Sign.BAD}


def test_an_account_that_nobody_answers_for_is_bad() -> None:
    assert tried(*on_x("http://127.0.0.1:9")) == {"sambungan": Sign.BAD}


def test_what_cannot_be_tried_and_what_is_not_set_up_is_told_apart(scene: Scene) -> None:
    channels = {
        name: Channel(name, platform, "id")
        for name, platform in (("kanal", "uji"), ("kabar", "x"), ("wa", "whatsapp"))
    }
    lines = doctor.accounts(
        channels,
        {"kanal": scene.client()},
        {"kabar": "SIAR_KABAR_ACCESS_TOKEN belum ada"},
        ("facebook", "x", "whatsapp"),
    )
    assert {line.subject: line.finding.sign for line in lines} == {
        "kanal": Sign.UNKNOWN,
        "kabar": Sign.UNSET,
        "wa": Sign.GOOD,
        "facebook": Sign.UNSET,
    }


def test_a_ledger_is_written_to_and_read(ledger: Ledger) -> None:
    url = f"sqlite:///{ledger.where}"
    assert signs(doctor.ledger(url, NOON)) == {"menulis": Sign.GOOD, "rantai": Sign.GOOD}


def test_a_ledger_that_is_not_there_is_bad(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/tidak-ada.sqlite3"
    assert signs(doctor.ledger(url, NOON)) == {"membuka": Sign.BAD}
    assert not (tmp_path / "tidak-ada.sqlite3").exists()


def test_a_broken_chain_is_bad(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_no_update")
        connection.exec_driver_sql("UPDATE events SET actor = 'lain'")
    assert signs(doctor.ledger(f"sqlite:///{ledger.where}", NOON))["rantai"] is Sign.BAD


def test_what_is_held_is_named_with_its_reason(ledger: Ledger) -> None:
    pauses.hold(ledger, why="isi keliru", stamp=START)
    lines = list(doctor.ledger(f"sqlite:///{ledger.where}", NOON))
    assert [(line.subject, line.finding.says) for line in lines if line.bad] == [
        ("semua saluran", "isi keliru")
    ]


def shown(**changes: object) -> tuple[int, str, str]:
    post = {
        "article": "a",
        "lang": "id",
        "channel": "kanal",
        "revision": 1,
        "platform": "uji",
        "url": "https://uji.example/1",
        "at": "2026-11-24T05:00:00+00:00",
        "payload_sha256": "0" * 64,
    }
    body = {"version": 1, "head": "", "posts": [post]} | changes
    return 200, "application/json", json.dumps(body)


FRONT = (200, "text/html", "<p>Beranda")


@pytest.mark.parametrize(
    ("pages", "signs"),
    [
        pytest.param({}, (Sign.BAD, Sign.GOOD), id="an empty server"),
        pytest.param({"/": FRONT}, (Sign.GOOD, Sign.GOOD), id="no register yet"),
        pytest.param(
            {"/": FRONT, REGISTER: shown(posts=[])}, (Sign.GOOD, Sign.GOOD), id="nothing posted"
        ),
        pytest.param(
            {"/": FRONT, REGISTER: shown()}, (Sign.GOOD, Sign.BAD), id="posts that are unknown here"
        ),
        pytest.param(
            {"/": FRONT, REGISTER: (500, "text/html", "")},
            (Sign.GOOD, Sign.BAD),
            id="a register that cannot be read",
        ),
    ],
)
def test_the_site_and_its_register_are_asked_for(
    scene: Scene, pages: Mapping[str, tuple[int, str, str]], signs: tuple[Sign, Sign]
) -> None:
    scene.site.pages.update(pages)
    lines = doctor.site(scene.site.url, scene.http, f"sqlite:///{scene.ledger.where}")
    assert tuple(line.finding.sign for line in lines) == signs


def test_a_site_that_is_down_is_bad(ledger: Ledger) -> None:
    with web.client() as http:
        lines = list(doctor.site("http://127.0.0.1:9", http, f"sqlite:///{ledger.where}"))
    assert [line.finding.sign for line in lines] == [Sign.BAD, Sign.BAD]
