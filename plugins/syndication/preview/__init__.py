"""Show every post before it goes: a folder of pages that need no network."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

from syndication.drafts import Draft
from syndication.model import Problem
from syndication.office import NO_RULES, Office
from syndication.preview.folder import Folder, ForeignFolder
from syndication.preview.pages import article_page, index_page
from syndication.preview.pictures import Pictures, Site
from syndication.preview.view import Overview, Sheet, sheet

__all__ = ["ForeignFolder", "Site", "write"]

SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


def write(  # noqa: PLR0913 -- what the pages show beside the posts has its names
    drafts: Iterable[Draft],
    folder: Path,
    *,
    built_at: datetime,
    problems: Sequence[Problem] = (),
    site: Site | None = None,
    office: Office = NO_RULES,
) -> int:
    """Write a page for each article and an index; return how many pages changed.

    What did not change is not touched, and pages of articles that are gone are removed.
    `built_at` is aware and shown in its own zone. Pictures are copied from `site`.
    `office` says which posts somebody must approve.

    Raises:
        ForeignFolder: the folder holds files that are not a preview's.
    """
    place = Folder(folder)
    sheets = _sheets(drafts, problems, Pictures(site, place), office)
    known = {each.article.source for each in sheets if each.article.source}
    overview = Overview(
        sheets=sheets,
        elsewhere=[each for each in problems if each.file not in known],
        built_at=built_at,
    )
    changed = sum(place.put(each.path, article_page(each)) for each in sheets)
    changed += place.put("index.html", index_page(overview))
    for name, content in _static():
        place.put(name, content)
    place.close()
    return changed


def _sheets(
    drafts: Iterable[Draft], problems: Sequence[Problem], at: Pictures, office: Office
) -> list[Sheet]:
    grouped: dict[tuple[str, str, str], list[Draft]] = {}
    for draft in drafts:
        article = draft.article
        grouped.setdefault((article.lang, article.id, article.url), []).append(draft)
    pages: dict[str, list[Draft]] = {}
    for (_, name, url), each in grouped.items():
        page = page_of(each[0].article.lang, name)
        pages[page_of(each[0].article.lang, f"{name} {url}") if page in pages else page] = each
    sheets = [sheet(each, page, problems, at, office) for page, each in pages.items()]
    return sorted(sheets, key=lambda each: (each.article.date, each.path), reverse=True)


def page_of(lang: str, name: str) -> str:
    """Name an article's page in the folder, whatever its language and ID are made of."""
    return f"{_safe(lang)}/{_safe(name)}/index.html"


def _safe(name: str) -> str:
    if SAFE.fullmatch(name):
        return name
    start = re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_")[:40]
    return f"{start or 'x'}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _static() -> Iterator[tuple[str, bytes]]:
    for file in resources.files(__package__).joinpath("static").iterdir():
        yield file.name, file.read_bytes()
