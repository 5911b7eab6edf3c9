"""What a server says of its own limits is kept and wins in the builds to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndication import kept
from syndication.compose.rules import for_channel, packaged
from syndication.drafts import draft
from syndication.model import Article, Channel

WIDE = Channel(name="m", platform="mastodon", lang="id", limits={"limit": 1000})
ARTICLE = Article(
    id="1",
    lang="id",
    title="Lelang kendaraan dinas",
    url="https://a.go.id/artikel/lelang/",
    date=datetime(2026, 11, 24, tzinfo=UTC),
    html="<p>Kantor membuka lelang kendaraan dinas.</p>",
    digest="0" * 64,
    own_posts={"m": "Kantor membuka lelang. " * 30},
)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    assert kept.read(tmp_path) == {}
    kept.write(tmp_path, {"m": {"limit": 1000}})
    assert kept.read(tmp_path) == {"m": {"limit": 1000}}


@pytest.mark.parametrize("text", ["", "[1]", '{"m": 3}', '{"m": {"limit": "x"}}'])
def test_a_file_that_is_something_else_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / kept.FILE).write_text(text)
    with pytest.raises(ValueError, match=r"limits\.json"):
        kept.read(tmp_path)


def test_a_servers_own_limit_wins_and_the_rest_stays_the_platforms() -> None:
    assert for_channel(WIDE) == replace(packaged("mastodon"), limit=1000)


@pytest.mark.parametrize(
    ("channel", "fits"),
    [
        pytest.param(WIDE, True, id="the server takes 1,000 characters"),
        pytest.param(replace(WIDE, limits={}), False, id="the platform takes 500"),
    ],
)
def test_posts_are_composed_by_it(channel: Channel, *, fits: bool) -> None:
    assert bool(draft(ARTICLE, channel).payload) is fits
