"""A writer sees what stops the site last, and an old site's warnings counted."""

from __future__ import annotations

import pytest

from syndication.content.telling import lines, summary
from syndication.model import Problem, Severity

BAD = Problem("b.md", 2, "Date belum ada.", "Tulis.")
POOR = [Problem(f"{name}.md", 1, "ID belum ada.", "Jalankan.", Severity.WARNING) for name in "acde"]

LINES = [
    pytest.param([], [], id="nothing"),
    pytest.param(
        [POOR[0], BAD, *POOR[1:3]],
        [
            "Peringatan: a.md:1: ID belum ada. Jalankan.",
            "Peringatan: c.md:1: ID belum ada. Jalankan.",
            "Peringatan: d.md:1: ID belum ada. Jalankan.",
            "b.md:2: Date belum ada. Tulis.",
        ],
        id="a few: one by one, errors last",
    ),
    pytest.param(
        [POOR[0], BAD, *POOR[1:]],
        [
            "Peringatan di 4 tempat, misalnya a.md:1: ID belum ada. Jalankan.",
            "b.md:2: Date belum ada. Tulis.",
        ],
        id="many: counted",
    ),
    pytest.param(
        [BAD] * 5, ["b.md:2: Date belum ada. Tulis."] * 5, id="errors are never counted up"
    ),
]
SUMMARIES = [
    pytest.param([], "Semua beres: 10.000 berkas diperiksa.", id="nothing"),
    pytest.param([BAD, BAD, *POOR], "2 kesalahan, 4 peringatan di 5 berkas.", id="both"),
    pytest.param(POOR * 250, "0 kesalahan, 1.000 peringatan di 4 berkas.", id="warnings only"),
]


@pytest.mark.parametrize(("problems", "said"), LINES)
def test_lines(problems: list[Problem], said: list[str]) -> None:
    assert list(lines(problems)) == said


@pytest.mark.parametrize(("problems", "said"), SUMMARIES)
def test_summary(problems: list[Problem], said: str) -> None:
    assert summary(problems, 10_000) == said
