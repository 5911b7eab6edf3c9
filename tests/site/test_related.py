"""Which articles are named as related, and which pages a new article changes by that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from kantor.reading import relate


def _article(name: int, *tags: str, category: str = "Berita", withdrawn: str = "") -> Any:  # noqa: ANN401
    return _Article(name=name, tags=list(tags), category=category, withdrawn=withdrawn)


class _Article(SimpleNamespace):
    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


def _related(articles: list[Any]) -> dict[int, list[int]]:
    relate(articles)
    return {each.name: [other.name for other in each.related] for each in articles}


def test_those_that_share_most_tags_come_first() -> None:
    articles = [
        _article(4, "a", "b", category="x"),
        _article(3, "a", category="y"),
        _article(2, "b", "a", category="z"),
        _article(1, "c", category="v"),
    ]
    assert _related(articles)[4] == [2, 3]
    assert _related(articles)[1] == []


def test_a_withdrawn_one_is_related_to_none() -> None:
    articles = [_article(3, "a"), _article(2, "a", withdrawn="x"), _article(1, "a")]
    assert _related(articles) == {3: [1], 2: [3, 1], 1: [3]}


def test_a_new_article_changes_few_others() -> None:
    old = [_article(number, "a", "b") for number in range(100, 0, -1)]
    before = _related(old)
    after = _related([_article(101, "a", "b"), *old])
    assert sum(after[name] != before[name] for name in before) <= 4
