"""A reader asks below a post, the press officer answers, the chief gets a report: all real."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from tests.platforms.fakes.local import Through, timeline
from tests.platforms.fakes.stage import Fault, Stage, playing
from tests.project import BIN, Project

QUESTION = "Kapan barangnya\nboleh dilihat?"
NASTY = "Menang \u202eoidah\x1b[2J\x1b]0;x\x07!"
ANSWER = "Setiap jam kerja sampai 30 November, di halaman kantor."


@dataclass
class Office:
    """A live article with a post on the local timeline, and what people do there."""

    project: Project
    stage: Stage
    post: str

    def siar(self, *arguments: str, status: int = 0) -> str:
        done = self.project.siar(*arguments)
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert "Traceback" not in said
        return said

    def say(self, text: str, author: str = "Warga") -> None:
        """Fill in the form on the page, as a browser does."""
        page = self.page()
        form = page.select("form.answering")[-1]  # those below a response come before it
        names = {field["name"] for field in form.select("[name]")}
        assert names == {"parent", "author", "text"}
        target = httpx.URL(self.post).join(str(form["action"]))
        said = {"parent": "", "author": author, "text": text.replace("\n", "\r\n")}
        answer = httpx.post(target, data=said, follow_redirects=True, trust_env=False)
        assert answer.status_code == 200

    def page(self) -> BeautifulSoup:
        return BeautifulSoup(httpx.get(self.post, trust_env=False).text, "html.parser")

    def thread(self) -> list[tuple[str, str]]:
        """Read the conversation: who, and what; answers after what they answer."""
        return [
            (each.select("bdi")[0].get_text(), each.select(".post-text")[0].get_text(" "))
            for each in self.page().select("article.response")
        ]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with timeline(tmp_path / "linimasa.sqlite3") as url, playing(Through(url)) as stage:
        project = Project(tmp_path / "kantor")
        channel = {"platform": "local", "account": "kpknl", "host": stage.url}
        project.configure(SYNDICATION_CHANNELS={"warta": channel})
        with project.served():
            project.article("mobil")
            assert project.siar("init", "--since", "2026-11-01").returncode == 0
            assert project.build().returncode == 0
            (project.root / "deploy").mkdir()
            (project.root / "deploy" / "current").symlink_to(project.root / "output")
            assert project.siar("relay").returncode == 0
            (entry,) = project.entries()
            assert entry.receipt
            post = entry.receipt.url.replace(stage.url, url)
            assert stage.dealt.acquire(timeout=10)
            yield Office(project, stage, post)


def test_a_question_comes_back_and_is_answered_below_the_post(office: Office) -> None:
    assert "Belum pernah dibaca" in office.siar("inbox")
    office.say(QUESTION)
    office.say(NASTY, author="1. Kantor\x1b[2K")
    assert "warta: 2 tanggapan baru, angka 1 unggahan." in office.siar("listen")
    assert "0 tanggapan baru." in office.siar("listen")

    waiting = office.siar("inbox")
    assert waiting.index("2. 1. Kantor [2K") < waiting.index("1. Warga,")
    assert "Tentang: Lelang mobil" in waiting
    assert "| Kapan barangnya\n   | boleh dilihat?" in waiting
    assert f"{office.stage.url}/posts/1#tanggapan-1" in waiting
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", waiting)
    assert "2 tanggapan menunggu." in waiting

    said = office.siar("reply", "1", ANSWER, "--yes")
    assert f"Terjawab: {office.stage.url}/posts/1#tanggapan-3" in said
    assert f"({len(ANSWER)} dari 500)" in said
    assert office.thread()[:2] == [("Warga", "Kapan barangnya boleh dilihat?"), ("@kpknl", ANSWER)]
    assert "1 tanggapan ditandai selesai." in office.siar("settle", "2")
    assert "0 tanggapan baru." in office.siar("listen")
    assert "Tidak ada tanggapan yang menunggu." in office.siar("inbox")
    assert "sudah dijawab" in office.siar("reply", "1", "Lagi.", "--yes", status=1)
    assert office.stage.attempts == 2

    report = office.siar("report")
    assert "| warta | 1 | 0 | 0 | 0 |" in report
    assert re.search(r"\| warta \| 2 \| 1 \| 1 \| 0 \| \S+", report)
    assert "[Lelang mobil](" in report
    rows = json.loads(office.siar("inbox", "--all", "--json"))["responses"]
    assert [(row["number"], row["state"]) for row in rows] == [(2, "done"), (1, "answered")]
    assert rows[1]["answers"][0]["actor"] == "uji"
    office.siar("audit", "--json", "rantai.json")
    chain = (office.project.root / "rantai.json").read_text("utf-8")
    assert "replied" in chain
    assert not any(word in chain for word in ("Warga", "Kapan barangnya", "Kantor"))
    assert "tanggapan dijawab" in office.siar("explain", "1")


def test_a_killed_answer_is_never_sent_again_by_itself(office: Office) -> None:
    office.say(QUESTION)
    office.siar("listen")
    office.stage.faults.append(Fault(publish=True, then="hang"))
    command = [str(BIN / "siar"), "reply", "1", ANSWER, "--yes"]
    with subprocess.Popen(command, cwd=office.project.root, stdout=subprocess.DEVNULL) as killed:
        assert office.stage.dealt.acquire(timeout=60)
        killed.send_signal(signal.SIGKILL)
    waiting = office.siar("inbox")
    assert "meragukan" in waiting
    assert "siar settle 1 --not-sent" in waiting
    assert "mungkin sudah tayang" in office.siar("reply", "1", ANSWER, "--yes", status=1)
    assert office.stage.attempts == 2
    office.siar("listen")
    assert "Tidak ada tanggapan yang menunggu." in office.siar("inbox")
    assert [who for who, _ in office.thread()] == ["Warga", "@kpknl"]


def test_a_doubt_that_a_person_denies_may_be_answered_again(office: Office) -> None:
    office.say(QUESTION)
    office.siar("listen")
    office.stage.faults.append(Fault(publish=False, status=500, body="galat"))
    assert "Meragukan:" in office.siar("reply", "1", ANSWER, "--yes", status=1)
    office.siar("settle", "1", "--not-sent")
    office.siar("reply", "1", ANSWER, "--yes")
    assert [who for who, _ in office.thread()] == ["Warga", "@kpknl"]


def test_nothing_is_answered_during_a_hold(office: Office) -> None:
    office.say(QUESTION)
    office.siar("listen")
    office.siar("hold", "--why", "gempa")
    assert "ditahan (gempa)" in office.siar("reply", "1", ANSWER, "--yes", status=1)
    assert "terlalu panjang" in office.siar("resume") + office.siar(
        "reply", "1", "a" * 501, "--yes", status=1
    )
    assert office.stage.attempts == 1


def test_a_channel_that_fails_stops_no_other(office: Office) -> None:
    office.say(QUESTION)
    channels = office.project.extra["SYNDICATION_CHANNELS"]
    assert isinstance(channels, dict)
    dead = {"platform": "local", "account": "kpknl", "host": "http://127.0.0.1:9"}
    office.project.configure(SYNDICATION_CHANNELS={"mati": dead, **channels})
    office.stage.silences.append(Fault(publish=False, status=500, body="galat"))
    first = office.siar("listen", status=1)
    assert "warta: belum terbaca semua" in first
    assert "mati: 0 tanggapan baru" in first
    assert "terakhir gagal" in office.siar("inbox")
    assert "1 tanggapan baru." in office.siar("listen")
