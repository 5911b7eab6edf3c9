"""Read the office's rules from the settings: those of the site, and the options of each channel."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import time
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from zoneinfo import ZoneInfo

from syndication.compose.rules import packaged
from syndication.model import Channel
from syndication.office import Office, Quiet, Terms
from syndication.platforms import registry
from syndication.settings import Reader

OPTIONS = ("approvals", "quiet", "daily", "budget", "categories", "tags")
"""What any channel may say in SYNDICATION_CHANNELS, whatever its platform."""

ALIKE = 0.8
"""An option that is as near as this to one of ours is a misspelt one (our choice)."""

NO_QUIET = "-"
_QUIET = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")


def read(reader: Reader, channels: Mapping[str, Channel], zone: ZoneInfo) -> Office:
    """Return the office's rules; what is wrong with them is noted in `reader`."""
    stated = reader.text("SYNDICATION_QUIET", "")
    everywhere = _quiet(reader, "SYNDICATION_QUIET", stated) if stated else None
    return Office(
        zone=zone,
        channels=MappingProxyType(
            {name: _terms(reader, each, everywhere) for name, each in channels.items()}
        ),
        categories=_categories(reader),
    )


def _terms(reader: Reader, channel: Channel, everywhere: Quiet | None) -> Terms:
    _refuse_misspelt(reader, channel)
    rules = packaged(channel.platform) if channel.platform in registry.formats() else None
    price, with_link, read = (
        (Decimal(str(each)) for each in (rules.price, rules.price_with_link, rules.price_read))
        if rules
        else (Decimal(0), Decimal(0), Decimal(0))
    )
    return Terms(
        approvals=_count(reader, channel, "approvals"),
        quiet=_channel_quiet(reader, channel, everywhere),
        daily=_count(reader, channel, "daily"),
        budget=_budget(reader, channel),
        price=price,
        price_with_link=with_link or price,
        price_read=read,
    )


def _refuse_misspelt(reader: Reader, channel: Channel) -> None:
    """Note an option that must have been meant for a rule: unnoticed, the rule would not hold."""
    for name in channel.options:
        near = difflib.get_close_matches(name, OPTIONS, n=1, cutoff=ALIKE)
        if near and name not in OPTIONS:
            reader.wrong(
                f'Saluran "{channel.name}" menyebut pilihan yang tidak dikenal: "{name}".',
                f"Maksud Anda {near[0]}?",
            )


def _count(reader: Reader, channel: Channel, name: str) -> int:
    stated = channel.options.get(name, "0")
    if stated.isascii() and stated.isdecimal():
        return int(stated)
    _wrong(reader, channel, name, "harus bilangan bulat", '"2"')
    return 0


def _budget(reader: Reader, channel: Channel) -> Decimal | None:
    stated = channel.options.get("budget")
    if stated is None:
        return None
    try:
        budget = Decimal(stated.replace(",", "."))
    except InvalidOperation:
        budget = Decimal(-1)
    if budget.is_finite() and budget >= 0:
        return budget
    _wrong(reader, channel, "budget", "harus jumlah dolar AS sebulan", '"20"')
    return Decimal(0)


def _channel_quiet(reader: Reader, channel: Channel, everywhere: Quiet | None) -> Quiet | None:
    stated = channel.options.get("quiet")
    if stated is None:
        return everywhere
    if stated.strip() == NO_QUIET:
        return None
    return _quiet(reader, f'quiet pada saluran "{channel.name}"', stated)


def _quiet(reader: Reader, where: str, stated: str) -> Quiet | None:
    match = _QUIET.fullmatch(stated.strip())
    try:
        hour, minute, last_hour, last_minute = map(int, match.groups() if match else "")
        quiet = Quiet(time(hour, minute), time(last_hour, last_minute))
    except ValueError:  # not four numbers, or no such time of day
        quiet = None
    if quiet is None or quiet.start == quiet.end:
        reader.wrong(f"{where} bukan jam dari–sampai: {stated!r}.", "Tulis seperti 21.00-06.00.")
        return None
    return quiet


def _categories(reader: Reader) -> Mapping[str, int]:
    stated = reader.settings.get("SYNDICATION_APPROVALS", {})
    whole = isinstance(stated, Mapping) and all(
        isinstance(count, int) and not isinstance(count, bool) and count >= 0
        for count in stated.values()
    )
    if not whole or not isinstance(stated, Mapping):
        reader.wrong(
            f"SYNDICATION_APPROVALS harus kamus kategori → berapa orang, bukan {stated!r}.",
            'Misalnya {"Pengumuman": 2}.',
        )
        return MappingProxyType({})
    return MappingProxyType({str(name).strip().casefold(): n for name, n in stated.items()})


def _wrong(reader: Reader, channel: Channel, name: str, message: str, example: str) -> None:
    reader.wrong(
        f'{name} pada saluran "{channel.name}" {message}, bukan {channel.options[name]!r}.',
        f"Misalnya {example}.",
    )
