"""A small site whose theme reads much: built by Pelican itself, with the plugin or without."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pelican.contents
from blinker import ANY, Signal
from pelican import Pelican
from pelican.plugins import signals
from pelican.settings import read_settings

import incremental

PLUGINS = Path(__file__).parents[2] / "plugins"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

HERE = Path(__file__).parent / "theme"
ARTICLE, LIST, ARCHIVES = (
    (HERE / f"{name}.html").read_text("utf-8") for name in ("article", "index", "archives")
)
WIDE_SIDE = (HERE / "side.html").read_text("utf-8")
THEME = {
    **{path.name: path.read_text("utf-8") for path in HERE.glob("*.html")},
    "tag.html": LIST,
    "category.html": LIST,
    "author.html": LIST,
    "period_archives.html": ARCHIVES,
    "own.html": ARTICLE.replace("<h1>", "<h1 class=own>"),
}


def article(title: str, text: str = "Text.", **said: str) -> str:
    """Write an article as a file holds it; a field given as "" is left out."""
    fields = {"Title": title, "Date": "2026-11-01 10:00", "Category": "News"} | said
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value)
    return f"{head}\n{text}\n"


CONTENT = {
    "one.md": article("One", "See [two]({filename}two.md).", Tags="a, b", Date="2026-11-01 10:00"),
    "two.md": article("Two", "A *text*.\n\n## Head\n\nMore.", Tags="b", Date="2026-11-02 10:00"),
    "two-id.md": article("Dua", "Teks.", Lang="id", Slug="two", Tags="b", Date="2026-11-02 10:00"),
    "three.md": article("Three", Category="Notes", Author="Ann", Date="2025-05-05 10:00"),
    "four.md": article(
        "Four", "![p]({static}/images/p.png)", Date="2026-10-02 10:00", Author="Ben"
    ),
    "five.md": article(
        "Five", Summary="About [page]({filename}/pages/about.md)", Date="2024-01-01"
    ),
    "six.md": article("Six", Tags="a, c", Template="own", Date="2026-09-09 09:00"),
    "seven.md": article("Seven", "Broken [link]({filename}none.md).", Date="2026-08-08 08:00"),
    "moved.md": article("Moved", Save_as="kept/here.html", URL="kept/here.html", Date="2026-07-07"),
    "draft.md": article("Draft", Status="draft", Tags="d"),
    "hidden.md": article("Hidden", Status="hidden"),
    "future.md": article("Future", Date="2026-12-01 10:00", Tags="later"),
    "pages/about.md": "Title: About\n\nSee [one]({filename}/one.md).\n",
    "pages/tentang.md": "Title: Tentang\nLang: id\nSlug: about\n\nLihat.\n",
    "images/p.png": "not really a picture",
    "extra/front.html": (
        "{% extends 'base.html' %}{% block main %}{{ articles[0].title if articles }}{% endblock %}"
    ),
}


class Clock(datetime):
    """The time that Pelican is told."""

    told = NOW

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Return it."""
        return cls.told.astimezone(tz) if tz else cls.told.replace(tzinfo=None)


@contextmanager
def told_the_time() -> Iterator[None]:
    """Let Pelican ask this clock whether an article's day has come."""
    real = pelican.contents.datetime
    pelican.contents.datetime = SimpleNamespace(datetime=Clock, UTC=UTC)
    try:
        yield
    finally:
        pelican.contents.datetime, Clock.told = real, NOW


def disconnect() -> None:
    """Let no plugin of one build hear of another."""
    for signal in vars(signals).values():
        if isinstance(signal, Signal):
            for receiver in list(signal.receivers_for(ANY)):
                signal.disconnect(receiver)


@dataclass
class Small:
    """A folder with content, a theme and what was built of them."""

    root: Path
    settings: dict[str, Any] = field(default_factory=dict)

    def fill(self) -> Small:
        """Write content and theme."""
        for name, text in CONTENT.items():
            self.write(name, text)
        for name, text in THEME.items():
            self.template(name, text)
        self.theme_file("static/style.css", "body {}")
        return self

    def write(self, name: str, text: str) -> Path:
        """Write a file of the content."""
        return _written(self.root / "content" / name, text)

    def template(self, name: str, text: str) -> Path:
        """Write a template."""
        return self.theme_file(f"templates/{name}", text)

    def theme_file(self, name: str, text: str) -> Path:
        """Write a file of the theme."""
        return _written(self.root / "theme" / name, text)

    def file(self, name: str) -> Path:
        """Return a file of the content."""
        return self.root / "content" / name

    @property
    def output(self) -> Path:
        """Return the folder of the builds with the plugin."""
        return self.root / "output"

    def build(self, *, off: bool = False, **more: Any) -> None:  # noqa: ANN401
        """Build in place, or cleanly and without the plugin."""
        output = self.root / ("clean" if off else "output")
        if off:
            shutil.rmtree(output, ignore_errors=True)
        said = {**self.usual(), **self.settings, **more}
        said["OUTPUT_PATH"] = str(output)
        if off:
            said["INCREMENTAL"] = False
            if "PLUGINS" not in more and "INCREMENTAL_PAGES_FROM_OLDEST" not in said:
                said["PLUGINS"] = []
        disconnect()
        with told_the_clock(self):
            Pelican(read_settings(override=said)).run()

    def usual(self) -> dict[str, Any]:
        """Return the settings of the site as it is at first."""
        return {
            "SITENAME": "Small",
            "SITEURL": "https://small.example",
            "PATH": str(self.root / "content"),
            "THEME": str(self.root / "theme"),
            "CACHE_PATH": str(self.root / "cache"),
            "PLUGINS": [incremental],
            "ARTICLE_EXCLUDES": ["pages", "extra"],
            "DELETE_OUTPUT_DIRECTORY": False,
            "WITH_FUTURE_DATES": False,
            "TIMEZONE": "Asia/Jakarta",
            "DEFAULT_PAGINATION": 3,
            "PAGINATED_TEMPLATES": dict.fromkeys(("index", "tag", "category", "author")),
            "DIRECT_TEMPLATES": ["index", "tags", "archives"],
            "TEMPLATE_PAGES": {"extra/front.html": "front.html"},
            "YEAR_ARCHIVE_SAVE_AS": "{date:%Y}/index.html",
            "TAG_FEED_ATOM": "feeds/tag-{slug}.xml",
            "CATEGORY_FEED_ATOM": "feeds/{slug}.atom.xml",
            "LOAD_CONTENT_CACHE": False,
        }

    def when(self, now: datetime) -> None:
        """Let it be another time from now on."""
        self.now = now

    now: datetime = NOW


@contextmanager
def told_the_clock(site: Small) -> Iterator[None]:
    """Let Pelican ask the site's clock."""
    with told_the_time():
        Clock.told = site.now
        yield


def _written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def tree(root: Path) -> dict[str, bytes]:
    """Return all files below a folder with what is in them."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def differing(one: Path, other: Path) -> list[str]:
    """Name the files that are not the same in two folders."""
    left, right = tree(one), tree(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def later(days: float) -> datetime:
    """Return a time after `NOW`."""
    return NOW + timedelta(days=days)


logging.getLogger("pelican").setLevel(logging.CRITICAL)
