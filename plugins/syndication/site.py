"""Pelican's signals in, receipts out: the one file that knows Pelican.

Wrong content or settings stop Pelican at `initialized`, before it touches the output folder.
What would be posted is settled when all articles are read, before the first page is written;
the queue itself is written at `finalized`, in one transaction, when the site is complete.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator

from syndication import clock, drafts, official, preview, queueing, reading, report
from syndication.checking import check_content
from syndication.config import ConfigError, from_settings
from syndication.environment import actor, refuse_throwaway_ledger
from syndication.ledger import heads, outbox, queries
from syndication.ledger.addresses import old_addresses
from syndication.ledger.errors import LedgerError
from syndication.ledger.events import Stamp
from syndication.ledger.revisions import old_copies
from syndication.ledger.store import Ledger, open_ledger
from syndication.model import Article, Problem
from syndication.pictures.originals import Originals
from syndication.pictures.publish import Site, publish, publishing

STOPPED = 1
"""Pelican's exit status when we stop it."""

SHARED = ("SITEURL", "TIMEZONE", "DEFAULT_LANG", "LANGUAGES", "PATH", "OUTPUT_PATH", "PAGE_PATHS")
"""Pelican's own settings that the relay needs."""

_current: list[Build] = []
"""The build under way: Pelican sends its signals from several objects, one build at a time."""


def connect() -> None:
    """Connect to the signals, in the order in which Pelican sends them."""
    signals.initialized.connect(_begin)
    signals.all_generators_finalized.connect(_read)
    signals.finalized.connect(_finish)


class Build:
    """One run of Pelican, from its settings to the queue.

    `ledger` is None unless this is a production build: only that may queue posts.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        """Check the settings, and open the ledger where posts may be queued."""
        self.settings = settings
        self.config = from_settings(settings)
        self.originals = Originals(self.config.siteurl, Path(settings["PATH"]))
        self.problems: tuple[Problem, ...] = ()
        self.articles: tuple[Article, ...] = ()
        self.unpublished: tuple[Article, ...] = ()
        self.plan = queueing.Plan((), ())
        self.ledger: Ledger | None = None
        if self.config.production:
            refuse_throwaway_ledger(self.config)
            self.ledger = open_ledger(self.config.ledger_url)
        elif self.config.publish:
            say(f"Tidak ada yang diantrekan: SITEURL ({self.config.siteurl}) bukan alamat https.")

    def read(self, generators: Sequence[object]) -> None:
        """Take over what Pelican read, give the pages what they show, and plan the posts."""
        generator = next(each for each in generators if isinstance(each, ArticlesGenerator))
        _stop_at_unread(generator.context["generated_content"])
        pairs = [
            (content, self._article(content))
            for content in chain(generator.articles, generator.translations)
        ]
        self.articles = tuple(article for _, article in pairs)
        posts, former = self._official_posts(), self._former()
        for content, article in pairs:
            content.siar_digest = article.digest
            content.official_posts = posts.get((article.id, article.lang), ())
            content.former_paths = former.get((article.id, article.lang), ())
        generator.context["SIAR_REGISTER"] = official.rows(self.articles, posts)
        if self.config.preview:
            waiting = chain(generator.drafts, generator.drafts_translations)
            self.unpublished = tuple(self._article(_as_published(each)) for each in waiting)
        if self.ledger:
            outbox.refuse_vanished(self.ledger, self._pages())
            newest = outbox.newest(self.ledger)
            self.plan = queueing.plan(self.articles, self.config.channels, newest)

    def finish(self) -> None:
        """Queue what is new, write the register and the preview, and start the relay if asked."""
        if self.ledger:
            self._queue(self.ledger)
            self._show(self.ledger)
            say(*publish(self.plan.candidates, self._pictures()))
        if self.config.preview:
            drafted = drafts.drafts((*self.unpublished, *self.articles), self.config.channels)
            preview.write(
                publishing(drafted, self._pictures()),
                self.config.preview,
                built_at=clock.now().astimezone(self.config.zone),
                problems=self.problems,
                site=preview.Site(self.config.siteurl, self.config.output),
                office=self.config.office,
            )
        if self.ledger and self.config.after_build:
            self.ledger.close()
            _relay(self.settings)

    def _article(self, content: Any) -> Article:  # noqa: ANN401 -- Pelican's, with our metadata
        source = Path(content.source_path).relative_to(self.config.root).as_posix()
        return reading.read(
            content,
            siteurl=self.config.siteurl,
            source=source,
            zone=self.config.zone,
            digest_of=self.originals.digest,
        )

    def _pages(self) -> outbox.Pages:
        return {(each.id, each.lang): each.url for each in self.articles if each.id}

    def _official_posts(self) -> official.Posts:
        if self.ledger is None:
            return {}
        posted, old = queries.receipts(self.ledger), old_copies(self.ledger)
        return official.official_posts(posted, self.config.channels, old)

    def _former(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        if self.ledger is None:
            return {}
        return {
            place: tuple(url.removeprefix(self.config.siteurl) for url in urls)
            for place, urls in old_addresses(self.ledger, self._pages()).items()
        }

    def _queue(self, ledger: Ledger) -> None:
        guard = outbox.Guard(self.config.since, self.config.max_new, self.config.zone)
        done = outbox.enqueue(
            ledger,
            self.plan.candidates,
            pages=self._pages(),
            guard=guard,
            stamp=Stamp(clock.now(), actor()),
            withdrawn={(each.id, each.lang) for each in self.articles if each.withdrawn},
        )
        say(*report.of_queue(done, ceiling=guard.ceiling), *report.of_refusals(self.plan.refused))

    def _show(self, ledger: Ledger) -> None:
        """Write the register, and the head that stands for just these posts."""
        shown, site = heads.showing(ledger), self.config.siteurl
        register = official.document(shown.posts, site=site, head=shown.head.hash)
        self._write(official.PATH, register)
        self._write(official.HEAD_PATH, official.head_document(shown.head, site=site))

    def _pictures(self) -> Site:
        return Site(
            url=self.config.siteurl,
            output=self.config.output,
            cache=self.config.root / "var" / "cache" / "unggahan",
            office=self.settings["SITENAME"],
            font=Path(self.settings["THEME"], "static", "font", "plus-jakarta-sans.woff2"),
        )

    def _write(self, path: str, text: str) -> None:
        file = self.config.output / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def say(*lines: object) -> None:
    """Tell the person at the terminal, apart from Pelican's own log."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


