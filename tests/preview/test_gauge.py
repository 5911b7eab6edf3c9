"""The bar says what the platform counts and judges by what it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from syndication.compose.rules import packaged
from syndication.preview.gauge import UNITS, Fill, gauge
from tests.preview.samples import article, channel, drafted


@pytest.mark.parametrize(
    ("platform", "text", "count", "fill"),
    [
        pytest.param("x", "a" * 280, 280, Fill.FITS, id="X, full"),
        pytest.param("x", "a" * 281, 281, Fill.OVER, id="X, one too many"),
        pytest.param("x", "https://kantor.example.go.id/a/b/c/d", 23, Fill.FITS, id="X, a link"),
        pytest.param("facebook", "a" * 470, 470, Fill.FITS, id="Facebook, comfortable"),
        pytest.param("facebook", "a" * 471, 471, Fill.LONG, id="Facebook, long but taken"),
        pytest.param("bluesky", "👩‍👩‍👧‍👦", 1, Fill.FITS, id="Bluesky, one family"),
        pytest.param("bluesky", "👩‍👩‍👧‍👦" * 121, 121, Fill.OVER, id="Bluesky, too many bytes"),
    ],
)
def test_measures(platform: str, text: str, count: int, fill: Fill) -> None:
    post = drafted(article(), channel(platform), text=text).post
    assert post
    measured = gauge(post, packaged(platform))
    assert (measured.count, measured.fill) == (count, fill)


@pytest.mark.parametrize(
    ("pictured", "limit"),
    [pytest.param(True, 1024, id="a caption"), pytest.param(False, 4096, id="a message")],
)
def test_a_text_below_a_picture_has_the_captions_limit(*, pictured: bool, limit: int) -> None:
    post = drafted(article(), channel("telegram")).post
    assert post
    shown = post if pictured else replace(post, picture=None)
    assert gauge(shown, packaged("telegram")).limit == limit


@pytest.mark.parametrize("platform", ["x", "facebook", "threads", "bluesky", "telegram", "local"])
def test_every_unit_has_words(platform: str) -> None:
    assert packaged(platform).unit in UNITS
