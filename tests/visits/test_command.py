"""`siar views` on logs of a server, after a real build that knows which page is which."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from syndication import clock
from tests.project import Project

PHONE = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36"
OLD = "/kpknl-pekalongan/baca-artikel/77/Lelang.html"
NOW = clock.now()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An office with two articles, one of them in two languages, and no figures yet."""
    project = Project(tmp_path_factory.mktemp("built") / "kantor")
    project.configure(VIEWS_FILE="data/kunjungan.json", SYNDICATION_PUBLISH=False)
    project.article("mobil", ID="7700", Lama=OLD)
    project.article("mobil", ID="7700", Lang="en", Title="A car")
    project.article("rumah", ID="7800")
    done = project.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """The office's project, to be changed."""
    return built.copy(tmp_path / "kantor")


def line(path: str, days_ago: int, address: str = "203.0.113.7", agent: str = PHONE) -> str:
    when = (NOW - timedelta(days=days_ago)).astimezone(ZoneInfo("Asia/Jakarta"))
    return (
        f'{address} - - [{when:%d/%b/%Y:%H:%M:%S %z}] "GET {path} HTTP/2.0" 200 900 "-" "{agent}"\n'
    )


def figures(project: Project) -> dict[str, object]:
    text = (project.root / "content" / "data" / "kunjungan.json").read_text("utf-8")
    found: dict[str, object] = json.loads(text)
    return found


def day(days_ago: int) -> str:
    when = (NOW - timedelta(days=days_ago)).astimezone(ZoneInfo("Asia/Jakarta"))
    return when.date().isoformat()


def test_logs_become_figures_on_the_page(project: Project) -> None:
    plain, packed = project.root / "access.log", project.root / "access.log.1.gz"
    plain.write_text(
        line("/artikel/mobil/", 1)
        + line("/en/artikel/mobil/", 1)
        + line(OLD, 1)
        + line("/artikel/rumah/", 1, agent="Googlebot/2.1")
        + line("/artikel/mobil/", 0),
        "utf-8",
    )
    packed.write_bytes(
        gzip.compress(
            (line("/artikel/mobil/", 2) + line("/artikel/rumah/index.html", 2)).encode()
            + b"203.0.113.9 - - [aneh\n"
        )
    )
    said = project.siar("views", str(plain), str(packed))
    assert said.returncode == 0, said.stderr
    assert "Kunjungan baru: 3, pada 2 artikel" in said.stdout
    assert "1 baris dari robot" in said.stdout
    assert "1 baris bukan baris log" in said.stdout
    assert figures(project) == {"since": day(2), "until": day(1), "counts": {"7700": 2, "7800": 1}}
    text = (project.root / "content" / "data" / "kunjungan.json").read_text("utf-8")
    assert "203.0.113" not in text

    again = project.siar("views", str(plain), str(packed))
    assert again.returncode == 0
    assert "tidak ada hari baru" in again.stdout
    assert figures(project)["counts"] == {"7700": 2, "7800": 1}

    assert project.build().returncode == 0
    assert "Dibaca 2 kali" in project.output("artikel/mobil/index.html")


def test_made_up_figures_are_left_behind(project: Project) -> None:
    file = project.root / "content" / "data" / "kunjungan.json"
    file.parent.mkdir()
    file.write_text('{"demo": true, "since": "2022-01-01", "counts": {"7700": 2541}}', "utf-8")
    log = project.root / "access.log"
    log.write_text(line("/artikel/mobil/", 1), "utf-8")
    said = project.siar("views", str(log))
    assert "angka peragaan diganti" in said.stdout
    assert figures(project) == {"since": day(1), "until": day(1), "counts": {"7700": 1}}


def test_figures_of_the_old_site_go_on(project: Project) -> None:
    file = project.root / "content" / "data" / "kunjungan.json"
    file.parent.mkdir()
    old = {"since": "2022-01-01", "until": day(5), "counts": {"7700": 2541}}
    file.write_text(json.dumps(old), "utf-8")
    log = project.root / "access.log"
    log.write_text(line("/artikel/mobil/", 1) + line("/artikel/mobil/", 5), "utf-8")
    said = project.siar("views", str(log))
    assert "tidak diberikan; hari itu dianggap sudah dihitung" in said.stdout
    assert figures(project) == {"since": "2022-01-01", "until": day(1), "counts": {"7700": 2542}}


@pytest.mark.parametrize(
    ("before", "log", "words"),
    [
        pytest.param('{"since": "2022-01-01", "counts": {}}', "", '"until"', id="until when?"),
        pytest.param("{", "", "bukan berkas kunjungan", id="spoilt figures"),
        pytest.param(None, "bukan\nlog\n", "seperti log akses", id="no log"),
    ],
)
def test_what_cannot_be_counted_changes_nothing(
    project: Project, before: str | None, log: str, words: str
) -> None:
    file = project.root / "content" / "data" / "kunjungan.json"
    if before:
        file.parent.mkdir()
        file.write_text(before, "utf-8")
    (project.root / "access.log").write_text(log or line("/artikel/mobil/", 1), "utf-8")
    said = project.siar("views", str(project.root / "access.log"))
    assert said.returncode == 1
    assert words in said.stderr
    assert (file.read_text("utf-8") if file.exists() else None) == before


def test_a_log_that_ends_too_early_counts_nothing(project: Project) -> None:
    packed = project.root / "access.log.1.gz"
    packed.write_bytes(gzip.compress(line("/artikel/mobil/", 1).encode() * 500)[:-20])
    said = project.siar("views", str(packed))
    assert said.returncode == 1
    assert "tidak terbaca sampai akhir" in said.stderr
    assert not (project.root / "content" / "data" / "kunjungan.json").exists()


def test_without_a_build_nobody_knows_which_page_is_which(project: Project) -> None:
    (project.root / "var" / "addresses.json").unlink()
    (project.root / "access.log").write_text(line("/artikel/mobil/", 1), "utf-8")
    said = project.siar("views", str(project.root / "access.log"))
    assert said.returncode == 1
    assert "make publish" in said.stderr
