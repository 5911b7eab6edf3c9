"""An address made from a title is the one that Pelican makes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify as pelican_slugify

from syndication.content.slug import slugify

TITLES = [
    pytest.param("Lelang Perdana 2026: Laku!", "lelang-perdana-2026-laku", id="punctuation"),
    pytest.param("  Aset – Negara  ", "aset-negara", id="a dash between words"),
    pytest.param("Café di Jl. Pahlawan No. 3", "cafe-di-jl-pahlawan-no-3", id="an accent"),
    pytest.param("Uang & <em>Jaminan</em>", "uang-jaminan", id="tags and entities"),
    pytest.param("ꦗꦮ", "", id="letters that have no Latin form"),
    pytest.param("?!", "", id="nothing to make it of"),
]


@pytest.mark.parametrize(("title", "slug"), TITLES)
def test_makes_an_address(title: str, slug: str) -> None:
    assert slugify(title) == slug


@given(st.one_of(st.text(), st.text(alphabet="aB é–-_ \t&<>;:1ﬁ"), st.from_regex(r"(&\w+; ?)+")))
def test_same_as_pelican(title: str) -> None:
    rules = DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]
    assert slugify(title) == pelican_slugify(title, regex_subs=rules)
