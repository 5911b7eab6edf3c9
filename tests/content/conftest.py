"""What every test of the writers' files needs: a site's terms, and a file checked on its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from syndication.content.check import check
from syndication.content.document import Source, Terms

TERMS = Terms(
    channels={"x": "id", "facebook": "id", "x-en": "en"},
    languages=frozenset({"id", "en"}),
    default_lang="id",
    zone=ZoneInfo("Asia/Jakarta"),
    now=datetime(2026, 11, 24, 3, tzinfo=UTC),
    media=frozenset({"content/images/lelang.jpg", "content/artikel/denah.png"}),
    written=frozenset({"content/artikel/a.md", "content/halaman/hubungi kami.md"}),
)

Say = Callable[..., list[str]]


@pytest.fixture
def terms() -> Terms:
    return TERMS


@pytest.fixture
def say() -> Say:
    """Check one article and return its problems as people read them, marked E or W."""

    def checked(text: str | bytes, *, page: bool = False, **changes: Any) -> list[str]:  # noqa: ANN401
        data = text.encode() if isinstance(text, str) else text
        source = Source("content/artikel/a.md", data, page=page)
        problems = check([source], replace(TERMS, **changes))
        named = (replace(each, file="a.md") for each in problems)
        return [f"{each.severity[0].upper()} {each}" for each in named]

    return checked
