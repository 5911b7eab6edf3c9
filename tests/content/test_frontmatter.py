"""A head is read exactly as Python-Markdown's `meta` extension reads it, with its lines."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from syndication.content.frontmatter import End, Value, read

MARKDOWN = Markdown(extensions=["meta"])

NAMES = st.sampled_from(
    ["Title", "DATE", "tags", "Pos_x-en", "Gambar alt", "Judul", "---", "", "é"]
)
COLONS = st.sampled_from([":", ": ", ":\t", " : ", "：", ":  ", ""])  # noqa: RUF001
FIELDS = st.builds("{}{}{}".format, NAMES, COLONS, st.text(max_size=12))
INDENTS = st.sampled_from(["", " ", "   ", "    ", "\t", " \t", "     "])
ODD = st.sampled_from(
    ["", "  ", "---", "----", "--- x", "...", "...x", "....", "-- -", "# kepala", "\x02", "\x0b"]
)
LINES = st.builds("{}{}".format, INDENTS, st.one_of(FIELDS, ODD))
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\n\n"])
FILES = st.lists(st.builds("{}{}".format, LINES, ENDS), max_size=12).map("".join)


@given(FILES)
@example("Title: a\n\tDate: b\n\nisi")
@example("---\nTitle: a\n...\nDate: b")
@example("---: a\nTitle: b")
@example("Title: a\x0bb\nDate: c")
def test_same_keys_and_values_as_the_extension(text: str) -> None:
    MARKDOWN.reset()
    MARKDOWN.convert(text)
    ours = {key: [value.text for value in values] for key, values in read(text).fields.items()}
    assert ours == MARKDOWN.Meta  # type: ignore[attr-defined]


@given(FILES)
def test_every_field_names_its_own_line(text: str) -> None:
    front = read(text)
    lines = (front.head + front.body).split("\n")
    for values in front.fields.values():
        assert all(value.text in lines[value.line - 1] for value in values)


@given(FILES)
def test_body_begins_at_its_line(text: str) -> None:
    front = read(text)
    lines = (front.head + front.body).split("\n")
    assert front.body == "\n".join(lines[front.body_line - 1 :])


READ = [
    pytest.param(
        "---\nTitle: a\nSumber: b\nSumber: c\n---\nisi",
        {
            "title": [Value("Title", "a", 2)],
            "sumber": [Value("Sumber", "b", 3), Value("Sumber", "c", 4)],
        },
        (End.FENCE, "isi", 6),
        id="fenced, one name repeated",
    ),
    pytest.param(
        "SUMMARY: a\n    b\n\nisi",
        {"summary": [Value("SUMMARY", "a", 1), Value("SUMMARY", "b", 2, continues=True)]},
        (End.BLANK, "isi", 4),
        id="unfenced, a value that goes on",
    ),
    pytest.param(
        "Title: a\r\nDate: b\r\n\r\nisi\r\n",
        {"title": [Value("Title", "a", 1)], "date": [Value("Date", "b", 2)]},
        (End.BLANK, "isi\n", 4),
        id="Windows line ends",
    ),
    pytest.param(
        "Title: a\nisi", {"title": [Value("Title", "a", 1)]}, (End.STRAY, "isi", 2), id="stray"
    ),
    pytest.param(
        "Title: a", {"title": [Value("Title", "a", 1)]}, (End.FILE, "", 1), id="nothing more"
    ),
    pytest.param("", {}, (End.FILE, "", 1), id="empty"),
]


@pytest.mark.parametrize(("text", "fields", "rest"), READ)
def test_lines_and_body(
    text: str, fields: dict[str, list[Value]], rest: tuple[End, str, int]
) -> None:
    front = read(text)
    assert dict(front.fields) == fields
    assert (front.end, front.body, front.body_line) == rest
