"""What an answer of the Bot API says: the error, when to come back, and the message made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from syndication.model import JSON
from syndication.platforms.answers import LONGEST_WAIT, Answer, Said, standard_wait

SAME = "message is not modified"
"""An edit that changes nothing is refused so; then the message says already what it should."""

HAS_A_PICTURE = "there is no text in the message to edit"
"""A message with a picture has a caption instead of a text."""

UNSHOWN = ("image_process_failed", "photo_invalid_dimensions")
"""It is the picture that Telegram will not have; the text alone it takes."""

NOTHING_TO_EDIT = ("message to edit not found", "message_id_invalid")
NOTHING_TO_DELETE = ("message to delete not found", "message_id_invalid")
"""A message that is not there (any more).

Source: https://github.com/tdlib/telegram-bot-api (`Client.cpp`, 2026-11-24).
"""


def said(answer: Answer) -> Said:
    """Read `description`; Telegram's `error_code` repeats the HTTP status."""
    words = answer.data.get("description")
    return Said(answer.status, words=words if isinstance(words, str) else "")


def says(answer: Answer, *phrases: str) -> bool:
    """Tell whether Telegram refused with one of these phrases."""
    words = said(answer).words.casefold()
    return not answer.ok and any(phrase in words for phrase in phrases)


def retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """Tell how long Telegram wants us to wait: `parameters.retry_after`, in seconds.

    Source: https://core.telegram.org/bots/api#responseparameters (2026-11-24).
    """
    parameters = answer.data.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int) and 0 < seconds <= LONGEST_WAIT.total_seconds():
        return timedelta(seconds=seconds)
    return standard_wait(answer, now)


def message(answer: Answer) -> Mapping[str, JSON]:
    """Read the message that was sent or edited; an answer without one gives an empty object."""
    result = answer.data.get("result")
    if not (answer.ok and answer.data.get("ok") is True and isinstance(result, dict)):
        return {}
    return result if _number(result) else {}


def done(answer: Answer) -> bool:
    """Tell whether a deletion was made."""
    return answer.ok and answer.data.get("ok") is True and answer.data.get("result") is True


def username(message: Mapping[str, JSON]) -> str:
    """Read the public name of the message's channel; a private channel has none."""
    chat = message.get("chat")
    name = chat.get("username") if isinstance(chat, dict) else None
    return name if isinstance(name, str) else ""


def _number(message: Mapping[str, JSON]) -> int:
    number = message.get("message_id")
    return number if isinstance(number, int) and not isinstance(number, bool) else 0
