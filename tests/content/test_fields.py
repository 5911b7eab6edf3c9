"""The list of names: complete, unambiguous, and its own examples pass the check."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from syndication.content import fields, frontmatter, kinds

Say = Callable[..., list[str]]


def test_each_field_says_only_what_the_list_knows() -> None:
    for field in fields.known().values():
        assert field.required in {"always", "articles", "new", "no"}
        assert field.lines in {"one", "text", "each"}
        assert field.blank in {"always", "new"}
        assert field.kind in kinds.KINDS
        assert field.about.endswith(".")


def test_each_kind_is_used() -> None:
    assert {field.kind for field in fields.known().values()} == set(kinds.KINDS)


def test_no_name_is_mistaken_for_two() -> None:
    names = [fields.plain(name) for name in fields.known()]
    names += [fields.plain(wrong) for each in fields.known().values() for wrong in each.mistaken]
    assert len(names) == len(set(names))


def test_all_examples_together_pass(say: Say) -> None:
    head = {
        name: field.example for name, field in fields.known().items() if field.name != "Authors"
    }
    head["Pos_x-en"] = head.pop("Pos_<saluran>")
    head |= {"Lang": "en", "Translation": "false", "Status": "published"}
    text = "\n".join(f"{name}: {value}" for name, value in head.items())
    assert set(frontmatter.read(text).fields) == {name.lower() for name in head}
    assert say(f"{text}\n\nIsi.\n", media=frozenset({"content/images/lelang-perdana.jpg"})) == []


MEANT = [
    pytest.param("judul", "Title", id="Indonesian"),
    pytest.param("GAMBAR-ALT", "Gambar_alt", id="other case and hyphen"),
    pytest.param("Titel", "Title", id="misspelt"),
    pytest.param("Ringkassan", "Summary", id="Indonesian, misspelt"),
    pytest.param("Kata kunci", "Tags", id="two words"),
    pytest.param("Nomor_surat", "", id="something else"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_suggests_what_was_meant(typed: str, meant: str) -> None:
    assert fields.suggest(typed) == meant
