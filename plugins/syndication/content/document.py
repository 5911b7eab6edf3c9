"""One file of the writers, read, with what the checks ask of it; and what the site expects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from syndication.content import frontmatter, moments
from syndication.content.findings import Finding, Weight
from syndication.content.frontmatter import FrontMatter
from syndication.content.slug import slugify
from syndication.model import Problem, Severity

UNPUBLISHED = frozenset({"draft", "skip"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies in the folder. `file` is relative to the project root, with slashes.

    `fault` is the system's word on why the file could not be read, and `data` is then empty.
    """

    file: str
    data: bytes
    page: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the site expects of its writers.

    `channels` maps each channel's name to its language. `now` is aware. `written` are the
    articles and pages, `media` all other files, by names relative to the project root, and
    `content` is the folder of both.
    """

    channels: Mapping[str, str]
    languages: frozenset[str]
    default_lang: str
    zone: tzinfo
    now: datetime
    since: date | None = None
    content: str = "content"
    media: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    slugify: Callable[[str], str] = slugify

    def moment(self, text: str) -> datetime | None:
        """Read a date in the site's zone; None where it is none."""
        try:
            return moments.parse(text, self.zone).astimezone(self.zone)
        except (ValueError, OverflowError):
            return None


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read. `dated` is its Date, aware; None where there is none or it is no date."""

    file: str
    page: bool
    front: FrontMatter
    lang: str
    status: str
    dated: datetime | None
    id: str
    slug: str
    slug_line: int

    def without_body(self) -> Document:
        """Return what the comparison of files needs; 10,000 bodies would fill the memory."""
        return replace(self, front=replace(self.front, head="", body=""))

    @property
    def unpublished(self) -> bool:
        """Tell whether readers do not get to see it."""
        return self.status in UNPUBLISHED

    def problem(self, finding: Finding, since: date | None) -> Problem:
        """Say where a finding is and how much it weighs here."""
        severity = self._severity(finding.weight, since)
        return Problem(self.file, finding.line, finding.message, finding.remedy, severity)

    def _severity(self, weight: Weight, since: date | None) -> Severity:
        if weight is Weight.NOTE:
            return Severity.WARNING
        old = since is not None and self.dated is not None and self.dated.date() < since
        if weight is Weight.NEW and (old or self.unpublished):
            return Severity.WARNING
        return Severity.ERROR


def parse(source: Source, text: str, terms: Terms) -> Document:
    """Read a file's text; whatever is wrong with it is left for the checks to find."""
    front = frontmatter.read(text)
    slug = front.first("slug")
    return Document(
        file=source.file,
        page=source.page,
        front=front,
        lang=front.first("lang") or terms.default_lang,
        status=front.first("status") or "published",
        dated=terms.moment(front.first("date")),
        id=front.first("id"),
        slug=slug or terms.slugify(front.first("title")),
        slug_line=front.line("slug" if slug else "title"),
    )
