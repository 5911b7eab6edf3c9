"""A Telegram channel, as far as we use it, checked by Telegram's published methods.

Every request is checked against `telegram.toml`, our table of the methods used, and, where
`SIAR_SPECS` names the folder, against the whole Bot API as published. Runs as a program too:
`python -m tests.platforms.fakes.telegram --port N`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any

from syndication.model import JSON
from tests.platforms.fakes.discussion import Group
from tests.platforms.fakes.stage import Reply, Request, data, main

TABLE = Path(__file__).with_suffix(".toml")
FIRST_ID = 40
BOT = {"id": 110201543, "is_bot": True, "first_name": "Siar", "username": "siar_bot"}
KINDS: Mapping[str, type] = {"String": str, "Integer": int, "Boolean": bool}

CAPTION_UNITS = 1024
TEXT_UNITS = 4096
"""UTF-16 units, as https://core.telegram.org/bots/api#sendphoto and #sendmessage say."""


class BotDescription:
    """The Bot API as published (`telegram/api.json`)."""

    def __init__(self, specs: Path) -> None:
        self._api: dict[str, Any] = json.loads(
            (specs / "telegram" / "api.json").read_text(encoding="utf-8")
        )

    def wrong_with(self, method: str, given: Mapping[str, Any]) -> str:
        if method not in self._api["methods"]:
            return f"no method {method}"
        fields = self._api["methods"][method].get("fields", [])
        return self._wrong_fields(method, fields, given)

    def wrong_update(self, update: Mapping[str, Any]) -> str:
        """Hold what our fake tells against the published types."""
        return self._wrong_value("update", ["Update"], dict(update))

    def _wrong_fields(
        self, name: str, fields: list[dict[str, Any]], given: Mapping[str, Any]
    ) -> str:
        known = {each["name"]: each for each in fields}
        unknown = sorted(set(given) - set(known))
        missing = sorted(
            name for name, each in known.items() if each["required"] and name not in given
        )
        if unknown or missing:
            return f"{name} knows no {unknown}, misses {missing}"
        wrong = (
            self._wrong_value(field, known[field]["types"], value) for field, value in given.items()
        )
        return next((each for each in wrong if each), "")

    def _wrong_value(self, name: str, types: list[str], value: JSON | bytes) -> str:
        if isinstance(value, bytes):
            return "" if "InputFile" in types else f"{name} is no file"
        for kind in types:
            item = kind.removeprefix("Array of ")
            if item != kind and isinstance(value, list):
                wrong = (self._wrong_value(name, [item], each) for each in value)
                return next((each for each in wrong if each), "")
            if kind in KINDS and type(value) is KINDS[kind]:
                return ""
            if kind in self._api["types"] and isinstance(value, dict):
                return self._wrong_object(kind, value)
        return f"{name} must be of {types}"

    def _wrong_object(self, kind: str, value: Mapping[str, Any]) -> str:
        """Hold an object against its type; of several kinds, one must fit."""
        described = self._api["types"][kind]
        kinds = described.get("subtypes") or [kind]
        found = [
            self._wrong_fields(each, self._api["types"][each].get("fields", []), value)
            for each in kinds
        ]
        return min(found, key=len)


