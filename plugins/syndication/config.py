"""Settings, rules and environment become typed values; every error is reported at once."""

from __future__ import annotations

import difflib
import runpy
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syndication.compose.rules import packaged
from syndication.model import Channel, Problem

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
    `zone` is the site's.
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
    channels: Mapping[str, Channel]
    publish: bool
    after_build: bool
    since: date | None
    max_new: int
    give_up_hours: int
    ledger_url: str
    preview: Path | None

    @property
    def production(self) -> bool:
        """Tell whether posts may be queued: a public https site, or all of it on loopback."""
        if not self.publish:
            return False
        return urlsplit(self.siteurl).scheme == "https" or self.on_loopback

    @property
    def on_loopback(self) -> bool:
        """Tell whether the site and every channel's host are on this machine."""
        hosts = [self.siteurl, *(each.options.get("host", "") for each in self.channels.values())]
        return all(is_loopback(host) for host in hosts)


def is_loopback(url: str) -> bool:
    """Tell whether an address names this machine."""
    return urlsplit(url).hostname in LOOPBACK


@cache
def declared() -> Mapping[str, Mapping[str, object]]:
    """Return every setting of the plugin, from settings.toml."""
    text = resources.files("syndication").joinpath("settings.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


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
    reader = _Reader(settings, file)
    content = Path(reader.text("PATH", "content")).resolve()
    root = content.parent
    channels = reader.channels()
    default_lang = reader.text("DEFAULT_LANG", "id")
    config = Config(
        root=root,
        content=content,
        output=Path(reader.text("OUTPUT_PATH", "output")).resolve(),
        siteurl=reader.text("SITEURL", "").rstrip("/"),
        zone=reader.zone(),
        default_lang=default_lang,
        languages=frozenset(
            {default_lang, *reader.names("LANGUAGES"), *(each.lang for each in channels.values())}
        ),
        article_paths=reader.names("ARTICLE_PATHS", ""),
        page_paths=reader.names("PAGE_PATHS", "pages"),
        channels=channels,
        publish=reader.flag("SYNDICATION_PUBLISH"),
        after_build=reader.flag("SYNDICATION_AFTER_BUILD"),
        since=reader.day("SYNDICATION_SINCE"),
        max_new=reader.count("SYNDICATION_MAX_NEW"),
        give_up_hours=reader.count("SYNDICATION_GIVE_UP_HOURS"),
        ledger_url=reader.text("SYNDICATION_LEDGER_URL", "")
        or f"sqlite:///{root / 'var' / 'ledger.sqlite3'}",
        preview=Path(preview).resolve()
        if (preview := reader.text("SYNDICATION_PREVIEW", ""))
        else None,
    )
    reader.unknown_names()
    if reader.problems:
        raise ConfigError(reader.problems)
    return config


class _Reader:
    """Reads settings one by one and collects what is wrong with them."""

    def __init__(self, settings: Mapping[str, object], file: str) -> None:
        self.settings = settings
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, 0, message, remedy))

    def text(self, name: str, default: str) -> str:
        value = self.settings.get(name, default)
        if isinstance(value, (str, Path)):
            return str(value)
        self.wrong(f"{name} harus berupa teks, bukan {value!r}.", "Tulis di antara tanda kutip.")
        return default

    def names(self, name: str, *default: str) -> tuple[str, ...]:
        value = self.settings.get(name, default)
        if isinstance(value, (list, tuple, Mapping)):
            return tuple(map(str, value))
        self.wrong(f"{name} harus berupa daftar, bukan {value!r}.", "Tulis di antara [ dan ].")
        return default

    def flag(self, name: str) -> bool:
        value = self.settings.get(name, declared()[name]["default"])
        if isinstance(value, bool):
            return value
        self.wrong(f"{name} harus True atau False, bukan {value!r}.", "Betulkan nilainya.")
        return False

    def count(self, name: str) -> int:
        default = declared()[name]["default"]
        value = self.settings.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.wrong(f"{name} harus bilangan bulat positif, bukan {value!r}.", f"Misalnya {default}.")
        return 1

    def day(self, name: str) -> date | None:
        value = self.settings.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.wrong(f"{name} bukan tanggal: {value!r}.", "Tulis seperti 2026-01-31.")
            return None

    def zone(self) -> ZoneInfo:
        name = self.text("TIMEZONE", "Asia/Jakarta")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self.wrong(f"TIMEZONE tidak dikenal: {name!r}.", "Misalnya Asia/Jakarta.")
            return ZoneInfo("Asia/Jakarta")

    def channels(self) -> Mapping[str, Channel]:
        found: dict[str, Channel] = {}
        stated = self.settings.get("SYNDICATION_CHANNELS", {})
        if not isinstance(stated, Mapping):
            self.wrong("SYNDICATION_CHANNELS harus berupa kamus nama → saluran.", "Lihat panduan.")
            return found
        for name, options in stated.items():
            channel = self.channel(str(name), options)
            if channel:
                found[channel.name] = channel
        return MappingProxyType(found)

    def channel(self, name: str, options: object) -> Channel | None:
        if not isinstance(options, Mapping) or "platform" not in options:
            self.wrong(f'Saluran "{name}" tidak menyebut platform.', 'Tambahkan "platform": "…".')
            return None
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            self.wrong(
                f'Nama saluran "{name}" tidak dapat dipakai.', "Pakai huruf kecil dan angka."
            )
            return None
        stated = {str(key): str(value) for key, value in options.items()}
        platform = stated.pop("platform")
        channel = Channel(
            name=name,
            platform=platform,
            lang=stated.pop("lang", self.text("DEFAULT_LANG", "id")),
            account=stated.pop("account", name),
            template=stated.pop("template", ""),
            options=MappingProxyType(stated),
        )
        self.check_platform(channel)
        return channel

    def check_platform(self, channel: Channel) -> None:
        from syndication.platforms import registry  # noqa: PLC0415 -- reads entry points

        if channel.platform not in registry.formats():
            known = ", ".join(sorted(registry.formats()))
            self.wrong(
                f'Saluran "{channel.name}" menyebut platform yang tidak dikenal: '
                f'"{channel.platform}".',
                f"Yang ada: {known}.",
            )
            return
        missing = [
            option
            for option in packaged(channel.platform).options
            if not channel.options.get(option)
        ]
        if missing:
            self.wrong(
                f'Saluran "{channel.name}" belum menyebut {", ".join(missing)}.',
                "Tambahkan pada SYNDICATION_CHANNELS.",
            )

    def unknown_names(self) -> None:
        for name in self.settings:
            if name.startswith("SYNDICATION_") and name not in declared():
                near = difflib.get_close_matches(name, declared(), n=1)
                remedy = f"Maksud Anda {near[0]}?" if near else "Hapus atau betulkan namanya."
                self.wrong(f"Setelan {name} tidak dikenal.", remedy)
