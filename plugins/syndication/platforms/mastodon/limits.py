"""What one instance takes, as it says itself; Mastodon's own figures where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from syndication.compose.counting import bound_by
from syndication.compose.rules import packaged
from syndication.model import JSON
from syndication.platforms.pictures import Frame

ADDRESSES = ("/api/v2/instance", "/api/v1/instance")
"""Where an instance describes itself; not every server has the first.

Source: https://docs.joinmastodon.org/methods/instance/ (2026-11-24).
"""

FRAME = Frame(most_bytes=16_777_216, most_pixels=33_177_600)
"""The largest picture: 16 MiB, 8K.

Source: https://docs.joinmastodon.org/entities/Instance/#image_size_limit (2026-11-24).
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a post may hold: characters as the instance counts them, and a picture."""

    characters: int = packaged("mastodon").limit
    url_cost: int = packaged("mastodon").url_cost
    description: int = packaged("mastodon").alt_limit
    frame: Frame = FRAME

    def excess(self, text: str) -> int:
        """Tell by how many characters a text is too long; 0 or less where it fits."""
        rules = replace(packaged("mastodon"), limit=self.characters, url_cost=self.url_cost)
        return bound_by(text, rules) - self.characters

    def rules(self) -> Mapping[str, int]:
        """Name the limits as `syndication.model.Rules` does."""
        return {
            "limit": self.characters,
            "url_cost": self.url_cost,
            "alt_limit": self.description,
        }


def limits(instance: Mapping[str, JSON]) -> Limits:
    """Read the limits of an instance, v2 or v1, from what it says of itself.

    Servers that are not Mastodon name some of them on the top level.
    """
    told = _table(instance, "configuration")
    statuses, media = _table(told, "statuses"), _table(told, "media_attachments")
    default = Limits()
    return Limits(
        characters=_number(statuses, "max_characters")
        or _number(instance, "max_toot_chars")
        or default.characters,
        url_cost=_number(statuses, "characters_reserved_per_url") or default.url_cost,
        description=_number(media, "description_limit")
        or _number(instance, "description_limit")
        or default.description,
        frame=Frame(
            most_bytes=_number(media, "image_size_limit")
            or _number(instance, "upload_limit")
            or FRAME.most_bytes,
            most_pixels=_number(media, "image_matrix_limit") or FRAME.most_pixels,
        ),
    )


def _table(data: Mapping[str, JSON], name: str) -> Mapping[str, JSON]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}


def _number(data: Mapping[str, JSON], name: str) -> int:
    value = data.get(name)
    return value if type(value) is int and value > 0 else 0