@dataclass
class Telegram:
    """One channel and one bot. With a `token` only that bot is let in."""

    chat: str = "@kpknl_contoh"
    token: str = ""
    description: BotDescription | None = None
    posts: list[dict[str, JSON]] = field(default_factory=list)
    status: str = "administrator"
    may_post: bool = True
    status_in_group: str = "administrator"
    reads_all: bool = False
    photos: list[bytes] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    group: Group | None = None
    made: int = 0

    def publishes(self, request: Request) -> bool:
        return request.path.endswith(("/sendMessage", "/sendPhoto"))

    def published(self) -> list[dict[str, JSON]]:
        return list(self.posts)

    def reply(self, request: Request) -> Reply:
        bot, _, method = request.path.removeprefix("/bot").partition("/")
        if self.token and bot != self.token:
            return _error(401, "Unauthorized")
        given = _given(request)
        wrong = _wrong_with(method, given)
        if self.description and not wrong:
            wrong = self.description.wrong_with(method, given)
        if wrong:
            self.complaints.append(wrong)
            return _error(400, f"Bad Request: {wrong}")
        if method in ("getMe", "getUpdates"):
            return self._me() if method == "getMe" else self._updates(given)
        if given["chat_id"] != self.chat:
            return self._in_group(method, given)
        methods: dict[str, Callable[[dict[str, Any]], Reply]] = {
            "sendMessage": self._send,
            "sendPhoto": self._send,
            "editMessageText": self._edit,
            "editMessageCaption": self._edit,
            "deleteMessage": self._delete,
            "getChatMember": self._member,
        }
        return methods[method](given)

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Let somebody comment on a post in the group, or on a comment there."""
        assert self.group
        return self.group.say(post_id, author, text, parent)

    def _me(self) -> Reply:
        told = {**BOT, "can_read_all_group_messages": self.reads_all}
        return data(200, {"ok": True, "result": told})

    def _in_group(self, method: str, given: dict[str, Any]) -> Reply:
        if not (self.group and self.group.is_named(given["chat_id"])):
            return _error(400, "Bad Request: chat not found")
        if method == "getChatMember":
            return self._member(given)
        return _too_long(given) or self.group.answer(given)

    def _updates(self, given: dict[str, Any]) -> Reply:
        updates = self.group.waiting(given.get("offset", 0)) if self.group else []
        return data(200, {"ok": True, "result": updates[: given["limit"]]})

    def _send(self, given: dict[str, Any]) -> Reply:
        wrong = _too_long(given)
        if wrong:
            return wrong
        self.made += 1
        number = FIRST_ID + self.made
        text = given.get("text") or given["caption"]
        photo = given.get("photo", b"")
        self.photos.append(photo)
        self.posts.append({"id": str(number), "text": text, "photo": len(photo)})
        if self.group:
            self.group.take_in(number, self._chat())
        return self._message(number)

    def _edit(self, given: dict[str, Any]) -> Reply:
        wrong = _too_long(given)
        if wrong:
            return wrong
        for post in self.posts:
            if post["id"] == str(given["message_id"]):
                return self._change(post, given)
        return _error(400, "Bad Request: message to edit not found")

    def _change(self, post: dict[str, JSON], given: dict[str, Any]) -> Reply:
        if "text" in given and post["photo"]:
            return _error(400, "Bad Request: there is no text in the message to edit")
        if "caption" in given and not post["photo"]:
            return _error(400, "Bad Request: there is no caption in the message to edit")
        text = given.get("text") or given["caption"]
        if text == post["text"]:
            return _error(400, "Bad Request: message is not modified: specified new message …")
        post["text"] = text
        return self._message(given["message_id"])

    def _delete(self, given: dict[str, Any]) -> Reply:
        number = str(given["message_id"])
        if all(post["id"] != number for post in self.posts):
            return _error(400, "Bad Request: message to delete not found")
        self.posts = [post for post in self.posts if post["id"] != number]
        return data(200, {"ok": True, "result": True})

    def _member(self, given: dict[str, Any]) -> Reply:
        assert given["user_id"] == BOT["id"]
        status = self.status if given["chat_id"] == self.chat else self.status_in_group
        member = {"user": BOT, "status": status, "can_post_messages": self.may_post}
        return data(200, {"ok": True, "result": member})

    def _message(self, number: int) -> Reply:
        told = {"message_id": number, "date": 1, "chat": self._chat()}
        return data(200, {"ok": True, "result": told})

    def _chat(self) -> dict[str, JSON]:
        chat: dict[str, JSON] = {"id": -1001234567890, "type": "channel", "title": "KPKNL"}
        if self.chat.startswith("@"):
            chat["username"] = self.chat.removeprefix("@")
        return chat


def _given(request: Request) -> dict[str, Any]:
    """Read the parameters: JSON, or a form with a file."""
    kind = request.headers["content-type"]
    if kind == "application/json":
        given: dict[str, Any] = json.loads(request.body)
        return given
    form = BytesParser(policy=HTTP).parsebytes(
        f"Content-Type: {kind}\r\n\r\n".encode() + request.body
    )
    parts: dict[str, Any] = {}
    for part in form.iter_parts():
        name = part["content-disposition"].params["name"]
        content = part.get_payload(decode=True)
        parts[name] = content if part.get_filename() else bytes(content).decode()
    return parts


def _wrong_with(method: str, given: Mapping[str, Any]) -> str:
    """Hold a request against our own table."""
    methods: dict[str, str] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["method"]
    if method not in methods:
        return f"no method {method}"
    words = methods[method].split()
    unknown = sorted(set(given) - {word.rstrip("*") for word in words})
    missing = [word[:-1] for word in words if word.endswith("*") and word[:-1] not in given]
    return f"{method} knows no {unknown}, misses {missing}" if unknown or missing else ""


def _too_long(given: Mapping[str, Any]) -> Reply | None:
    if _units(given.get("text", "")) > TEXT_UNITS:
        return _error(400, "Bad Request: message is too long")
    if _units(given.get("caption", "")) > CAPTION_UNITS:
        return _error(400, "Bad Request: message caption is too long")
    return None


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _error(status: int, description: str) -> Reply:
    return data(status, {"ok": False, "error_code": status, "description": description})


if __name__ == "__main__":
    main(Telegram())
