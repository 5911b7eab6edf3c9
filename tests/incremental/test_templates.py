"""Compiled templates are kept, but none that would come out otherwise when it is compiled again."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, Environment

from incremental import templates
from incremental.trust import Trust


def _env(kept: templates.Kept, source: str, word: str, *, trim: bool = False) -> Environment:
    env = Environment(loader=DictLoader({"x": source}), autoescape=True, trim_blocks=trim)

    def say(_: str) -> str:
        return word

    say.__module__ = "known"
    env.filters["say"] = say
    env.filters["guess"] = lambda _: word
    templates.keep(env, Trust(("known",)), kept)
    return env


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("{{ 'a'|upper }}", 1),
        ("{{ 'a'|say }}", 1),
        ("{{ 'a'|guess }}", 0),
        ("{{ 'a'|random }}", 0),
        ("{{ 1 is eq 1 }}", 1),
    ],
)
def test_keeps(source: str, kept: int) -> None:
    found: templates.Kept = {}
    texts = [_env(found, source, "x").get_template("x").render() for _ in range(2)]
    assert texts[0] == texts[1]
    assert len(found) == kept


def test_is_not_taken_for_another() -> None:
    found: templates.Kept = {}
    source = "a\n{% if true %}\n{{ 'a'|say }}{% endif %}"
    texts = {
        _env(found, source, word, trim=trim).get_template("x").render()
        for word in ("one", "two")
        for trim in (True, False)
    }
    assert texts == {"a\none", "a\n\none", "a\ntwo", "a\n\ntwo"}
