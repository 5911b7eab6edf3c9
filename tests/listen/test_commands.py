"""The commands as a person uses them at a terminal: prompts, pipes, and a no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from click.testing import CliRunner, Result

from syndication.cli import main
from tests.platforms.fakes.local import timeline
from tests.project import Project

ANSWER = "Senin pukul 09.00 WIB."


@dataclass
class Desk:
    """A press officer's desk: one question waits, on the local timeline."""

    project: Project
    url: str

    def run(self, *arguments: str, says: str = "") -> Result:
        settings = str(self.project.root / "publishconf.py")
        return CliRunner().invoke(main, ["--settings", settings, *arguments], input=says)

    def answers(self) -> list[str]:
        found = httpx.get(f"{self.url}/api/responses?posts=1", trust_env=False).json()
        return [each["text"] for each in found if each["official"]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    with timeline(folder / "linimasa.sqlite3") as url:
        project = Project(folder / "kantor")
        local = {"platform": "local", "host": url}
        mute = {"platform": "whatsapp"}
        project.configure(SYNDICATION_CHANNELS={"warta": local, "wa": mute})
        with project.served():
            project.article("mobil")
            assert project.siar("init", "--since", "2026-11-01").returncode == 0
            assert project.build().returncode == 0
            (project.root / "deploy").mkdir()
            (project.root / "deploy" / "current").symlink_to(project.root / "output")
            assert project.siar("relay").returncode == 0
            yield Desk(project, url)


@pytest.fixture
def desk(office: Desk) -> Iterator[Desk]:
    """The desk with one new question, whose number each test asks for."""
    said = {"author": "Warga", "text": "Kapan?", "parent": ""}
    httpx.post(f"{office.url}/posts/1/responses", data=said, trust_env=False)
    assert office.run("listen").exit_code == 0
    yield office
    office.run("settle", newest(office))


def newest(desk: Desk) -> str:
    lines = desk.run("inbox", "--all").output.splitlines()
    return lines[0].partition(".")[0]


def test_what_will_be_sent_is_shown_and_a_no_sends_nothing(desk: Desk) -> None:
    before = desk.answers()
    done = desk.run("reply", newest(desk), says=f"{ANSWER}\nn\n")
    assert "| Kapan?" in done.output
    assert f"> {ANSWER}" in done.output
    assert done.exit_code == 1
    assert desk.answers() == before


def test_a_yes_sends_it_once(desk: Desk) -> None:
    before = desk.answers()
    done = desk.run("reply", newest(desk), ANSWER, says="y\n")
    assert "Terjawab:" in done.output
    assert desk.answers() == [*before, ANSWER]


def test_an_answer_may_come_through_a_pipe(desk: Desk) -> None:
    before = desk.answers()
    asked = desk.run("reply", newest(desk), "-", says=ANSWER)
    assert asked.exit_code == 2
    assert "tambahkan --yes" in asked.output
    done = desk.run("reply", newest(desk), "-", "--yes", says=f"{ANSWER}\nBaris dua.\n")
    assert done.exit_code == 0
    assert desk.answers() == [*before, f"{ANSWER}\nBaris dua."]


def test_a_second_answer_is_given_only_on_purpose(desk: Desk) -> None:
    number = newest(desk)
    assert desk.run("reply", number, ANSWER, "--yes").exit_code == 0
    assert desk.run("reply", number, "Lagi.", "--yes").exit_code == 1
    assert desk.run("reply", number, "Lagi.", "--yes", "--again").exit_code == 0
    assert desk.answers()[-2:] == [ANSWER, "Lagi."]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("reply", "999", "x", "--yes"), 1, "Tanggapan 999 tidak ada"),
        (("settle", "999"), 1, "Tanggapan 999 tidak ada"),
        (("settle", "1", "--sent", "https://a.id", "--not-sent"), 2, "Pilih salah satu"),
        (("settle", "1", "2", "--not-sent"), 2, "satu per satu"),
        (("settle", "1", "--not-sent"), 1, "Tidak ada jawaban yang meragukan"),
        (("listen", "--channel", "tiktok"), 2, "Yang ada: wa, warta."),
        (("inbox", "--channel", "tiktok"), 2, "Yang ada: wa, warta."),
        (("report", "--month", "November"), 2, "--month"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_cannot_be_done_says_why(
    desk: Desk, arguments: tuple[str, ...], status: int, told: str
) -> None:
    done = desk.run(*arguments)
    assert (done.exit_code, done.exception is None or isinstance(done.exception, SystemExit)) == (
        status,
        True,
    )
    assert told in done.output


def test_one_channel_is_listened_to_alone(desk: Desk) -> None:
    said = desk.run("listen", "--channel", "warta").output
    assert "warta: membaca 1 unggahan" in said
    assert "bacalah di aplikasinya" in desk.run("listen", "--channel", "wa").output
    assert desk.run("inbox", "--channel", "wa").output.startswith("Tidak ada tanggapan")


def test_the_report_of_a_month_names_its_channels(desk: Desk) -> None:
    said = desk.run("report", "--month", "2025-12").output
    assert "# Saluran resmi, Desember 2025" in said
    assert "| wa | 0 |" in said
