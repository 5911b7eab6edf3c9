"""Settings, rules and environment become typed values; every error is reported at once."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from syndication import kept, office_settings
from syndication.model import Channel, Problem
from syndication.office import Office
from syndication.platforms import registry
from syndication.settings import Reader

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class ConfigError(Exception):
    """The settings cannot be used; `problems` says everything that is wrong with them."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep all problems; the text has one a line."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Config:
    """What the office decided, checked.

    Paths are absolute: `root` is the project's folder, in which `content` lies.
    `zone` is the site's. `article_url` and `article_lang_url` are Pelican's patterns.
    """

    root: Path
    content: Path
    output: Path
    siteurl: str
    zone: ZoneInfo
    default_lang: str
    languages: frozenset[str]
    article_paths: tuple[str, ...]
    page_paths: tuple[str, ...]
    article_url: str
    article_lang_url: str
    channels: Mapping[str, Channel]
    publish: bool
    after_build: bool
    since: date | None
    max_new: int
    give_up_hours: int
    listen_days: int
    inbox_days: int
    ledger_url: str
    preview: Path | None
    office: Office
    log: Path | None

    @property
    def production(self) -> bool:
        """Tell whether posts may be queued: a public https site, or all of it on loopback."""
        if not self.publish:
            return False
        return urlsplit(self.siteurl).scheme == "https" or self.on_loopback

    @property
    def on_loopback(self) -> bool:
        """Tell whether the site and every host that a client asks are on this machine.

        Where a person posts by hand, nothing is asked.
        """
        asked = [each for each in self.channels.values() if each.platform in registry.clients()]
        hosts = [self.siteurl, *(each.options.get("host", "") for each in asked)]
        return all(is_loopback(host) for host in hosts)


def is_loopback(url: str) -> bool:
    """Tell whether an address names this machine."""
    return urlsplit(url).hostname in LOOPBACK


def read_file(path: Path) -> dict[str, object]:
    """Run a Pelican settings file and return its upper-case names, without loading Pelican.

    Raises:
        ConfigError: the file is missing or does not run.
    """
    if not path.is_file():
        problem = Problem(str(path), 0, "Berkas setelan tidak ada.", "Jalankan dari folder proyek.")
        raise ConfigError([problem])
    sys.path.insert(0, str(path.parent))
    try:
        values = runpy.run_path(str(path))
    except (SyntaxError, ImportError, NameError, ValueError, TypeError, KeyError, OSError) as error:
        message = f"Berkas setelan tidak dapat dijalankan: {type(error).__name__}: {error}."
        problem = Problem(path.name, getattr(error, "lineno", 0) or 0, message, "Betulkan dulu.")
        raise ConfigError([problem]) from error
    finally:
        sys.path.remove(str(path.parent))
    settings = {name: value for name, value in values.items() if name.isupper()}
    for name in ("PATH", "OUTPUT_PATH"):
        if name in settings:
            settings[name] = str((path.parent / str(settings[name])).resolve())
    return settings


def from_settings(settings: Mapping[str, object], *, file: str = "publishconf.py") -> Config:
    """Check Pelican's settings and return what this house needs of them.

    Raises:
        ConfigError: with every problem found, each naming `file`.
    """
    reader = Reader(settings, file)
    content = Path(reader.text("PATH", "content")).resolve()
    root = content.parent
    channels, zone = _limited(reader, root), reader.zone()
    default_lang = reader.text("DEFAULT_LANG", "id")
    config = Config(
        root=root,
        content=content,
        output=Path(reader.text("OUTPUT_PATH", "output")).resolve(),
        siteurl=reader.text("SITEURL", "").rstrip("/"),
        zone=zone,
        default_lang=default_lang,
        languages=frozenset(
            {default_lang, *reader.names("LANGUAGES"), *(each.lang for each in channels.values())}
        ),
        article_paths=reader.names("ARTICLE_PATHS", ""),
        page_paths=reader.names("PAGE_PATHS", "pages"),
        article_url=reader.text("ARTICLE_URL", "{slug}.html"),
        article_lang_url=reader.text("ARTICLE_LANG_URL", "{slug}-{lang}.html"),
        channels=channels,
        publish=reader.flag("SYNDICATION_PUBLISH"),
        after_build=reader.flag("SYNDICATION_AFTER_BUILD"),
        since=reader.day("SYNDICATION_SINCE"),
        max_new=reader.count("SYNDICATION_MAX_NEW"),
        give_up_hours=reader.count("SYNDICATION_GIVE_UP_HOURS"),
        listen_days=reader.count("SYNDICATION_LISTEN_DAYS"),
        inbox_days=reader.count("SYNDICATION_INBOX_DAYS"),
        ledger_url=reader.text("SYNDICATION_LEDGER_URL", "")
        or f"sqlite:///{root / 'var' / 'ledger.sqlite3'}",
        preview=Path(preview).resolve()
        if (preview := reader.text("SYNDICATION_PREVIEW", ""))
        else None,
        office=office_settings.read(reader, channels, zone),
        log=root / log if (log := reader.text("SYNDICATION_LOG", "")) else None,
    )
    reader.unknown_names()
    if reader.problems:
        raise ConfigError(reader.problems)
    return config


def _limited(reader: Reader, root: Path) -> Mapping[str, Channel]:
    """Return the channels with what their own servers last said of their limits."""
    channels = reader.channels()
    try:
        limits = kept.read(root)
    except ValueError as error:
        reader.wrong(f"{error}.", "Hapus berkas itu, lalu jalankan `siar limits`.")
        return channels
    return {
        name: replace(channel, limits=limits.get(name, channel.limits))
        for name, channel in channels.items()
    }
