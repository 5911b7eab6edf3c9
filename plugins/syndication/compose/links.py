"""Find the addresses in a text as a platform does."""

from __future__ import annotations

import regex

from syndication.model import Rules

WITH_PROTOCOL = regex.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]", regex.IGNORECASE)


def shortened(text: str, rules: Rules) -> str:
    """Put a run of the platform's own length in the place of each address."""
    if not rules.url_cost:
        return text
    return WITH_PROTOCOL.sub("x" * rules.url_cost, text)
