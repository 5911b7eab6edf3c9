"""The operators' guide names every setting, state, command and secret, and quotes real messages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from syndication.cli import main
from syndication.cli.words import STATES
from syndication.compose.rules import packaged
from syndication.environment import secret_name
from syndication.model import State

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operator.md").read_text("utf-8")
SETTINGS = tomllib.loads((ROOT / "plugins" / "syndication" / "settings.toml").read_text("utf-8"))
SECRETS = [
    secret_name(platform, name)
    for platform in ("x", "facebook", "instagram", "threads", "telegram")
    for name in packaged(platform).secrets
]
QUOTED = re.findall(
    r"^\| `([^`]+)` \|", GUIDE.partition("## Bila ada yang tidak beres")[2], re.MULTILINE
)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_explained(name: str) -> None:
    assert re.search(rf"^\| `{name}` \| .+\.", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("state", State)
def test_every_state_is_explained(state: State) -> None:
    assert f"| {STATES[state]} | `{state}` |" in GUIDE


@pytest.mark.parametrize("secret", SECRETS)
def test_every_secret_is_named(secret: str) -> None:
    assert f"`{secret}`" in GUIDE


def test_every_command_that_it_names_exists() -> None:
    named = set(re.findall(r"(?:`|bin/)siar ([a-z]+)", GUIDE))
    assert named
    assert named <= set(main.commands)


@pytest.mark.parametrize("message", QUOTED)
def test_every_message_that_it_quotes_exists(message: str) -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "plugins").rglob("*.py"))
    code = re.sub(r'"\s*\n\s*f?"', "", "\n".join(sources))
    assert message in code


@pytest.mark.parametrize("anchor", re.findall(r"\]\(#([^)]+)\)", GUIDE))
def test_every_link_within_the_guide_arrives(anchor: str) -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    assert anchor in {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}
