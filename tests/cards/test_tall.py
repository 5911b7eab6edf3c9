"""The card that Instagram shows is kept under a name of all that it shows."""

from __future__ import annotations

import pytest

from cards import tall


def card(title: str = "Lelang", **said: str) -> tall.Card:
    shown = {"office": "KPKNL Pekalongan", "day": "Senin, 18 Juli 2022", "host": "kantor.go.id"}
    return tall.Card(title, **(shown | said))


def test_the_same_words_have_the_same_key() -> None:
    assert card().key == card().key


@pytest.mark.parametrize(
    "said", [{"title": "Lain"}, {"office": "Lain"}, {"day": "Lain"}, {"host": "lain.go.id"}]
)
def test_whatever_it_shows_is_in_its_key(said: dict[str, str]) -> None:
    assert card(**said).key != card().key
