"""Check the writers' folder against what this site expects of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from syndication import accuracy
from syndication.clean import Clean
from syndication.config import Config
from syndication.content import check, folder, telling
from syndication.content.document import Source, Terms
from syndication.model import Problem, Severity

MEMORY = "var/cache/ketelitian"
"""Where the gate keeps in mind which texts have passed; below the project's folder."""


@dataclass(frozen=True, slots=True)
class Checked:
    """All that is wrong with the content, and how many files were read."""

    problems: tuple[Problem, ...]
    files: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Pick what must be mended before the site can be built."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)

    @property
    def summary(self) -> str:
        """Say it in one line."""
        return telling.summary(self.problems, self.files)

    @property
    def lines(self) -> tuple[str, ...]:
        """Say all of it: what can wait, what stops the site, and how many of each."""
        return (*telling.lines(self.problems), self.summary)


def look(config: Config) -> folder.Folder:
    """List what lies in the content folder, articles and pages where Pelican reads them."""
    return folder.look(
        config.root, config.content, articles=config.article_paths, pages=config.page_paths
    )


def terms_of(config: Config, found: folder.Folder, now: datetime) -> Terms:
    """Tell what the site expects of its writers."""
    return Terms(
        channels={name: channel.lang for name, channel in config.channels.items()},
        languages=config.languages,
        default_lang=config.default_lang,
        zone=config.zone,
        now=now,
        since=config.since,
        content=config.content.relative_to(config.root).as_posix(),
        media=found.media,
        written=found.articles | found.pages,
    )


def _beside_text(config: Config) -> tuple[object, ...]:
    """Return what the accuracy gate's answer depends on beside the text."""
    return (config.default_lang, config.zone, config.since)


def _watched(
    found: folder.Folder, terms: Terms, clean: Clean, doubts: list[Problem]
) -> Iterator[Source]:
    """Read each file once, and let the accuracy gate see it on its way."""
    for source in found.sources():
        doubts += accuracy.doubts(source, terms, clean)
        yield source


def check_content(config: Config, now: datetime) -> Checked:
    """Read all files of the content folder and report every problem. `now` is aware."""
    found = look(config)
    terms = terms_of(config, found, now)
    clean = Clean.open(config.root / MEMORY, *map(str, _beside_text(config)))
    doubts: list[Problem] = []
    problems = (
        *found.problems(),
        *check.check(_watched(found, terms, clean, doubts), terms),
        *doubts,
    )
    clean.save()
    everything = sorted(problems, key=lambda each: (each.file, each.line))
    return Checked(tuple(everything), len(found.articles | found.pages))
