"""Missing IDs are added, and not one other byte changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from syndication.content import frontmatter
from syndication.content.check import check
from syndication.content.document import Source, Terms
from syndication.content.fix import add_id, missing_ids

ADDED = [
    pytest.param("Title: a\nDate: b\n\nisi", "Title: a\nDate: b\nID: N\n\nisi", id="open head"),
    pytest.param("---\nTitle: a\n---\nisi", "---\nTitle: a\nID: N\n---\nisi", id="fenced head"),
    pytest.param("Title: a\r\n\r\nisi\r\n", "Title: a\r\nID: N\r\n\r\nisi\r\n", id="Windows"),
    pytest.param("Title: a\r\risi", "Title: a\rID: N\r\risi", id="old Macintosh"),
    pytest.param("\ufeffTitle: a\n\nisi", "\ufeffTitle: a\nID: N\n\nisi", id="a byte-order mark"),
    pytest.param("Title: a\n    b\n\nisi", "Title: a\n    b\nID: N\n\nisi", id="a value goes on"),
    pytest.param("Title: a\nID:\nDate: b\n", "Title: a\nID: N\nDate: b\n", id="a blank ID"),
    pytest.param("Title: a\nid:  \n\nisi", "Title: a\nid: N\n\nisi", id="a blank ID and spaces"),
    pytest.param("Title: a", "Title: a\nID: N", id="no line end at all"),
    pytest.param(
        "Title: a\x0bb\u2028c\n\nisi", "Title: a\x0bb\u2028c\nID: N\n\nisi", id="odd breaks"
    ),
]


@pytest.mark.parametrize(("before", "after"), ADDED)
def test_adds_an_id(before: str, after: str) -> None:
    assert add_id(before, "N") == after


LINES = st.sampled_from(["Title: a", "---", "    b", "\tb", "Tags: x", "", "isi", "ID:", "Id: "])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.lists(st.builds("{}{}".format, LINES, ENDS)).map("".join))
def test_changes_nothing_else(text: str) -> None:
    before = frontmatter.read(text)
    assume(before.fields and not any(value.text for value in before.fields.get("id", ())))
    after = frontmatter.read(add_id(text, "N"))
    assert after.first("id") == "N"
    assert (after.body, after.end) == (before.body, before.end)
    others = {key for key in before.fields if key != "id"}
    assert {key: [value.text for value in after.fields[key]] for key in others} == {
        key: [value.text for value in before.fields[key]] for key in others
    }


def article(title: str, *more: str) -> str:
    return "\n".join((f"Title: {title}", "Date: 2026-02-28", *more, "", "Isi.", ""))


GIVEN = [
    pytest.param({"a.md": article("Lelang")}, {"a.md": "20260228-0"}, id="by the article's day"),
    pytest.param({"a.md": article("Lelang", "ID: aaa")}, {}, id="it has one"),
    pytest.param(
        {"a.md": article("Lelang"), "b.md": article("Gadai")},
        {"a.md": "20260228-0", "b.md": "20260228-1"},
        id="one each",
    ),
    pytest.param(
        {"a.md": article("Auction", "Lang: en", "Slug: lelang"), "b.md": article("Lelang")},
        {"a.md": "20260228-0", "b.md": "20260228-0"},
        id="a translation shares it",
    ),
    pytest.param(
        {
            "a.md": article("Auction", "Lang: en", "Slug: lelang"),
            "b.md": article("Lelang", "ID: lama"),
        },
        {"a.md": "lama"},
        id="a translation takes its original's",
    ),
    pytest.param(
        {"a.md": article("Lelang"), "b.md": article("Lelang")},
        {"a.md": "20260228-0", "b.md": "20260228-1"},
        id="one slug by mistake: an ID each",
    ),
    pytest.param(
        {"a.md": article("Lelang"), "b.md": article("Gadai", "ID: 20260228-0")},
        {"a.md": "20260228-1"},
        id="an ID that is taken is not given",
    ),
    pytest.param({"a.md": "Title: Lelang\n\nIsi.\n"}, {}, id="no date yet"),
    pytest.param(
        {"a.md": article("Lelang") + "\xff", "b.md": "Isi"}, {"a.md": "20260228-0"}, id="no head"
    ),
    pytest.param(
        {"a.md": "Title: A\nDate: 2026-02-28\n# x\nTags: y\n\nIsi."}, {}, id="a broken head"
    ),
    pytest.param({"a.md": article("Lelang", "Status: skip")}, {}, id="a file that Pelican skips"),
]


@pytest.mark.parametrize(("files", "given_ids"), GIVEN)
def test_gives_ids(terms: Terms, files: Mapping[str, str], given_ids: Mapping[str, str]) -> None:
    sources = [Source(name, text.encode()) for name, text in files.items()]
    numbers = iter(range(9))
    mended = missing_ids(sources, terms, lambda day: f"{day:%Y%m%d}-{next(numbers)}")
    ids = {name: frontmatter.read(data.decode()).first("id") for name, data in mended.items()}
    assert ids == given_ids


def test_what_was_mended_is_no_longer_missed(terms: Terms) -> None:
    sources = [
        Source("a.md", article("Auction", "Lang: en", "Slug: lelang").encode()),
        Source("b.md", article("Lelang").encode()),
        Source("c.md", b"\xff"),
        Source("d.md", b"Title: Prasyarat\n\nIsi.\n", page=True),
    ]
    mended = missing_ids(sources, terms, lambda day: f"{day:%Y%m%d}-0")
    after = [replace(each, data=mended.get(each.file, each.data)) for each in sources]
    assert [problem.file for problem in check(after, terms)] == ["c.md"]
    assert missing_ids(after, terms, lambda _: "x") == {}


def test_the_day_is_the_sites(terms: Terms) -> None:
    text = "Title: a\nDate: 2026-02-28 20:00 +00:00\n\nIsi.\n"
    mended = missing_ids([Source("a.md", text.encode())], terms, date.isoformat)
    assert b"ID: 2026-03-01\n" in mended["a.md"]
