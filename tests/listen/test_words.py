from __future__ import annotations

from datetime import UTC, datetime

import pytest

from syndication.listen.words import harmless, on_one_line, storable
from syndication.model import Response

AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Kapan?\nDi mana?", "Kapan?\nDi mana?", id="lines stay"),
        pytest.param("a\r\nb\rc", "a\nb\nc", id="other line ends are lines"),
        pytest.param("\x1b[31mmerah\x1b[0m", "[31mmerah [0m", id="colours"),
        pytest.param("\x1b]52;c;cm0=\x07x", "]52;c;cm0= x", id="the clipboard"),
        pytest.param("\x9b2Jkosong", "2Jkosong", id="C1 control"),
        pytest.param("a\x08\x08b", "a  b", id="backspaces"),
        pytest.param("harga \u202e000.001", "harga  000.001", id="bidi override"),
        pytest.param("\u2066a\u2069 \u200bb", "a   b", id="isolates and zero width"),
        pytest.param("baris\u2028lain", "baris lain", id="line separator"),
        pytest.param("👩\u200d⚖️ bagus", "👩\u200d⚖️ bagus", id="joined emoji"),
        pytest.param(
            "\u0645\u0631\u062d\u0628\u0627", "\u0645\u0631\u062d\u0628\u0627", id="Arabic"
        ),
        pytest.param("\ud83d rusak", "rusak", id="half a surrogate"),
    ],
)
def test_what_acts_on_a_terminal_is_gone_and_the_words_stay(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_name_stays_on_its_line() -> None:
    assert on_one_line("Budi\n99. Kantor\x1b[2K") == "Budi 99. Kantor [2K"


def test_every_database_takes_what_strangers_write() -> None:
    odd = Response("i\x00d", "p", "javascript:alert(1)", "e\u0301", "a\x00\ud800b", AT, "p\ud800")
    kept = storable(odd)
    assert (kept.id, kept.url, kept.author, kept.text) == ("id", "", "é", "a?b")
    assert kept.parent == "p?"
    assert storable(kept) == kept
