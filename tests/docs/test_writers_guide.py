"""The writers' guide documents every name, and quotes messages that really exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from syndication.content import fields

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "penulis.md").read_text("utf-8")
TABLES = ROOT / "tests" / "content"
ROWS = dict(re.findall(r"^\| `([^`]+)` \| (.+)$", GUIDE, re.MULTILINE))
MESSAGES = [name for name in ROWS if name not in fields.known()]


@pytest.mark.parametrize("name", fields.known())
def test_every_name_is_explained_with_its_example(name: str) -> None:
    assert f"`{fields.known()[name].example}` |" in ROWS[name]


@pytest.mark.parametrize(
    "name", [name for name, each in fields.known().items() if each.required != "no"]
)
def test_what_is_required_stands_under_that_heading(name: str) -> None:
    section = GUIDE.partition("### Yang wajib")[2].partition("###")[0]
    assert f"| `{name}` |" in section


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_one_that_is_said(message: str, said: str) -> None:
    pattern = ".+".join(map(re.escape, message.split("…")))
    assert re.search(pattern, said)


@pytest.mark.parametrize("anchor", re.findall(r"\]\(#([^)]+)\)", GUIDE))
def test_every_link_within_the_guide_arrives(anchor: str) -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.fixture(scope="module")
def said() -> str:
    """All messages that the tests of the room `content` expect, word for word."""
    tables = (TABLES / f"{name}.toml" for name in ("faults", "values", "pictures", "references"))
    lines = [
        line
        for table in tables
        for case in tomllib.loads(table.read_text("utf-8"))["case"]
        for line in case["says"]
    ]
    tests = (path.read_text("utf-8") for path in sorted(TABLES.glob("test_*.py")))
    return "\n".join([*lines, *tests])
