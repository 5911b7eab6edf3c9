"""What machines and platforms do wrong: said in plain words, with nothing lost or sent twice.

Real commands on a real project, with a fake X over HTTP; the disk, the clock, the secrets and the
answers are spoiled for real.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from syndication import clock
from syndication.ledger import pauses
from syndication.ledger.events import Stamp
from syndication.ledger.store import open_ledger
from syndication.model import State
from tests.platforms.fakes.stage import Fault, Stage, playing
from tests.platforms.fakes.x import X
from tests.project import Project

SECRETS = {
    f"SIAR_X_{name}": f"rahasia-{number}"
    for number, name in enumerate(
        ("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
    )
}
BOTH = {"id-mobil", "id-motor"}
SMALL = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""No file may grow beyond 4 KiB: what a full disk says to whoever writes."""


@dataclass
class Office:
    """A live site with two articles that wait for X."""

    project: Project
    stage: Stage

    @property
    def ledger(self) -> Path:
        return self.project.root / "var" / "ledger.sqlite3"

    def relay(self, **said: str) -> subprocess.CompletedProcess[str]:
        return plain(self.project.siar("relay", **(SECRETS | said)))

    def states(self) -> dict[str, State]:
        return {entry.article_id: entry.state for entry in self.project.entries()}

    def posts(self) -> int:
        return len(self.stage.published())


