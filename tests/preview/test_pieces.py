"""The text of a post is cut where a reader taps, and nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndication.preview.pieces import Kind, Piece, pieces

LINK = "https://kantor.example.go.id/artikel/lelang/"


@pytest.mark.parametrize(
    ("text", "tapped"),
    [
        pytest.param("Kantor membuka lelang.", [], id="plain"),
        pytest.param(f"Baca {LINK}", [(Kind.LINK, LINK)], id="link at the end"),
        pytest.param(f"Baca {LINK}.", [(Kind.LINK, LINK)], id="full stop after the link"),
        pytest.param(
            "(https://lelang.go.id)", [(Kind.LINK, "https://lelang.go.id")], id="in brackets"
        ),
        pytest.param(
            "#Lelang #AsetNegara",
            [(Kind.HASHTAG, "#Lelang"), (Kind.HASHTAG, "#AsetNegara")],
            id="hashtags",
        ),
        pytest.param("#UU_ITE", [(Kind.HASHTAG, "#UU_ITE")], id="underscore"),
        pytest.param("peringkat #1 dan C#", [], id="a number is no hashtag"),
        pytest.param("a#b", [], id="within a word"),
        pytest.param("#ᬩᬮᬶ", [(Kind.HASHTAG, "#ᬩᬮᬶ")], id="Balinese with its marks"),
    ],
)
def test_marks(text: str, tapped: list[tuple[Kind, str]]) -> None:
    found = [(piece.kind, piece.text) for piece in pieces(text, LINK)]
    assert [each for each in found if each[0] is not Kind.WORDS] == tapped


def test_marks_the_posts_own_link_whole() -> None:
    link = "https://kantor.example.go.id/(a)/x!"
    assert Piece(Kind.LINK, link) in list(pieces(f"Baca {link}", link))


@given(st.text(alphabet=st.sampled_from("ab #/.:\nߪ😀") | st.characters()), st.text(max_size=8))
def test_all_pieces_together_are_the_text(text: str, link: str) -> None:
    assert "".join(piece.text for piece in pieces(text, link)) == text
