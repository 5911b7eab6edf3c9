"""Count a text as the platform does: `count` for people to see, `bound` for a text to fit."""

from __future__ import annotations

from syndication.compose.links import shortened
from syndication.compose.rules import packaged
from syndication.compose.units import UNITS
from syndication.model import Rules


def count(platform: str, text: str) -> int:
    """Count as a built-in platform documents it, in the platform's own unit.

    Raises:
        BadRules: no platform has this name.
    """
    return count_by(text, packaged(platform))


def bound(platform: str, text: str) -> int:
    """Count so that whatever stays within the platform's limit is surely taken.

    Never below `count`; where two limits hold, the one that is nearer to full.

    Raises:
        BadRules: no platform has this name.
    """
    return bound_by(text, packaged(platform))


def count_by(text: str, rules: Rules) -> int:
    """Count as these rules document it."""
    return UNITS[rules.unit](shortened(text, rules))


def bound_by(text: str, rules: Rules) -> int:
    """Count as these rules make a text fit: at most `rules.limit` is surely taken."""
    counted = UNITS[rules.bound_unit](shortened(text, rules))
    if not rules.byte_limit:
        return counted
    size = len(text.encode("utf-8", "surrogatepass"))
    return max(counted, -(-size * rules.limit // rules.byte_limit))
