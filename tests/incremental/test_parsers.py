"""A Markdown parser that read other files reads a file as a new one would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pelican.readers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Extension, Markdown
from markdown.extensions.toc import TocExtension

import kantor.body
import pelicanconf
from incremental import parsers
from incremental.trust import Trust
from kantor import phrases

CONTENT = Path(__file__).parents[2] / "content"
EXTRA = {
    "extensions": [
        *("markdown.extensions.extra", "markdown.extensions.meta", "markdown.extensions.toc"),
        *("markdown.extensions.admonition", "markdown.extensions.codehilite"),
        *("markdown.extensions.sane_lists", "markdown.extensions.smarty"),
        *("markdown.extensions.wikilinks", "markdown.extensions.nl2br"),
    ]
}
LINES = st.sampled_from(
    [
        *(
            "Title: x",
            "# Head",
            "# Head",
            "## Head {#own}",
            "[TOC]",
            "",
            "",
            "Text[^1].",
            "[^1]: Note",
        ),
        *("*[HTML]: Hyper", "HTML", "[a]: /a 'b'", "[a] and [b][a]", "[[Wiki]]", "    code", "```"),
        *("<div markdown=1>", "*x*", "</div>", "!!! note", "    in it", "a | b", "--|--", "1 | 2"),
        *("* item", "1. one", "Term", ":   is", '![p](p.png "t")', "<b>&amp;", "\\*", '&copy; "q"'),
    ]
)


def _office() -> dict[str, Any]:
    spoken = phrases.load(str(CONTENT.parent / "theme"))
    body = kantor.body.BodyExtension(spoken, "id")
    return pelicanconf.MARKDOWN | {"extensions": [*pelicanconf.MARKDOWN["extensions"], body]}


@pytest.fixture
def shared() -> Iterator[None]:
    parsers.share(Trust(("kantor",)))
    yield
    parsers.restore()


def _read(said: dict[str, Any], text: str) -> tuple[object, ...]:
    with parsers.reading():
        parser = pelican.readers.Markdown(**said)
        found = (parser.convert(text), *_rest(parser))
        if "meta" in parser.preprocessors:  # so does Pelican, for fields that are Markdown
            parser.preprocessors.deregister("meta")
        return found


def _rest(parser: Markdown) -> tuple[object, ...]:
    return tuple(
        getattr(parser, name, None) for name in ("Meta", "toc", "toc_tokens", "references")
    )


def _read_anew(said: dict[str, Any], text: str) -> tuple[object, ...]:
    parser = Markdown(**said)
    return (parser.convert(text), *_rest(parser))


@pytest.mark.usefixtures("shared")
def test_the_offices_texts() -> None:
    said = _office()
    for file in sorted(CONTENT.rglob("*.md")):
        text = file.read_text("utf-8")
        assert _read(said, text) == _read_anew(said, text), file


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.lists(LINES, max_size=14), min_size=2, max_size=3))
def test_any_texts(texts: list[list[str]]) -> None:
    parsers.share(Trust(()))
    try:
        for lines in texts:
            text = "\n".join(lines)
            assert _read(EXTRA, text) == _read_anew(EXTRA, text)
    finally:
        parsers.restore()


class Foreign(Extension):
    """Of a module that nobody trusts."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Say that it is there."""
        md.registerExtension(self)

    def reset(self) -> None:
        """Forget nothing."""


UNIQUE = {"markdown.extensions.footnotes": {"UNIQUE_IDS": True}}


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(
    ("said", "again"),
    [
        (EXTRA, True),
        ({"extensions": [Foreign()]}, False),
        ({"extensions": list(UNIQUE), "extension_configs": UNIQUE}, False),
    ],
    ids=["its own", "another's extension", "footnotes that count documents"],
)
def test_is_used_again_where_nothing_is_remembered(said: dict[str, Any], *, again: bool) -> None:
    found = []
    for _ in range(2):
        with parsers.reading():
            found.append(pelican.readers.Markdown(**said))
    assert (found[0] is found[1]) is again


@pytest.mark.usefixtures("shared")
def test_an_extension_is_no_other_parsers_meanwhile() -> None:
    said: dict[str, Any] = {"extensions": [TocExtension(marker="")]}
    with parsers.reading():
        first = pelican.readers.Markdown(**said)
    Markdown(**said)
    with parsers.reading():
        assert pelican.readers.Markdown(**said) is not first


@pytest.mark.usefixtures("shared")
def test_a_file_read_within_another_has_its_own() -> None:
    with parsers.reading():
        assert pelican.readers.Markdown(**EXTRA) is not pelican.readers.Markdown(**EXTRA)


@pytest.mark.usefixtures("shared")
def test_is_not_used_again_after_a_failure() -> None:
    def fail() -> object:
        with parsers.reading():
            first.append(pelican.readers.Markdown(**EXTRA))
            raise ValueError("as it was read")

    first: list[object] = []
    with pytest.raises(ValueError, match="as it was read"):
        fail()
    with parsers.reading():
        assert pelican.readers.Markdown(**EXTRA) is not first[0]
