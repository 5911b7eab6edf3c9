"""Does in one pass what Pelican does by searching a list for each of its items.

The results are those of Pelican, in the same order.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

import pelican.generators
from pelican.contents import Content
from pelican.generators import ArticlesGenerator
from pelican.utils import get_original_items, process_translations

_pelicans_own = process_translations


class Shelf(list[Any]):
    """A list of contents that knows at once whether one is on it: contents are equal to none."""

    @cached_property
    def _ids(self) -> frozenset[int]:
        return frozenset(map(id, self))

    def __contains__(self, item: object) -> bool:
        """Tell whether an item is on it."""
        return id(item) in self._ids


def shelve(generator: ArticlesGenerator) -> None:
    """Let a generator look quickly for the dates of each tag, category and author."""
    for tag, articles in generator.tags.items():
        generator.tags[tag] = Shelf(articles)
    for name in ("categories", "authors"):
        shelves = getattr(generator, name)
        setattr(generator, name, [(label, Shelf(articles)) for label, articles in shelves])


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return a page's variables with lists as Pelican hands them out."""
    return {name: list(each) if type(each) is Shelf else each for name, each in values.items()}


def find_translations(
    contents: list[Content], translation_id: str | Collection[str] | None = None
) -> tuple[list[Content], list[Content]]:
    """Part originals from translations, and tell each of its others, as Pelican does."""
    names = {translation_id} if isinstance(translation_id, str) else translation_id or ()
    if not names or not all(hasattr(each, name) for each in contents for name in names):
        return _pelicans_own(contents, translation_id)  # type: ignore[no-any-return]
    key = attrgetter(*names)
    contents.sort(key=key)
    originals: list[Content] = []
    for values, group in groupby(contents, key):
        items = list(group)
        said = (values,) if len(names) == 1 else values
        told = ", ".join(f' {name} "{value}"' for name, value in zip(names, said, strict=True))
        originals += get_original_items(items, f"with{told}")
        for each in items:
            each.translations = [other for other in items if other is not each]
    found = set(map(id, originals))
    return originals, [each for each in contents if id(each) not in found]


def improve() -> None:
    """Let Pelican use what is here, unless somebody else already gave it something better."""
    if pelican.generators.process_translations is _pelicans_own:
        pelican.generators.process_translations = find_translations


def restore() -> None:
    """Let Pelican use its own again."""
    if pelican.generators.process_translations is find_translations:
        pelican.generators.process_translations = _pelicans_own
