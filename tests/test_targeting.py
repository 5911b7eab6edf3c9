"""Categories, tags and language lead an article to its channels."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from syndication.drafts import targets
from syndication.model import Article, Channel
from tests.compose.articles import article

LELANG = article(category="Lelang", tags=("rumah", "Aset Negara"))


def channel(name: str, **options: str) -> Channel:
    return Channel(name, "local", "id", options=MappingProxyType(options))


@pytest.mark.parametrize(
    ("options", "taken"),
    [
        pytest.param({}, True, id="all"),
        pytest.param({"categories": "Lelang, Berita"}, True, id="its category"),
        pytest.param({"categories": "lelang"}, True, id="its category, in lower case"),
        pytest.param({"categories": "Berita"}, False, id="another category"),
        pytest.param({"categories": "-Lelang"}, False, id="all categories but this"),
        pytest.param({"categories": "-Berita"}, True, id="all categories but another"),
        pytest.param({"tags": "aset negara"}, True, id="one of its tags"),
        pytest.param({"tags": "mobil"}, False, id="none of its tags"),
        pytest.param({"tags": "aset negara, -rumah"}, False, id="what is left out wins"),
        pytest.param({"categories": "Lelang", "tags": "mobil"}, False, id="both must take it"),
    ],
)
def test_a_channel_takes_what_its_options_say(options: dict[str, str], *, taken: bool) -> None:
    found = targets(LELANG, {"x": channel("x", **options)})
    assert bool(found) is taken


@pytest.mark.parametrize(
    ("of", "names"),
    [
        pytest.param(LELANG, ["warta", "lelang"], id="by category"),
        pytest.param(replace(LELANG, category="Berita"), ["warta"], id="another category"),
        pytest.param(replace(LELANG, category=""), ["warta"], id="no category"),
        pytest.param(replace(LELANG, lang="en"), ["news"], id="by language"),
        pytest.param(
            replace(LELANG, category="Berita", channels=("lelang",)), ["lelang"],
            id="a writer's word is stronger than the category",
        ),
        pytest.param(replace(LELANG, channels=("-warta",)), ["lelang"], id="less one"),
    ],
)  # fmt: skip
def test_an_article_finds_its_channels(of: Article, names: list[str]) -> None:
    channels = {
        "warta": channel("warta"),
        "lelang": channel("lelang", categories="Lelang"),
        "news": replace(channel("news"), lang="en"),
    }
    assert [each.name for each in targets(of, channels)] == names
