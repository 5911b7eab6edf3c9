"""What people say in the group that is linked to a channel, and the bot's answers there.

A bot reads nothing of a channel. But every post of a channel comes by itself into the group that
is linked to it, comments are answers to that message, and a bot in the group is told of them. Its
updates wait for 24 hours, and the oldest hundred are shown until they are confirmed. Confirmed
they are gone, so only those are confirmed that are kept here: what is older than the moment since
when is asked, and what `kept` says. Where less than a hundred wait, none is confirmed.

Which post a conversation hangs on is known from an answer to that post, or from the post's own
coming in. So of a conversation that began more than a day ago, an answer to an answer is not
heard by a bot that began listening since. A bot is not told of its own messages.

Source: https://core.telegram.org/bots/api#getupdates, https://core.telegram.org/api/discussion and
https://core.telegram.org/bots/features#privacy-mode (2026-11-24).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from syndication.model import JSON, Channel, Receipt, Response
from syndication.platforms.protocol import Clock, Deferred
from syndication.platforms.telegram.address import comment_url, post_url
from syndication.platforms.telegram.bot import Bot
from syndication.platforms.telegram.reading import message
from syndication.platforms.telegram.updates import (
    Message,
    message_in,
    received,
    sent_at,
    update_id,
)

AT_ONCE = 100
"""How many updates are shown at once, at most.

Source: https://core.telegram.org/bots/api#getupdates (2026-11-24).
"""


class Discussion:
    """Reads the group, and answers in it."""

    def __init__(self, channel: Channel, bot: Bot, clock: Clock) -> None:
        """Listen as this bot to the group that the channel's `discussion` names."""
        self._channel = channel
        self._bot = bot
        self._clock = clock
        self._threads: dict[int, str] = {}
        self._read = 0

    def responses(self, receipts: Sequence[Receipt], since: datetime) -> Iterator[Response]:
        """Read the comments below these posts since then.

        Raises:
            Failure: Telegram could not be asked; `Deferred` where more than a hundred new ones
                wait, of which the first were given.
        """
        posts = {receipt.post_id: receipt for receipt in receipts}
        self._read = following = 0
        while posts:
            updates = self._updates(following)
            for update in updates:
                said = self._said(update)
                receipt = posts.get(self._post_of(said)) if said else None
                if said and receipt and said.at >= since:
                    yield self._response(said, receipt)
            if len(updates) < AT_ONCE:
                return
            first = next((each for each in updates if sent_at(each) >= since.timestamp()), None)
            beginning = following
            following = update_id(first) if first else update_id(updates[-1]) + 1
            if following <= max(beginning, update_id(updates[0])):
                self._read = update_id(updates[-1]) + 1
                raise Deferred("Telegram: masih ada komentar; sisanya pada pembacaan berikutnya.")

    def kept(self) -> None:
        """Let those be forgotten that were read while more were waiting.

        Raises:
            Failure: Telegram could not be told.
        """
        if self._read:
            self._updates(self._read)
            self._read = 0

    def answer(self, response: Response, text: str) -> Receipt:
        """Publish an answer right below a response.

        Raises:
            Failure: one of the four.
        """
        group, _, number = response.id.rpartition("/")
        body: dict[str, JSON] = {
            "chat_id": int(group) if group else self._channel.options["discussion"],
            "text": text,
            "reply_parameters": {"message_id": int(number)},
        }
        answer = self._bot.ask("sendMessage", body)
        made = message(answer)
        if not made:
            raise self._bot.failure(answer)
        new = str(made["message_id"])
        post = response.url.partition("?")[0] or post_url(self._channel, response.post_id)
        return Receipt(f"{group}/{new}", comment_url(post, new), self._clock())

    def _updates(self, following: int) -> list[dict[str, JSON]]:
        wanted: dict[str, JSON] = {"limit": AT_ONCE, "timeout": 0, "allowed_updates": ["message"]}
        answer = self._bot.look("getUpdates", wanted | ({"offset": following} if following else {}))
        updates = received(answer)
        if updates is None:
            raise self._bot.unread(answer)
        return [dict(each) for each in updates]

    def _said(self, update: dict[str, JSON]) -> Message | None:
        """Read a comment; a post that came in by itself is none, but tells what hangs on it."""
        options = self._channel.options
        found = message_in(update, options["discussion"], options["chat_id"])
        if found and found.forwarded:
            self._threads[found.number] = str(found.forwarded)
            return None
        if found and found.above:
            self._threads[found.answers] = str(found.above)
        return found

    def _post_of(self, said: Message) -> str:
        return self._threads.get(said.thread) or self._threads.get(said.answers, "")

    def _response(self, said: Message, receipt: Receipt) -> Response:
        deeper = said.answers and said.answers not in self._threads
        return Response(
            id=f"{said.chat}/{said.number}",
            post_id=receipt.post_id,
            url=comment_url(receipt.url, str(said.number)),
            author=said.author,
            text=said.text,
            at=said.at,
            parent=f"{said.chat}/{said.answers}" if deeper else "",
            ours=bool(said.spoke_as),
        )
