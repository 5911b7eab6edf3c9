"""Measuring: real programs, real sites, and what is told of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bench.build import __main__ as command
from bench.build import curve, kept, rounds, saving, site, table, tree
from bench.build.corpus import essay
from bench.build.peer import CHANGES
from bench.build.plain import CACHED, Plain
from bench.build.rounds import Figure
from bench.build.running import Failed, Run, family, pss_bytes, run
from bench.build.site import Built, Site

MIB = 1024 * 1024
HOLDER = """\
import subprocess, sys
if len(sys.argv) > 1:
    held = bytearray(b"x") * (60 * 1024 * 1024)
    print("ready", flush=True)
    input()
else:
    subprocess.run([sys.executable, __file__, "again"])
"""
FIGURE = Figure(seconds=2.0, peak_bytes=100 * MIB, pages=20, rewritten=3, rounds=5)


@pytest.fixture
def sites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Site]:
    """Two sites of twelve articles, away from the real ones."""
    monkeypatch.setattr(site, "VAR", tmp_path)
    cached = Plain("pelican-cache", "Pelican, its cache", CACHED, CHANGES)
    return site.lay_out([Plain("pelican", "Pelican"), cached], 12)


def test_the_memory_of_a_grandchild_counts(tmp_path: Path) -> None:
    program = tmp_path / "holder.py"
    program.write_text(HOLDER)
    with subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        members = list(family(process.pid))
        assert len(members) == 2
        assert sum(map(pss_bytes, members)) > 60 * MIB
        process.communicate("\n")
    assert pss_bytes(process.pid) == 0


def test_a_program_is_measured(tmp_path: Path) -> None:
    measured = run([sys.executable, "-c", "print('a')"], tmp_path, tmp_path / "log")
    assert measured.seconds > 0
    assert (tmp_path / "log").read_text() == "a\n"


def test_a_failed_program_stops_the_measurement(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="tidak jadi"):
        run([sys.executable, "-c", "raise SystemExit('tidak jadi')"], tmp_path, tmp_path / "log")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param({"a": (1, 1, 1)}, 0, id="as it was"),
        pytest.param({"a": (2, 1, 1)}, 1, id="another inode"),
        pytest.param({"a": (1, 2, 1)}, 1, id="another time"),
        pytest.param({"a": (1, 1, 2)}, 1, id="another size"),
        pytest.param({"a": (1, 1, 1), "b": (2, 1, 1)}, 1, id="a new page"),
        pytest.param({}, 0, id="a page less"),
    ],
)
def test_pages_written_are_seen_in_the_files(after: tree.Marks, expected: int) -> None:
    assert tree.rewritten({"a": (1, 1, 1)}, after) == expected


def test_two_generators_in_turn_with_real_builds(sites: list[Site]) -> None:
    told: list[str] = []
    figures = rounds.measure(sites, rounds=1, within_s=0, tell=told.append)
    assert set(figures["pelican"]) == {"cold", "new", "live"}
    assert set(figures["pelican-cache"]) == {*CHANGES, "live"}
    for changes in figures.values():
        assert changes["cold"].rewritten == changes["cold"].pages > 12
        assert changes["live"].seconds > changes["new"].seconds
        assert changes["new"].peak_bytes > 10 * MIB
    assert figures["pelican"]["cold"].pages == figures["pelican-cache"]["cold"].pages
    assert (sites[0].public / "current" / "artikel" / "berita-00012" / "index.html").is_file()
    assert not sites[0].peer.file(sites[0].root, essay(12, 12)).exists()
    assert len(told) == 9


def test_unequal_sites_are_refused(sites: list[Site]) -> None:
    one = Built(run=Run(seconds=1.0, peak_bytes=1), pages=20, rewritten=20)
    seen = {("pelican", "cold"): [one], ("pelican-cache", "cold"): [replace(one, pages=21)]}
    with pytest.raises(rounds.Unequal, match="21"):
        rounds.refuse_unequal(sites, seen)


def test_saving_is_measured_with_the_real_server(sites: list[Site]) -> None:
    file = sites[0].peer.file(sites[0].root, essay(4, 12))
    before = file.read_text()
    assert saving.seconds(sites[0]) > 0
    assert file.read_text() == before


def numbers(**changes: Mapping[str, Figure]) -> kept.Kept:
    made = kept.Kept()
    made.add(1_000, {name: dict(figures) for name, figures in changes.items()}, "2026-11-24")
    return made


def test_the_table_has_a_row_a_generator_and_the_ratio_that_is_asked_for() -> None:
    hugo = {"cold": FIGURE, "new": FIGURE}
    ours = {"cold": FIGURE, "new": replace(FIGURE, seconds=0.25)}
    text = table.document(numbers(hugo=hugo, incremental=ours))
    assert "| Hugo 0.168 | 2.00 s | – | 2.00 s | – | – | – | 20 | 3 | 100 MiB |" in text
    assert "| plain theme: one new, by Hugo's full rebuild | 0.125 (1/8.0) | ≤ 0.143 |" in text
    assert "stock Pelican" not in text


def test_a_first_build_is_told_apart() -> None:
    text = table.document(numbers(office={"first": replace(FIGURE, seconds=9.0)}))
    assert "| Siar, everything on | – | – | – | – | – | – | – | – | 100 MiB |" in text
    assert (
        "Siar, everything on, a cold build that draws all cards and pictures, too: 9.0 s." in text
    )


def test_the_curve_is_a_picture_with_words() -> None:
    made = numbers(hugo={"new": FIGURE}, pelican={"new": replace(FIGURE, seconds=60.0)})
    made.add(10_000, {"hugo": {"new": replace(FIGURE, seconds=9.0)}}, "2026-11-24")
    drawn = ET.fromstring(curve.draw(curve.lines_of(made)))  # noqa: S314 -- our own
    described = drawn.find("{http://www.w3.org/2000/svg}desc")
    assert described is not None
    assert (
        described.text == "Pelican: 60.0 s at 1,000; Hugo 0.168: 2.0 s at 1,000, 9.0 s at 10,000."
    )
    circles = drawn.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 3


def test_what_is_kept_is_read_back_and_written_in_its_place(tmp_path: Path) -> None:
    made = numbers(hugo={"cold": FIGURE, "new": FIGURE})
    text = tmp_path / command.TEXT
    text.write_text(f"before\n{command.BEGIN}\nusang\n{command.END}\nafter\n")
    for _ in range(2):
        command.keep(made, tmp_path)
    assert kept.read(tmp_path / command.NUMBERS) == made
    assert text.read_text().count("| Hugo 0.168 |") == 1
    assert text.read_text().startswith("before\n")
    assert text.read_text().endswith("after\n")
    assert "usang" not in text.read_text()
    assert (tmp_path / command.PICTURE).is_file()


def test_the_documents_have_a_place_for_the_table() -> None:
    text = (Path(__file__).parents[2] / "docs" / command.TEXT).read_text("utf-8")
    assert text.index(command.BEGIN) < text.index(command.END)
