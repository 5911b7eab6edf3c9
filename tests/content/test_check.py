"""All files at once: what weighs how much where, in order, and fast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndication.content import folder
from syndication.content.check import check
from syndication.content.document import Source, Terms
from syndication.model import Severity

Say = Callable[..., list[str]]

ROOT = Path(__file__).parents[2]
ANYWHERE = Terms(
    channels={"x": "id"},
    languages=frozenset({"id", "en"}),
    default_lang="id",
    zone=ZoneInfo("Asia/Jakarta"),
    now=datetime(2026, 11, 24, tzinfo=UTC),
)

WEIGHTS = [
    pytest.param("2026-02-28", None, "", "E", id="no beginning: everything counts"),
    pytest.param("2026-02-28", date(2026, 2, 28), "", "E", id="on the first day"),
    pytest.param("2026-02-28", date(2026, 3, 1), "", "W", id="older"),
    pytest.param("2026-02-28 23:00 +00:00", date(2026, 3, 1), "", "E", id="the day is the site's"),
    pytest.param("2026-02-28", None, "Status: draft\n", "W", id="a draft"),
    pytest.param("kapan-kapan", date(2026, 3, 1), "", "E", id="no date to go by"),
]


@pytest.mark.parametrize(("dated", "since", "more", "weight"), WEIGHTS)
def test_a_missing_id_weighs_by_date(
    say: Say, dated: str, since: date | None, more: str, weight: str
) -> None:
    said = say(f"Title: Lelang\nDate: {dated}\n{more}\nIsi.\n", since=since)
    assert (
        f"{weight} a.md:1: ID belum ada. Jalankan `siar check --fix`; nomornya dibuatkan." in said
    )


@pytest.mark.parametrize("name", ["Title", "Date"])
def test_title_and_date_are_asked_of_old_articles_and_drafts(say: Say, name: str) -> None:
    head = {"Title": "Lelang", "Date": "2010-01-01", "ID": "abc", "Status": "draft"}
    del head[name]
    text = "\n".join(f"{key}: {value}" for key, value in head.items())
    (said,) = say(f"{text}\n\nIsi.\n", since=date(2026, 1, 1))
    assert said.startswith(f"E a.md:1: {name} belum ada.")


def test_a_page_needs_neither_date_nor_id(say: Say) -> None:
    assert say("Title: Prasyarat\n\nIsi.\n", page=True) == []


def test_a_page_with_a_template_of_its_own_needs_no_text(say: Say) -> None:
    assert say("Title: Prasyarat\nTemplate: terms\n", page=True) == []


def test_every_problem_of_every_file_in_order() -> None:
    files = {
        "b.md": b"Title: B\nDate: kemarin\nTayang: besok\n\nIsi.\n",
        "c.md": b"\xff",
        "a.md": b"Title: A\nDate: 2026-02-28\nID: aaa\nLang: jv\n\n![](/a.png)\n",
    }
    problems = check([Source(name, data) for name, data in files.items()], ANYWHERE)
    places = [(problem.file, problem.line) for problem in problems]
    assert places == [("a.md", 4), ("a.md", 6), ("b.md", 1), ("b.md", 2), ("b.md", 3), ("c.md", 1)]


@given(st.lists(st.binary() | st.text().map(str.encode), max_size=4))
def test_any_bytes_get_an_answer(contents: list[bytes]) -> None:
    sources = [Source(f"{number}.md", data) for number, data in enumerate(contents)]
    named = {problem.file for problem in check(sources, ANYWHERE)}
    assert named == {source.file for source in sources}


def test_ten_thousand_files_in_seconds() -> None:
    body = "Kantor Pelayanan Kekayaan Negara dan Lelang melayani masyarakat.\n\n" * 60
    first = date(2000, 1, 1)

    def source(number: int) -> Source:
        day = first + timedelta(days=number % 9000)
        head = (
            f"Title: Lelang ke-{number}\nDate: {day} 09:00\nID: {day:%Y%m%d}-{number}\nTags: a, b"
        )
        return Source(f"content/artikel/{number}.md", f"---\n{head}\n---\n\n{body}".encode())

    sources = [source(number) for number in range(10_000)]
    begin = process_time()
    assert check(sources, ANYWHERE) == []
    # 1.1 s of one core's time (2026-11-24); the bound leaves room for a slower machine.
    assert process_time() - begin < 6


SLOW = [
    *("![", "![]", "![[a]", "![\\", "![a](", "![a](<", "![a][", "![a]( "),
    *("<img ", "<img alt='", "<!-- ", "`a", "` ``", "~~~a\n", "```\n"),
    *("({filename}", "[a]: {static}", "a: b\n", "    ", "\t", "--- "),
]


@pytest.mark.parametrize("piece", SLOW)
def test_no_text_makes_it_slow(piece: str) -> None:
    head = "Title: Lelang\nDate: 2026-02-28\nID: 20260228-7k3q\n"
    sources = [
        Source(str(blank), (head + "\n" * blank + piece * 10_000).encode()) for blank in (0, 1)
    ]
    begin = process_time()
    check(sources, ANYWHERE)
    assert process_time() - begin < 6


def test_this_site_has_no_errors(terms: Terms) -> None:
    found = folder.look(ROOT, ROOT / "content", articles=["artikel"], pages=["halaman"])
    assert found.articles
    problems = check(
        found.sources(), replace(terms, media=found.media, written=found.articles | found.pages)
    )
    assert [str(each) for each in problems if each.severity is Severity.ERROR] == []
