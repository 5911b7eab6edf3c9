"""A file that was meant is found by one slip, quickly among very many."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndication.content.nearest import nearest

KNOWN = frozenset({"content/images/lelang.jpg", "content/images/a.jpg", "content/foto/Denah.PNG"})

MEANT = [
    pytest.param("content/images/lelamg.jpg", "content/images/lelang.jpg", id="a wrong letter"),
    pytest.param("content/images/leelang.jpg", "content/images/lelang.jpg", id="one too many"),
    pytest.param("content/images/lelng.jpg", "content/images/lelang.jpg", id="one too few"),
    pytest.param("content/images/lealng.jpg", "content/images/lelang.jpg", id="changed places"),
    pytest.param("content/foto/lelang.jpg", "content/images/lelang.jpg", id="another folder"),
    pytest.param("content/foto/denah.png", "content/foto/Denah.PNG", id="another case"),
    pytest.param("content/images/gadai.jpg", "", id="another name"),
    pytest.param("content/images/b.jpg", "", id="too short to tell"),
]


@pytest.mark.parametrize(("path", "meant"), MEANT)
def test_finds_what_was_meant(path: str, meant: str) -> None:
    assert nearest(path, KNOWN) == meant


@given(st.text(alphabet="abcde", min_size=5), st.data())
def test_any_one_slip_is_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    for slip in (
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at + 1 :],
        name[:at] + letter + name[at:],
    ):
        if len(slip) >= 5:
            assert nearest(slip, frozenset({f"content/{name}"})) == f"content/{name}"


def test_ten_thousand_missing_among_ten_thousand() -> None:
    known = frozenset(f"content/images/gambar-{number:05}.jpg" for number in range(10_000))
    begin = process_time()
    for number in range(10_000):
        assert nearest(f"content/images/gambarr-{number:05}.jpg", known)
    assert process_time() - begin < 6
