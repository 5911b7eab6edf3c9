"""What the Bot API's updates show of a channel's discussion group: posts that came in, comments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from syndication.model import JSON
from syndication.platforms.answers import Answer, objects, plain


@dataclass(frozen=True, slots=True)
class Message:
    """A message in a group. Numbers are those of the group, but for `forwarded`.

    `thread` is the number of the message that it all hangs on, `answers` the one right above.
    `forwarded`: the channel's post that came in here by itself, by that channel's number for it;
    `above` is the same for the message right above. 0 and "" stand for what there is not.
    """

    number: int
    chat: str
    author: str
    text: str
    at: datetime
    thread: int
    answers: int
    forwarded: int
    above: int
    spoke_as: str


def received(answer: Answer) -> list[Mapping[str, JSON]] | None:
    """Read the updates of an answer; None where it has none."""
    updates = answer.data.get("result")
    if not (answer.ok and answer.data.get("ok") is True and isinstance(updates, list)):
        return None
    return objects(updates)


def update_id(update: Mapping[str, JSON]) -> int:
    """Read an update's number."""
    return _number(update, "update_id")


def sent_at(update: Mapping[str, JSON]) -> int:
    """Read when the message of an update was sent (seconds since 1970); 0 where it has none."""
    return _number(_table(update, "message"), "date")


def message_in(update: Mapping[str, JSON], group: str, channel: str) -> Message | None:
    """Read a message in the group; None where the update is something else.

    Both are given as in the settings: `@name`, or a number.

    Source: https://core.telegram.org/bots/api#message (2026-11-24).
    """
    told = _table(update, "message")
    chat, number, sent = _table(told, "chat"), _number(told, "message_id"), _number(told, "date")
    if not (number and sent and is_chat(chat, group)):
        return None
    above, speaker = _table(told, "reply_to_message"), _table(told, "sender_chat")
    return Message(
        number=number,
        chat=str(_number(chat, "id")),
        author=_name(speaker) if speaker else _name(_table(told, "from")),
        text=plain(_text(told, "text") or _text(told, "caption")),
        at=datetime.fromtimestamp(sent, UTC),
        thread=_number(told, "message_thread_id"),
        answers=_number(above, "message_id"),
        forwarded=_forwarded(told, channel),
        above=_forwarded(above, channel),
        spoke_as=next((name for name in (channel, group) if is_chat(speaker, name)), ""),
    )


def is_chat(chat: Mapping[str, JSON], named: str) -> bool:
    """Tell whether this is the chat that the settings name."""
    public = f"@{_text(chat, 'username')}".casefold()
    return named.casefold() in (str(_number(chat, "id")), public)


def _forwarded(message: Mapping[str, JSON], channel: str) -> int:
    """Read which post of the channel came into its group by itself as this message."""
    origin = _table(message, "forward_origin")
    itself = message.get("is_automatic_forward") is True
    ours = itself and is_chat(_table(origin, "chat"), channel)
    return _number(origin, "message_id") if ours else 0


def _name(who: Mapping[str, JSON]) -> str:
    """Read the name that everybody sees: of a chat, or of a person."""
    if username := _text(who, "username"):
        return f"@{username}"
    names = (_text(who, name) for name in ("title", "first_name", "last_name"))
    return plain(" ".join(name for name in names if name))


def _table(data: Mapping[str, JSON], name: str) -> Mapping[str, JSON]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}


def _number(data: Mapping[str, JSON], name: str) -> int:
    value = data.get(name)
    return value if type(value) is int else 0


def _text(data: Mapping[str, JSON], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
