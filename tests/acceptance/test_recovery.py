"""A ledger is lost, rebuilt from what the public sees, and nothing goes out a second time."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndication import clock
from syndication.model import State
from tests.acceptance.test_run import PAGE, SECRETS, Office
from tests.platforms.fakes.facebook import Facebook
from tests.platforms.fakes.stage import playing
from tests.platforms.fakes.x import X
from tests.project import BODY, HERE, Project

GUIDE = (HERE / "docs" / "operator.md").read_text("utf-8")


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
    status, said = siar(office, "register")
    assert status == 1
    assert "siar recover" in said
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
    assert siar(office, "verify")[0] == 0
    assert office.published() == (2, 2)

    write(office.project, "ketiga", Date=f"{clock.now():%Y-%m-%d}")
    assert office.run().startswith("0\n")
    assert office.published() == (3, 3)  # the new one, and none of the others again
    register = json.loads((office.live / "verifikasi" / "register.json").read_text("utf-8"))
    shown = {(post["article"], post["channel"], post["post_id"]) for post in register["posts"]}
    posted = {post["id"] for post in (*office.x.published(), *office.facebook.published())}
    assert {post_id for _, _, post_id in shown} == posted
    assert siar(office, "audit")[0] == 0


def test_recovery_stops_before_it_writes_where_it_could_miss_a_post(office: Office) -> None:
    assert office.run().startswith("0\n")
    assert siar(office, "recover")[0] == 1  # there is a ledger
    ledger(office).unlink()
    without_secrets = office.project.siar("recover")
    assert without_secrets.returncode == 1
    assert "SIAR_X_ACCESS_TOKEN" in without_secrets.stderr
    office.facebook.token = "lain"  # noqa: S105 -- no secret
    status, said = siar(office, "recover")
    assert status == 1
    assert "facebook: linimasa tidak terbaca" in said
    register = office.live / "verifikasi" / "register.json"
    kept = register.read_text("utf-8")
    register.write_text("<html>", "utf-8")
    status, said = siar(office, "recover")
    assert status == 1
    assert "Register di situs tidak terbaca" in said
    register.write_text(kept, "utf-8")
    assert not ledger(office).exists()
    status, said = siar(office, "recover", "--unread-ok")
    assert status == 0, said
    assert len([each for each in office.project.entries() if each.receipt]) == 2
    assert siar(office, "register")[0] == 0
    assert office.published() == (1, 1)


def test_what_nobody_can_see_waits_for_a_person(office: Office) -> None:
    assert office.run().startswith("0\n")
    ledger(office).unlink()
    write(office.project, "pertama", Ralat="25 November 2026: uang jaminan.")
    token, office.facebook.token = office.facebook.token, "lain"
    status, said = siar(office, "recover", "--unread-ok")
    assert status == 0, said
    (doubt,) = (line for line in said.splitlines() if line.startswith("Meragukan"))
    number = re.findall(r"(\d+) \(Lelang pertama di facebook\)", doubt)
    assert len(number) == 1, said
    office.facebook.token = token
    assert office.run().startswith("0\n")
    assert office.published() == (2, 1)
    assert not str(office.facebook.posts[0]["message"]).startswith("Ralat")
    assert siar(office, "resolve", *number, "--not-sent", "--why", "teksnya masih lama")[0] == 0
    assert office.run().startswith("0\n")
    assert office.published() == (2, 1)
    assert str(office.facebook.posts[0]["message"]).startswith("Ralat")


def test_proof_is_given_to_people_and_programs(office: Office) -> None:
    assert office.run().startswith("0\n")
    status, said = siar(office, "verify", "--json")
    report = json.loads(said)
    assert status == 0
    assert report["ok"]
    assert [each["verdict"] for each in report["checked"]] == ["present", "present"]
    assert report["read"] == {"x": 1, "facebook": 1}
    assert report["cost_usd"] == pytest.approx(0.005)
    office.facebook.posts[0]["message"] = "Lain"
    office.x.posts.clear()
    status, said = siar(office, "verify")
    assert status == 1
    assert "hilang" in said
    assert "berubah" in said

    file = office.project.root / "kejadian.json"
    status, said = siar(office, "audit", "--json", str(file))
    assert status == 0
    assert "Rantai utuh" in said
    whole = json.loads(file.read_text("utf-8"))
    assert whole["proven"]
    assert [chained(event) for event in whole["events"]] == [
        event["hash"] for event in whole["events"]
    ]
    assert whole["head"] == whole["events"][-1]["hash"]


BACKUP = re.search(r"^    \.venv/bin/python -c \"(.+sqlite3.+)\"$", GUIDE, re.MULTILINE)
"""The command that the operators' guide gives."""


def test_a_backup_is_restored_as_the_guide_says(office: Office) -> None:
    assert BACKUP
    office.project.build()
    assert office.project.invoke("deploy").returncode == 0
    assert office.project.run("python", "-c", BACKUP[1]).returncode == 0
    assert siar(office, "relay")[0] == 0
    assert office.published() == (1, 1)

    shutil.copy(ledger(office).with_name("cadangan.sqlite3"), ledger(office))
    assert siar(office, "register")[0] == 0
    status, said = siar(office, "verify")
    assert status == 1
    for command in re.findall(r"`siar (resolve .+?)`", said):
        assert siar(office, *command.split())[0] == 0
    assert siar(office, "verify")[0] == 0
    assert siar(office, "relay")[0] == 0
    assert office.published() == (1, 1)

    write(office.project, "kedua")
    office.project.build()
    assert office.project.invoke("deploy").returncode == 0
    shutil.copy(ledger(office).with_name("cadangan.sqlite3"), ledger(office))
    status, said = siar(office, "relay")
    assert status == 1
    assert "siar recover" in said
    assert office.published() == (1, 1)


def chained(event: dict[str, object]) -> str:
    """Compute the hash of an exported event as the file itself says, without our code."""
    names = ("seq", "at", "actor", "kind", "entry_id", "article_id", "data", "previous")
    link = [event[name] for name in names]
    text = json.dumps(link, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_doctor_looks_at_everything_and_posts_nothing(office: Office) -> None:
    status, said = siar(office, "doctor", "--json")
    signs = {(line["subject"], line["about"]): line["sign"] for line in json.loads(said)}
    accounts = {(name, about) for name in ("x", "facebook") for about in ABOUTS}
    good = {*accounts, ("buku besar", "menulis"), ("buku besar", "rantai")}
    assert {place: signs[place] for place in good} == dict.fromkeys(good, "good")
    assert signs["whatsapp", "saluran"] == "unset"
    assert signs["situs", "beranda"] == "bad"  # nothing is deployed yet
    assert status == 1
    office.x.level = "read"
    status, said = siar(office, "doctor")
    assert status == 1
    assert 'hanya "read"' in said
    assert "belum disiapkan" in said
    assert office.published() == (0, 0)


ABOUTS = ("token", "izin", "jam", "kuota")
