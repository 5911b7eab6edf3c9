"""Numbers the pages of a list from its oldest, so that a new article changes only the first page.

The first page keeps its address and holds the newest: one page full of them, and less than one
more. All others are full and never change: 2 is the oldest, and the highest number follows the
first page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pelican.writers
from pelican.paginator import Page, Paginator

FIRST, OLDEST = 1, 2


class NumberedPage(Page):  # type: ignore[misc]  # Pelican is untyped
    """A page whose number stays; `next` is what is older, as ever."""

    def has_next(self) -> bool:
        """Tell whether there is anything older."""
        if self.number == FIRST:
            return bool(self.paginator.num_pages > 1)
        return bool(self.number > OLDEST)

    def next_page_number(self) -> int:
        """Return the number of the page of what comes before in time."""
        return int(self.paginator.num_pages if self.number == FIRST else self.number - 1)

    def previous_page_number(self) -> int:
        """Return the number of the page of what comes after in time."""
        return int(self.number + 1 if self.number < self.paginator.num_pages else FIRST)

    def start_index(self) -> int:
        """Return the place in the whole list of the first item here."""
        return int(self.paginator.bounds(self.paginator.place_of(self.number))[0] + 1)

    def end_index(self) -> int:
        """Return the place in the whole list of the last item here."""
        return int(self.paginator.bounds(self.paginator.place_of(self.number))[1])


class FromOldest(Paginator):  # type: ignore[misc]  # Pelican is untyped
    """Parts a list, newest first, into pages; `page(1)` is the first and `page(2)` comes next."""

    def _get_num_pages(self) -> int:
        return max(1, int(self.count) // int(self.per_page or 1))

    num_pages = property(_get_num_pages)

    def bounds(self, place: int) -> tuple[int, int]:
        """Return where in the list the page at a place begins and ends."""
        end = self.count - (self.num_pages - place) * self.per_page
        return (0 if place == 1 else end - self.per_page, end)

    def place_of(self, number: int) -> int:
        """Return the place of a page by its number."""
        return 1 if number == FIRST else int(self.num_pages) - number + OLDEST

    def page(self, place: int) -> NumberedPage:
        """Return the page at a place, the newest first."""
        start, end = self.bounds(place)
        number = FIRST if place == 1 else self.num_pages - place + OLDEST
        items = self.object_list[start:end]
        return NumberedPage(self.name, self.url, items, number, self, self.settings)


def use(settings: Mapping[str, Any]) -> None:
    """Let Pelican part lists as the settings want it, with this plugin's writer or its own."""
    wanted = settings.get("INCREMENTAL_PAGES_FROM_OLDEST", False)
    pelican.writers.Paginator = FromOldest if wanted else Paginator
