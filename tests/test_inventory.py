"""What is read from front matter alone is what Pelican makes of it."""

from __future__ import annotations

import pytest

from syndication import clock
from syndication.config import from_settings, read_file
from syndication.inventory import by_address, published
from tests.project import Project

PATTERNS = {
    "of this site": {},
    "Pelican's own": {
        "ARTICLE_URL": "{slug}.html",
        "ARTICLE_SAVE_AS": "{slug}.html",
        "ARTICLE_LANG_URL": "{slug}-{lang}.html",
        "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
    },
    "with the day": {
        "ARTICLE_URL": "{date:%Y}/{date:%m}/{slug}/",
        "ARTICLE_SAVE_AS": "{date:%Y}/{date:%m}/{slug}/index.html",
        "ARTICLE_LANG_URL": "{lang}/{date:%Y}/{slug}/",
        "ARTICLE_LANG_SAVE_AS": "{lang}/{date:%Y}/{slug}/index.html",
    },
}


@pytest.mark.parametrize("patterns", PATTERNS.values(), ids=PATTERNS)
def test_addresses_are_those_that_pelican_makes(
    project: Project, patterns: dict[str, object]
) -> None:
    project.configure(**patterns)
    project.article("mobil", Slug="", Title="Lelang: Mobil & Motor – Édisi 2")
    project.article("kapal", Date="2026-11-01", Lama="/2019/kapal.html")
    project.article("kapal", Lang="en", Translation="true")
    done = project.build()
    assert done.returncode == 0, done.stderr
    config = from_settings(read_file(project.root / "publishconf.py"))
    queued = {entry.url for entry in project.entries()}
    assert len(queued) == 3
    assert {each.url for each in published(config, clock.now())} == queued
    old = f"{config.siteurl}/2019/kapal.html"
    assert set(by_address(config, clock.now())) == {*queued, old}


def test_an_address_that_needs_more_is_left_empty(project: Project) -> None:
    project.configure(ARTICLE_URL="{category}/{slug}/")
    project.article("mobil")
    config = from_settings(read_file(project.root / "publishconf.py"))
    assert [each.url for each in published(config, clock.now())] == [""]
    assert not by_address(config, clock.now())
