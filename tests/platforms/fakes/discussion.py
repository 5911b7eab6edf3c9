"""The group that is linked to a Telegram channel, and what a bot in it is told.

Source: https://core.telegram.org/bots/api#message and https://core.telegram.org/api/discussion
(2026-11-24).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from syndication.model import JSON
from tests.platforms.fakes.stage import Reply, data
from tests.platforms.samples import NOW

Told = dict[str, JSON]
TELEGRAM: Told = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
FIRST_UPDATE = 500_000_001


@dataclass
class Group:
    """A supergroup. `updates` wait until they are confirmed; `said` is what the bot says there."""

    number: int = -1009876543210
    name: str = "@kpknl_diskusi"
    messages: dict[int, Told] = field(default_factory=dict)
    updates: list[Told] = field(default_factory=list)
    said: list[Told] = field(default_factory=list)
    made: int = 0

    def is_named(self, chat_id: object) -> bool:
        """Tell whether a request means this group."""
        return str(chat_id) in (str(self.number), self.name)

    def take_in(self, post: int, channel: Told) -> None:
        """Let a post of the channel come in by itself."""
        at = NOW.timestamp()
        origin: Told = {"type": "channel", "chat": channel, "message_id": post, "date": int(at)}
        self._tell(
            **{"from": TELEGRAM},
            sender_chat=channel,
            is_automatic_forward=True,
            forward_origin=origin,
            text="…",
        )

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Let somebody comment; return the comment's id as the client writes it."""
        root = next(
            each
            for each in self.messages.values()
            if isinstance(origin := each.get("forward_origin"), dict)
            and str(origin["message_id"]) == post_id
        )
        above = self.messages[int(parent.rpartition("/")[2])] if parent else root
        shown = {name: value for name, value in above.items() if name != "reply_to_message"}
        who: Told = {"id": 5, "is_bot": False, "first_name": author.title(), "username": author}
        message = self._tell(
            **{"from": who},
            text=text,
            message_thread_id=root["message_id"],
            reply_to_message=shown,
        )
        return f"{self.number}/{message['message_id']}"

    def answer(self, given: dict[str, Any]) -> Reply:
        """Let the bot answer a message that is there."""
        above = given["reply_parameters"]["message_id"]
        if above not in self.messages:
            wrong = "Bad Request: message to be replied not found"
            return data(400, {"ok": False, "error_code": 400, "description": wrong})
        self.made += 1
        told: Told = {"message_id": self.made, "date": int(NOW.timestamp()), "chat": self._chat()}
        self.messages[self.made] = {**told, "text": given["text"]}
        self.said.append({"id": str(self.made), "above": above, "text": given["text"]})
        return data(200, {"ok": True, "result": told})

    def waiting(self, offset: int) -> list[Told]:
        """Show what waits; what is below `offset` is confirmed, and gone."""
        if offset:
            self.updates = [each for each in self.updates if int(str(each["update_id"])) >= offset]
        return self.updates

    def _tell(self, **message: JSON) -> Told:
        self.made += 1
        told: Told = {
            "message_id": self.made,
            "date": int(max(datetime.now(UTC), NOW).timestamp()),
            "chat": self._chat(),
            **message,
        }
        self.messages[self.made] = told
        self.updates.append({"update_id": FIRST_UPDATE + self.made, "message": told})
        return told

    def _chat(self) -> Told:
        name = self.name.removeprefix("@")
        return {"id": self.number, "type": "supergroup", "title": "Diskusi", "username": name}
