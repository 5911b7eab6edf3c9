"""Check the writers' folder against what this site expects of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from syndication import accuracy
from syndication.config import Config
from syndication.content import check, folder, telling
from syndication.content.document import Terms
from syndication.model import Problem, Severity


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


def check_content(config: Config, now: datetime) -> Checked:
    """Read all files of the content folder and report every problem. `now` is aware."""
    found = look(config)
    terms = terms_of(config, found, now)
    problems = (
        *found.problems(),
        *check.check(found.sources(), terms),
        *accuracy.doubts(found, terms),
    )
    everything = sorted(problems, key=lambda each: (each.file, each.line))
    return Checked(tuple(everything), len(found.articles | found.pages))
