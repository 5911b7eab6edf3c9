"""The one place that reads the environment: secrets, who acts, and what machine this is."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from types import MappingProxyType

from syndication.compose.rules import packaged
from syndication.config import Config, ConfigError
from syndication.model import Channel, Problem
from syndication.platforms.protocol import Secret, Secrets


def secret_name(channel: str, name: str) -> str:
    """Name the environment variable of a channel's secret: SIAR_<CHANNEL>_<NAME>."""
    return f"SIAR_{channel}_{name}".upper().replace("-", "_")


def secrets(channel: Channel) -> tuple[Secrets, tuple[str, ...]]:
    """Read a channel's secrets from the environment, else from the keyring (service `siar`).

    Returns the secrets found, and the names of the environment variables that are missing.
    """
    found: dict[str, Secret] = {}
    missing: list[str] = []
    for name in packaged(channel.platform).secrets:
        variable = secret_name(channel.name, name)
        value = os.environ.get(variable) or _from_keyring(variable)
        if value:
            found[name] = Secret(value)
        else:
            missing.append(variable)
    return MappingProxyType(found), tuple(missing)


def _from_keyring(variable: str) -> str | None:
    import keyring  # noqa: PLC0415 -- 60 ms, and only where the environment lacks a secret
    import keyring.errors  # noqa: PLC0415

    try:
        return keyring.get_password("siar", variable)
    except keyring.errors.KeyringError:
        return None


def actor() -> str:
    """Name who acts, for the event log: SIAR_ACTOR, else the account on this machine."""
    return os.environ.get("SIAR_ACTOR") or getpass.getuser()


def refuse_throwaway_ledger(config: Config) -> None:
    """Stop where the ledger would die with the machine: a CI runner's work tree.

    Raises:
        ConfigError: `CI` is set, the ledger lies in the project, and a channel is real.
    """
    path = config.ledger_url.removeprefix("sqlite:///")
    inside = path != config.ledger_url and Path(path).is_relative_to(config.root)
    if os.environ.get("CI") and inside and not config.on_loopback:
        problem = Problem(
            path,
            0,
            "Buku besar (ledger) ada di folder kerja mesin sekali pakai (CI), jadi akan hilang dan "
            "artikel bisa terunggah dua kali.",
            "Setel SYNDICATION_LEDGER_URL ke tempat yang tetap ada.",
        )
        raise ConfigError([problem])
