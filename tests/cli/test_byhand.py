from __future__ import annotations

from pathlib import Path

import pytest

from syndication.model import State
from tests.project import NOWHERE, Project

POST = "https://whatsapp.com/channel/0029Va/101"


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An office with a WhatsApp channel, and one article that waits for a person."""
    project = Project(tmp_path_factory.mktemp("byhand") / "kantor")
    channel = {"platform": "whatsapp", "lang": "id"}
    project.configure(SYNDICATION_CHANNELS={"whatsapp": channel})
    assert project.siar("init", "--since", "2026-01-01").returncode == 0
    project.article("mobil")
    assert project.build().returncode == 0
    return project


@pytest.fixture
def project(waiting: Project, tmp_path: Path) -> Project:
    """A copy, to be changed."""
    return waiting.copy(tmp_path / "kantor")


def test_a_person_posts_and_records_where(project: Project) -> None:
    (entry,) = project.entries()
    assert entry.state is State.BY_HAND
    assert entry.payload
    assert entry.payload.text.count(entry.url) == 1
    said = project.siar("posted", str(entry.id), POST)
    assert (said.returncode, said.stdout) == (0, f"Unggahan 1: terkirim di {POST}\n")
    (done,) = project.entries()
    assert done.receipt
    assert (done.state, done.receipt.url) == (State.DELIVERED, POST)

    assert project.build().returncode == 0
    assert POST in project.output("artikel/mobil/index.html")
    assert POST in project.output("verifikasi/register.json")


def test_is_told_once(project: Project) -> None:
    project.siar("posted", "1", POST)
    again = project.siar("posted", "1", POST)
    assert again.returncode == 1
    assert "siar explain 1" in again.stderr


@pytest.mark.parametrize(
    ("entry", "url", "words"),
    [
        pytest.param("1", "whatsapp.com/channel/1", "https://", id="no scheme"),
        pytest.param("1", "http://whatsapp.com/channel/1", "https://", id="in clear"),
        pytest.param("1", f"{NOWHERE}/artikel/mobil/", "alamat artikelnya", id="the article"),
        pytest.param("1", "https://", "bukan alamat", id="no host"),
        pytest.param("1", "https://example.org/1", "bukan alamat unggahan", id="another site"),
        pytest.param("7", POST, "Entri 7 tidak ada", id="an unknown number"),
    ],
)
def test_takes_only_the_address_of_a_post(
    waiting: Project, entry: str, url: str, words: str
) -> None:
    said = waiting.siar("posted", entry, url)
    assert said.returncode != 0
    assert words in said.stderr
    assert "Traceback" not in said.stderr
    assert [each.state for each in waiting.entries()] == [State.BY_HAND]
