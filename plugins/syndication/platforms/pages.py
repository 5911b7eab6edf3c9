"""Read a list that a platform hands out page by page, and stop where it would never end."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from syndication.platforms.answers import Answer

MOST_PAGES = 1000
"""At a hundred posts a page that is more than any office has published."""


def pages(ask: Callable[[str], Answer], following: Callable[[Answer], str]) -> Iterator[Answer]:
    """Ask for one page after the other; "" asks for the first, and "" follows the last.

    A platform that names a page again that was read already is not followed in a circle.
    """
    seen = {""}
    page = ""
    for _ in range(MOST_PAGES):
        answer = ask(page)
        yield answer
        page = following(answer)
        if page in seen:
            return
        seen.add(page)
