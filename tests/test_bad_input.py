"""What writers and machines do wrong: said at once, in plain words, with the old site untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import Project

KEPT = "Lelang mobil"


@pytest.fixture(scope="module")
def standing(begun: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose site stands, with one queued article."""
    made = begun.copy(tmp_path_factory.mktemp("standing") / "kantor")
    made.article("mobil")
    assert made.build().returncode == 0
    return made


@pytest.fixture
def built(standing: Project, tmp_path: Path) -> Project:
    """A copy of it for one test alone."""
    return standing.copy(tmp_path / "kantor")


def test_every_mistake_of_every_file_is_said_at_once_and_nothing_is_touched(built: Project) -> None:
    built.article("a-judul", Title="")
    built.article("b-tanggal", Date="31-02-2026")
    built.article("c-saluran", Saluran="tiktok")
    built.article("d-kembar", ID="id-mobil")
    before = {path: path.stat().st_mtime_ns for path in (built.root / "output").rglob("*")}
    queued = built.entries()

    done = built.build()

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    for name in ("a-judul", "b-tanggal", "c-saluran", "d-kembar"):
        assert f"content/artikel/{name}-id.md:" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in (built.root / "output").rglob("*")} == before
    assert built.entries() == queued
    assert built.siar("check").returncode == 1


@pytest.mark.parametrize(
    ("since", "status"),
    [
        pytest.param("2026-11-20", 1, id="dated from SYNDICATION_SINCE on: an error"),
        pytest.param("2026-11-21", 0, id="dated before: a counted warning"),
    ],
)
def test_a_missing_id_weighs_by_the_articles_date(
    project: Project, since: str, status: int
) -> None:
    project.configure(SYNDICATION_SINCE=since)
    project.article("lama", ID="")
    done = project.build()
    assert done.returncode == status
    assert "content/artikel/lama-id.md:" in done.stderr
    assert ("0 kesalahan, 1 peringatan" in done.stderr) is (status == 0)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param({"OUTPUT_PATH": "/proc/situs"}, "tidak dapat ditulisi", id="output"),
        pytest.param(
            {"SYNDICATION_LEDGER_URL": "sqlite:////proc/ledger.sqlite3"},
            "buku besar (ledger)",
            id="ledger",
        ),
        pytest.param({"SYNDICATION_SINCE": "kemarin"}, "bukan tanggal", id="setting"),
        pytest.param(
            {"SYNDICATION_CHANNELS": {"a": {"platform": "gapura"}}}, "tidak dikenal", id="platform"
        ),
    ],
)
def test_what_the_machine_or_the_settings_refuse_is_no_traceback(
    built: Project, settings: dict[str, object], said: str
) -> None:
    built.configure(**settings)
    done = built.build()
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert KEPT in built.output("artikel/mobil/index.html")


def test_a_second_init_is_refused_and_the_ledger_stays(built: Project) -> None:
    before = built.entries()
    done = built.siar("init")
    assert done.returncode == 1
    assert "sudah ada" in done.stderr
    assert built.entries() == before


def test_an_old_site_is_skipped_at_init_and_stays_so(project: Project) -> None:
    (project.root / "var" / "ledger.sqlite3").unlink()
    for name in ("a-satu", "b-dua"):
        project.article(name, Date="2026-11-23")
    done = project.siar("init")
    assert "2 artikel yang sudah ada dilewati" in done.stdout
    project.article("c-tiga", Date="2022-01-01")
    said = project.build().stderr
    assert "bertanggal sebelum" in said
    assert {entry.state.value for entry in project.entries()} == {"skipped"}


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("explain", "99"), id="explain an entry that is none"),
        pytest.param(("resolve", "99", "--not-sent"), id="resolve an entry that is none"),
        pytest.param(("resolve", "1", "--not-sent"), id="resolve what is not in doubt"),
        pytest.param(("resolve", "1"), id="resolve without a word"),
        pytest.param(("--settings", "tidak-ada.py", "status"), id="no settings file"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(built: Project, arguments: tuple[str, ...]) -> None:
    done = built.siar(*arguments)
    assert done.returncode in {1, 2}
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_status_and_explain_tell_where_a_post_stands(built: Project) -> None:
    shown = built.siar("status")
    assert "Lelang mobil" in shown.stdout
    assert "antre" in shown.stdout
    told = built.siar("explain", str(built.entries()[0].id))
    assert "diantrekan" in told.stdout
    assert "oleh uji" in told.stdout
    assert built.siar("status", "--json").stdout.startswith("{")
