"""Read settings one by one, each by its kind, and collect all that is wrong with them."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from syndication.compose.rules import packaged
from syndication.model import Channel, Correcting, Problem
from syndication.platforms import registry


@cache
def declared() -> Mapping[str, Mapping[str, object]]:
    """Return every setting of the plugin, from settings.toml."""
    text = resources.files("syndication").joinpath("settings.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


class Reader:
    """Reads settings one by one and collects what is wrong with them."""

    def __init__(self, settings: Mapping[str, object], file: str) -> None:
        """Read from `settings`; problems will name `file`."""
        self.settings = settings
        self.file = file
        self.problems: list[Problem] = []

    def wrong(self, message: str, remedy: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.file, 0, message, remedy))

    def text(self, name: str, default: str) -> str:
        """Return a text, or a path as text."""
        value = self.settings.get(name, default)
        if isinstance(value, (str, Path)):
            return str(value)
        self.wrong(f"{name} harus berupa teks, bukan {value!r}.", "Tulis di antara tanda kutip.")
        return default

    def names(self, name: str, *default: str) -> tuple[str, ...]:
        """Return a list of names; of a mapping, its keys."""
        value = self.settings.get(name, default)
        if isinstance(value, (list, tuple, Mapping)):
            return tuple(map(str, value))
        self.wrong(f"{name} harus berupa daftar, bukan {value!r}.", "Tulis di antara [ dan ].")
        return default

    def flag(self, name: str) -> bool:
        """Return True or False."""
        value = self.settings.get(name, declared()[name]["default"])
        if isinstance(value, bool):
            return value
        self.wrong(f"{name} harus True atau False, bukan {value!r}.", "Betulkan nilainya.")
        return False

    def count(self, name: str) -> int:
        """Return a positive whole number."""
        default = declared()[name]["default"]
        value = self.settings.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self.wrong(f"{name} harus bilangan bulat positif, bukan {value!r}.", f"Misalnya {default}.")
        return 1

    def day(self, name: str) -> date | None:
        """Return a date, or None where none is set."""
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
        """Return the site's time zone."""
        name = self.text("TIMEZONE", "Asia/Jakarta")
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            self.wrong(f"TIMEZONE tidak dikenal: {name!r}.", "Misalnya Asia/Jakarta.")
            return ZoneInfo("Asia/Jakarta")

    def channels(self) -> Mapping[str, Channel]:
        """Return the office's channels by name."""
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
        """Return one channel, or None where it cannot be used."""
        if not isinstance(options, Mapping) or "platform" not in options:
            self.wrong(f'Saluran "{name}" tidak menyebut platform.', 'Tambahkan "platform": "…".')
            return None
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            self.wrong(
                f'Nama saluran "{name}" tidak dapat dipakai.', "Pakai huruf kecil dan angka."
            )
            return None
        stated = {str(key): _as_text(value) for key, value in options.items()}
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
        self.check_correcting(channel)
        return channel

    def check_platform(self, channel: Channel) -> None:
        """Note a platform that is not installed, or an option that it needs."""
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

    def check_correcting(self, channel: Channel) -> None:
        """Note a way of correcting posts that does not exist."""
        stated = channel.options.get("correction", Correcting.EDIT)
        if stated not in set(Correcting):
            self.wrong(
                f'Saluran "{channel.name}" menyebut correction yang tidak dikenal: "{stated}".',
                f"Yang ada: {', '.join(Correcting)}.",
            )

    def unknown_names(self) -> None:
        """Note settings of ours that do not exist, with the nearest that does."""
        for name in self.settings:
            if name.startswith("SYNDICATION_") and name not in declared():
                near = difflib.get_close_matches(name, declared(), n=1)
                remedy = f"Maksud Anda {near[0]}?" if near else "Hapus atau betulkan namanya."
                self.wrong(f"Setelan {name} tidak dikenal.", remedy)


def _as_text(value: object) -> str:
    """Write an option as text; a list as writers would: separated by commas."""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
