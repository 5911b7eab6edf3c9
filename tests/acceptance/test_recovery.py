"""A ledger is lost, rebuilt from what the public sees, and nothing goes out a second time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndication import clock
from syndication.model import State
from tests.acceptance.test_run import PAGE, SECRETS, Office
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.stage import playing
from tests.platforms.fakes.x import X
from tests.project import BODY, Project


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    x, facebook = X(secrets=OAUTH), Facebook(page_id=PAGE)
    with playing(x) as x_stage, playing(facebook) as facebook_stage:
        project = Project(tmp_path / "kantor")
        project.configure(
            SYNDICATION_CHANNELS={
                "x": {"platform": "x", "account": "kpknl", "host": x_stage.url},
                "facebook": {"platform": "facebook", "page_id": PAGE, "host": facebook_stage.url},
            }
        )
        with project.served():
            write(project, "lama", Date="2026-10-01")
            write(project, "pertama")
            assert project.siar("init", "--since", "2026-11-01").returncode == 0
            yield Office(project, x, facebook)
    assert x.complaints == facebook.complaints == []


OAUTH = {
    name.removeprefix("SIAR_X_").lower(): value
    for name, value in SECRETS.items()
    if name.startswith("SIAR_X_")
}


def write(project: Project, name: str, **said: str) -> None:
    """Write an article with words of its own: Facebook takes no text twice."""
    project.article(name, BODY.replace("kendaraan dinas", f"kendaraan dinas {name}"), **said)


def ledger(office: Office) -> Path:
    return office.project.root / "var" / "ledger.sqlite3"


def siar(office: Office, *command: str) -> tuple[int, str]:
    done = office.project.siar(*command, **SECRETS)
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert not any(value in said for value in SECRETS.values())
    return done.returncode, said


def test_a_lost_ledger_is_rebuilt_and_nothing_is_posted_again(office: Office) -> None:
    assert office.run().startswith("0\n")
    write(office.project, "kedua")
    office.project.build()
    assert office.project.invoke("deploy").returncode == 0
    assert siar(office, "relay")[0] == 0  # so that the register does not know of the second
    assert office.published() == (2, 2)

    ledger(office).unlink()
    lost = office.run()
    assert lost.startswith("1\n")
    assert "siar recover" in lost
    status, said = siar(office, "recover")
    assert status == 0, said
    assert "2 unggahan dari register, 2 dari linimasa" in said
    assert siar(office, "recover")[0] == 1

    states = sorted(
        (each.article_id, each.channel, each.state) for each in office.project.entries()
    )
    assert states == [
        ("id-kedua", "facebook", State.DELIVERED),
        ("id-kedua", "x", State.DELIVERED),
        ("id-lama", "facebook", State.SKIPPED),
        ("id-lama", "x", State.SKIPPED),
        ("id-pertama", "facebook", State.DELIVERED),
        ("id-pertama", "x", State.DELIVERED),
    ]
    assert siar(office, "audit")[0] == 0
    assert siar(office, "relay")[0] == 0
    assert office.run().startswith("0\n")
    assert "tidak ada yang baru" in office.run()
    assert office.published() == (2, 2)
    assert siar(office, "verify")[0] == 0

    write(office.project, "ketiga", Date=f"{clock.now():%Y-%m-%d}")
    assert office.run().startswith("0\n")
    assert office.published() == (3, 3)
    register = json.loads((office.live / "verifikasi" / "register.json").read_text("utf-8"))
    shown = {(post["article"], post["channel"], post["post_id"]) for post in register["posts"]}
    posted = {post["id"] for post in (*office.x.published(), *office.facebook.published())}
    assert {post_id for _, _, post_id in shown} == posted
    assert siar(office, "audit")[0] == 0
