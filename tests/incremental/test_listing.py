"""Pages of lists, numbered from the oldest."""

from __future__ import annotations

import pytest
from pelican.paginator import PaginationRule

from incremental.listing import FromOldest
from tests.incremental.small import Small, article, differing

RULES = {
    "DEFAULT_ORPHANS": 0,
    "PAGINATION_PATTERNS": [
        PaginationRule(1, "{url}", "{save_as}"),
        PaginationRule(2, "{name}{number}.html", "{name}{number}.html"),
    ],
}


def _pages(count: int) -> dict[str, list[int]]:
    """Part a list of `count`, newest first; items are numbered by their age, the oldest is 1."""
    paginator = FromOldest("x.html", "x.html", list(range(count, 0, -1)), RULES, 3)
    pages = [paginator.page(place) for place in range(1, paginator.num_pages + 1)]
    return {page.url: page.object_list for page in pages}


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, {"x.html": []}),
        (2, {"x.html": [2, 1]}),
        (5, {"x.html": [5, 4, 3, 2, 1]}),
        (6, {"x.html": [6, 5, 4], "x2.html": [3, 2, 1]}),
        (8, {"x.html": [8, 7, 6, 5, 4], "x2.html": [3, 2, 1]}),
        (9, {"x.html": [9, 8, 7], "x3.html": [6, 5, 4], "x2.html": [3, 2, 1]}),
    ],
)
def test_parts(count: int, expected: dict[str, list[int]]) -> None:
    assert _pages(count) == expected


def test_leads_from_page_to_page() -> None:
    paginator = FromOldest("x.html", "x.html", list(range(10)), RULES, 3)
    pages = [paginator.page(place) for place in range(1, paginator.num_pages + 1)]
    assert [page.number for page in pages] == [1, 3, 2]
    assert [page.has_next() for page in pages] == [True, True, False]
    assert [page.has_previous() for page in pages] == [False, True, True]
    assert [page.next_page_number() for page in pages[:-1]] == [3, 2]
    assert [page.previous_page_number() for page in pages[1:]] == [1, 3]
    assert [(page.start_index(), page.end_index()) for page in pages] == [(1, 4), (5, 7), (8, 10)]


def test_a_new_article_changes_the_first_page_alone(small: Small) -> None:
    small.settings["INCREMENTAL_PAGES_FROM_OLDEST"] = True
    small.template(
        "index.html", "{% for each in articles_page.object_list %}{{ each.title }}{% endfor %}"
    )
    small.build()
    before = {name: name.stat().st_mtime_ns for name in small.output.glob("index*.html")}
    small.write("new.md", article("New", Date="2026-11-22"))
    small.build()
    renewed = [file.name for file, time in before.items() if file.stat().st_mtime_ns != time]
    assert len(before) > 1
    assert renewed == ["index.html"]
    small.build(off=True)
    assert differing(small.output, small.root / "clean") == []
