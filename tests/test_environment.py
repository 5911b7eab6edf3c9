"""Secrets come from the environment or the keyring, and a throw-away ledger is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend

from syndication.config import ConfigError, from_settings
from syndication.environment import actor, refuse_throwaway_ledger, secrets
from syndication.model import Channel

X = Channel(name="x-id", platform="x", lang="id")


class Vault(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))


@pytest.fixture
def vault() -> Iterator[Vault]:
    before, ours = keyring.get_keyring(), Vault()  # type: ignore[no-untyped-call]
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)
    ours.kept.clear()


def test_secrets_are_read_and_the_missing_ones_named(
    monkeypatch: pytest.MonkeyPatch, vault: Vault
) -> None:
    vault.set_password("siar", "SIAR_X_ID_ACCESS_TOKEN", "b")
    monkeypatch.setenv("SIAR_X_ID_CONSUMER_KEY", "a")
    found, missing = secrets(X)
    assert dict(found) == {"consumer_key": "a", "access_token": "b"}
    assert missing == ("SIAR_X_ID_CONSUMER_SECRET", "SIAR_X_ID_ACCESS_TOKEN_SECRET")
    assert "'a'" not in repr(found)


def test_who_acts_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIAR_ACTOR", "humas")
    assert actor() == "humas"


@pytest.mark.parametrize(
    ("ci", "where", "host", "refused"),
    [
        pytest.param("true", "inside", "", True, id="runner, ledger in the work tree"),
        pytest.param("", "inside", "", False, id="not a runner"),
        pytest.param("true", "outside", "", False, id="ledger elsewhere"),
        pytest.param("true", "inside", "http://127.0.0.1:1", False, id="all on loopback"),
    ],
)
def test_a_ledger_that_would_die_with_the_runner_is_refused(  # noqa: PLR0913 -- the table's columns
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    ci: str,
    where: str,
    host: str,
    *,
    refused: bool,
) -> None:
    monkeypatch.setenv("CI", ci)
    ledger = tmp_path / ("proyek" if where == "inside" else "lain") / "ledger.sqlite3"
    config = from_settings(
        {
            "PATH": str(tmp_path / "proyek" / "content"),
            "SITEURL": "http://127.0.0.1:2" if host else "https://a.go.id",
            "SYNDICATION_LEDGER_URL": f"sqlite:///{ledger}",
            "SYNDICATION_CHANNELS": {"x": {"platform": "x"} | ({"host": host} if host else {})},
        }
    )
    if refused:
        with pytest.raises(ConfigError, match="SYNDICATION_LEDGER_URL"):
            refuse_throwaway_ledger(config)
    else:
        refuse_throwaway_ledger(config)
