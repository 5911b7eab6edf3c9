"""A Telegram channel, through a bot that is one of its administrators.

Nothing can be read back from a channel: whether a post in doubt is public cannot be checked, and
nobody tells a bot how often a post was seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from syndication.model import JSON, LACK, Channel, Media, Payload, Prepared, Receipt, Response
from syndication.platforms.answers import Answer
from syndication.platforms.hosts import seconds
from syndication.platforms.pictures import Frame, NoPicture, fetch, fitted
from syndication.platforms.protocol import (
    Clock,
    Health,
    NotSetUp,
    PictureRefused,
    Refused,
    Secret,
    Secrets,
)
from syndication.platforms.telegram.address import CHAT, TOKEN, post_url
from syndication.platforms.telegram.bot import Bot
from syndication.platforms.telegram.discussion import Discussion
from syndication.platforms.telegram.format import as_text
from syndication.platforms.telegram.probing import PLACES, health, result
from syndication.platforms.telegram.reading import (
    HAS_A_PICTURE,
    NOTHING_TO_DELETE,
    NOTHING_TO_EDIT,
    SAME,
    UNSHOWN,
    done,
    message,
    says,
    username,
)

FRAME = Frame(most_bytes=10_000_000, longest_side=2560)
"""What `sendPhoto` takes: 10 MB; both sides together 10,000 pixels, of which the apps show 2560.

Source: https://core.telegram.org/bots/api#sendphoto (2026-11-24).
"""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> TelegramClient:
    """Make the client of one channel; nothing goes over the wire yet.

    Raises:
        NotSetUp: the channel or the bot's token is missing or malformed.
    """
    if not CHAT.fullmatch(channel.options.get("chat_id", "")):
        raise NotSetUp(
            f'Saluran "{channel.name}": chat_id harus @nama_kanal, atau nomor berawalan -100.'
        )
    # The token becomes part of an address: nothing else may slip in there.
    if not TOKEN.fullmatch(secrets.get("bot_token", "")):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya bot_token yang benar (angka:huruf).')
    group = channel.options.get("discussion", "")
    if not group:
        return TelegramClient(channel, secrets["bot_token"], clock)
    if not CHAT.fullmatch(group):
        raise NotSetUp(
            f'Saluran "{channel.name}": discussion harus @nama_grup, atau nomor berawalan -100.'
        )
    return DiscussedTelegramClient(channel, secrets["bot_token"], clock)


class TelegramClient:
    """Posts to one channel."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask the channel's host."""
        self._channel = channel
        self._clock = clock
        self._seconds = seconds(channel)
        self._photos: dict[Media, bytes] = {}
        self._bot = Bot(channel, token, clock)

    def prepare(self, payload: Payload) -> Prepared:
        """Fetch the picture from its page and make it fit; it is sent with the post itself.

        A picture that cannot be had is no reason to lose a post: the text goes alone, and the
        card of its link shows the page's own picture.
        """
        ids: dict[str, str] = {}
        self._photos.clear()
        for media in payload.media:
            try:
                self._photos[media] = fitted(fetch(media.url, seconds=self._seconds), FRAME)
            except NoPicture as lack:
                ids[LACK] = str(lack)
        return Prepared(payload, ids)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Telegram knows no key
        """Publish the post.

        Raises:
            Failure: one of the four; `PictureRefused` where it is the picture that is not taken.
        """
        payload = prepared.payload
        photos = [self._photos[media] for media in payload.media if media in self._photos]
        answer = self._send_photo(payload, photos[0]) if photos else self._send_text(payload)
        made = message(answer)
        if not made and photos and says(answer, *UNSHOWN):
            raise PictureRefused(self._bot.failure(answer).reason)
        if not made:
            raise self._bot.failure(answer)
        number = str(made["message_id"])
        url = post_url(self._channel, number, username(made))
        return Receipt(number, url, self._clock())

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Give the message a new text; its picture stays.

        Raises:
            Failure: one of the four.
        """
        number = int(receipt.post_id)
        answer = self._bot.ask("editMessageText", {**as_text(payload), "message_id": number})
        if says(answer, HAS_A_PICTURE):
            chat = self._channel.options["chat_id"]
            caption: dict[str, JSON] = {"chat_id": chat, "caption": payload.text}
            answer = self._bot.ask("editMessageCaption", {**caption, "message_id": number})
        if says(answer, *NOTHING_TO_EDIT):
            raise Refused("Telegram: unggahan ini sudah tidak ada di kanal.")
        if not (message(answer) or says(answer, SAME)):
            raise self._bot.failure(answer)
        return Receipt(receipt.post_id, receipt.url, self._clock())

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the message, which Telegram allows for 48 hours.

        Raises:
            Failure: one of the four.
        """
        chat = self._channel.options["chat_id"]
        body: dict[str, JSON] = {"chat_id": chat, "message_id": int(receipt.post_id)}
        answer = self._bot.ask("deleteMessage", body)
        if not (done(answer) or says(answer, *NOTHING_TO_DELETE)):
            raise self._bot.failure(answer)

    def probe(self) -> Health:
        """Ask for the bot, and for its place in the channel.

        Raises:
            Failure: Telegram lets the bot do nothing, or could not be asked.
        """
        bot = self._bot.look("getMe", {})
        number = result(bot).get("id")
        if not number:
            raise self._bot.unread(bot)
        chats = (self._channel.options[name] for name in PLACES if name in self._channel.options)
        members = [
            self._bot.look("getChatMember", {"chat_id": chat, "user_id": number}) for chat in chats
        ]
        return health(bot, members, self._clock())

    def _send_photo(self, payload: Payload, jpeg: bytes) -> Answer:
        form = {name: str(value) for name, value in payload.body.items()}
        return self._bot.send_photo(form, jpeg)

    def _send_text(self, payload: Payload) -> Answer:
        return self._bot.ask("sendMessage", as_text(payload))


class DiscussedTelegramClient(TelegramClient):
    """The same where the channel has a discussion group and the bot is in it."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Listen in the group that `discussion` names."""
        super().__init__(channel, token, clock)
        self._discussion = Discussion(channel, self._bot, clock)

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read the comments below these posts.

        Raises:
            Failure: Telegram could not be asked, or more wait than it shows at once.
        """
        return self._discussion.responses(receipts, since)

    def kept(self) -> None:
        """Let Telegram forget what it needs to, so that it shows what is still waiting.

        Raises:
            Failure: Telegram could not be told.
        """
        self._discussion.kept()

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:  # noqa: ARG002 -- Telegram knows no key
        """Publish an answer in the group, as the bot.

        Raises:
            Failure: one of the four; `Refused` where the comment is gone.
        """
        return self._discussion.answer(response, text)