@contextmanager
def _stopping() -> Iterator[None]:
    """Stop Pelican with our words instead of a traceback."""
    try:
        yield
    except (ConfigError, LedgerError, OSError) as error:
        say(error)
        raise SystemExit(STOPPED) from error


def _begin(pelican: Pelican) -> None:
    with _stopping():
        build = Build(pelican.settings)
        checked = check_content(build.config, clock.now())
        say(*checked.lines)
        if checked.errors:
            raise SystemExit(STOPPED)
        build.problems = checked.problems
        _require_writable(build.config.output)
    _current[:] = [build]


def _read(generators: Sequence[object]) -> None:
    with _stopping():
        _current[0].read(generators)


def _finish(_pelican: Pelican) -> None:
    with _stopping():
        _current[0].finish()


def _as_published(content: Any) -> Any:  # noqa: ANN401 -- Pelican's
    """Return a draft as it will be: its address follows from its status."""
    twin = copy.copy(content)
    twin.status = "published"
    return twin


def _require_writable(output: Path) -> None:
    """Stop before Pelican empties a folder that it then could not fill.

    Raises:
        ConfigError: the folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=output):
            return
    except OSError as error:
        message = f"Folder output tidak dapat ditulisi: {error.strerror}."
        remedy = "Periksa OUTPUT_PATH, hak akses, dan sisa ruang disk."
        raise ConfigError([Problem(str(output), 0, message, remedy)]) from error


def _stop_at_unread(content: dict[str, object]) -> None:
    """Stop if Pelican could not read a file: a missing article must not look withdrawn."""
    unread = sorted(str(path) for path, value in content.items() if value is None)
    if unread:
        say(*(f"{path}: tidak dapat dibaca Pelican; lihat pesannya di atas." for path in unread))
        raise SystemExit(STOPPED)


def _relay(settings: dict[str, Any]) -> None:
    """Start `siar relay` as a process of its own; it gets the settings, and its own secrets."""
    ours = {
        name: value
        for name, value in settings.items()
        if name.startswith("SYNDICATION_") or name in SHARED
    }
    command = [sys.executable, "-m", "syndication.cli", "--settings", "-", "relay"]
    subprocess.run(  # noqa: S603 -- our own module; its words and status are for the person
        command, input=json.dumps(ours, default=str), text=True, check=False
    )