def plain(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """Make sure that whatever went wrong is said in plain words, and without a secret."""
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert not any(value in said for value in SECRETS.values())
    return done


def cramped(project: Project, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a program on a machine whose disk is full."""
    whole = shutil.which(program, path=str(Path(sys.executable).parent))
    return plain(project.run("python", "-c", SMALL, str(whole), *arguments, **SECRETS))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with playing(X()) as stage:
        project = Project(tmp_path_factory.mktemp("mesin") / "kantor")
        channel = {"platform": "x", "account": "kpknl", "host": stage.url}
        project.configure(SYNDICATION_CHANNELS={"x": channel})
        with project.served():
            for name in ("mobil", "motor"):
                project.article(name, f"Kantor melelang {name} dinas pada 1 Desember 2026.\n")
            assert project.siar("init", "--since", "2026-11-01").returncode == 0
            assert project.build().returncode == 0
            (project.root / "deploy").mkdir()
            (project.root / "deploy" / "current").symlink_to(project.root / "output")
            made = Office(project, stage)
            shutil.copy(made.ledger, project.root / "var" / "awal")
            yield made


@pytest.fixture
def office(ready: Office) -> Iterator[Office]:
    """The same, as it was before any test."""
    shutil.copy(ready.project.root / "var" / "awal", ready.ledger)
    ready.stage.platform = x = X()
    ready.stage.faults.clear()
    yield ready
    assert x.complaints == []


def test_on_a_full_disk_nothing_is_sent_and_nothing_is_lost(office: Office) -> None:
    full = cramped(office.project, "siar", "relay")
    assert full.returncode == 1
    assert "buku besar (ledger) tidak dapat ditulis" in full.stderr
    assert "disk penuh" in full.stderr
    assert (office.posts(), set(office.states().values())) == (0, {State.QUEUED})
    office.relay()
    assert office.states() == dict.fromkeys(BOTH, State.DELIVERED)
    assert office.posts() == 2


def test_a_build_on_a_full_disk_says_so_and_queues_nothing(project: Project) -> None:
    project.article("mobil")
    full = cramped(project, "pelican", "--settings", "publishconf.py", "--fatal", "errors")
    assert full.returncode != 0
    assert "Build berhenti karena berkas tidak dapat ditulis" in full.stderr + full.stdout
    assert project.entries() == []
    assert project.build().returncode == 0
    assert {entry.state for entry in project.entries()} == {State.QUEUED}


@pytest.mark.parametrize("command", ["relay", "status", "hold", "build"])
def test_a_ledger_of_a_later_version_is_left_as_it_is(office: Office, command: str) -> None:
    connection = sqlite3.connect(office.ledger)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = office.ledger.read_bytes()
    why = ("--why", "gempa") if command == "hold" else ()
    if command == "build":
        done = plain(office.project.build())
    else:
        done = plain(office.project.siar(command, *why, **SECRETS))
    assert done.returncode == 1
    assert "versi Siar yang lebih baru (skema 9999). Perbarui Siar" in done.stderr
    assert office.ledger.read_bytes() == before
    assert office.posts() == 0


def test_a_clock_that_went_back_hours_sends_nothing_and_loses_nothing(office: Office) -> None:
    ledger = open_ledger(f"sqlite:///{office.ledger}")
    ahead = Stamp(clock.now() + timedelta(hours=5), "uji")
    pauses.hold(ledger, why="gempa", stamp=ahead)
    pauses.resume(ledger, pauses.EVERYTHING, stamp=ahead)
    ledger.close()
    done = office.relay()
    assert done.returncode == 1
    assert "Perbaiki jam komputer, lalu ulangi" in done.stderr
    assert (office.posts(), set(office.states().values())) == (0, {State.QUEUED})


def test_a_token_that_is_revoked_half_way_leaves_the_rest_in_the_queue(office: Office) -> None:
    problem = '{"title": "Unauthorized", "type": "about:blank", "status": 401}'
    office.stage.faults.extend(
        [
            Fault(publish=True, then="truth"),
            Fault(publish=False, status=401, body=problem),
        ]
    )
    office.relay()
    assert sorted(office.states().values()) == [State.DELIVERED, State.QUEUED]
    gone = office.relay(SIAR_X_ACCESS_TOKEN="")
    assert "x: belum disiapkan (SIAR_X_ACCESS_TOKEN belum ada)" in gone.stdout
    assert sorted(office.states().values()) == [State.DELIVERED, State.QUEUED]
    assert office.project.siar("resume", "x").returncode == 0
    assert office.relay().returncode == 0
    assert office.states() == dict.fromkeys(BOTH, State.DELIVERED)
    assert office.posts() == 2


@pytest.mark.parametrize(
    ("publish", "status", "body"),
    [
        pytest.param(True, 200, "<html>Selamat datang</html>", id="a page"),
        pytest.param(True, 201, "[]", id="another shape"),
        pytest.param(True, 201, '{"data": null}', id="nothing"),
        pytest.param(True, 299, "\x00\x01", id="no text"),
        pytest.param(False, 200, "", id="silence, and nothing was taken"),
    ],
)
def test_nonsense_is_a_doubt_and_never_a_second_post(
    office: Office, body: str, status: int, *, publish: bool
) -> None:
    office.stage.faults.append(Fault(publish=publish, status=status, body=body))
    first = office.relay()
    assert first.returncode == 1
    assert State.IN_DOUBT in office.states().values()
    office.project.siar("resume", "x")
    office.relay()
    assert sorted(office.states().values()) == [State.DELIVERED, State.IN_DOUBT]
    texts = [str(post["text"]) for post in office.stage.published()]
    assert sorted(set(texts)) == sorted(texts)
    assert len(texts) == 1 + publish


def on_a_runner(project: Project) -> Project:
    """Give it a real channel and a public address, so that something real could be lost."""
    project.configure(
        SITEURL="https://kpknl.example.go.id",
        SYNDICATION_CHANNELS={"x": {"platform": "x", "account": "kpknl"}},
    )
    return project


def test_a_throw_away_runner_does_not_use_a_ledger_that_dies_with_it(project: Project) -> None:
    runner = on_a_runner(project)
    ledger = runner.root / "var" / "ledger.sqlite3"
    before = ledger.read_bytes()
    built = plain(runner.run("pelican", "--settings", "publishconf.py", CI="true"))
    assert built.returncode == 1
    sent = plain(runner.siar("relay", CI="true", **SECRETS))
    assert sent.returncode == 2
    for done in (built, sent):
        assert "Setel SYNDICATION_LEDGER_URL ke tempat yang tetap ada." in done.stderr
    assert ledger.read_bytes() == before


def test_a_throw_away_runner_does_not_begin_a_ledger_either(project: Project) -> None:
    runner = on_a_runner(project)
    (runner.root / "var" / "ledger.sqlite3").unlink()
    done = plain(runner.siar("init", CI="true"))
    assert done.returncode == 2
    assert "Setel SYNDICATION_LEDGER_URL ke tempat yang tetap ada." in done.stderr
    assert not (runner.root / "var" / "ledger.sqlite3").exists()


def test_limits_that_were_spoiled_on_the_disk_are_named(project: Project) -> None:
    (project.root / "var" / "limits.json").write_text('{"m": 3}')
    done = plain(project.siar("status"))
    assert done.returncode == 2
    assert "var/limits.json" in done.stderr


def test_a_report_that_cannot_be_written_is_said(office: Office) -> None:
    done = plain(office.project.siar("audit", "--json", "/proc/laporan.json"))
    assert done.returncode == 1
    assert "/proc/laporan.json" in done.stderr
