"""How each platform shows a post, as `looks.toml` says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Look:
    """A platform's name, and the order in which it shows the parts of a post."""

    name: str
    card: tuple[str, ...]
    picture_first: bool = False


@cache
def look(platform: str) -> Look:
    """Return how a platform shows a post; one that the preview does not know gets the default."""
    text = resources.files(__package__).joinpath("looks.toml").read_text("utf-8")
    table = tomllib.loads(text)
    stated = table.get(platform, {"name": platform.capitalize()})
    return Look(
        name=stated["name"],
        card=tuple(stated.get("card", table["default"]["card"])),
        picture_first=stated.get("picture_first", False),
    )
