"""Keep an account's secrets out of what is quoted, stored and logged."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from urllib.parse import quote

from syndication.platforms.protocol import Secret

TALKATIVE = ("oauthlib", "requests_oauthlib", "tweepy", "httpx", "httpcore")
"""Libraries that log tokens, signatures, addresses and headers at DEBUG and INFO."""


class Blotter:
    """Blots out the secrets of one account; it shows none itself."""

    def __init__(self, secrets: Collection[Secret]) -> None:
        """Know each secret as it is, as in an address and as in JSON; the longest go first."""
        forms = {
            form
            for each in secrets
            if each
            for form in (each, quote(each, safe=""), json.dumps(each, ensure_ascii=False)[1:-1])
        }
        self._forms = tuple(Secret(form) for form in sorted(forms, key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """Return the text without any of the secrets."""
        for form in self._forms:
            text = text.replace(form, "…")
        return text


def hush() -> None:
    """Let the talkative libraries log warnings alone, whatever level is set."""
    for name in list(logging.Logger.manager.loggerDict):
        if name.partition(".")[0] in TALKATIVE:
            logging.getLogger(name).addFilter(_a_warning)


def _a_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING
