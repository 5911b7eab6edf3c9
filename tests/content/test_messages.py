"""What is said of a file, word for word: the tables beside this file can be read by an editor."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

Say = Callable[..., list[str]]

HEAD = "Title: Lelang\nDate: 2026-02-28\nID: 20260228-7k3q\n"


def cases() -> Iterator[ParameterSet]:
    for name in ("faults", "values", "pictures", "references"):
        table = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
        for case in table["case"]:
            head = HEAD if case.get("under_head") else ""
            yield pytest.param(head + case["text"], case["says"], id=f"{name}: {case['id']}")


@pytest.mark.parametrize(("text", "says"), list(cases()))
def test_says_where_what_and_how_to_mend(say: Say, text: str, says: list[str]) -> None:
    assert say(text) == says
