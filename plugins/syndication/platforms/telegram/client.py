"""A Telegram channel, through a bot that is one of its administrators.

Nothing can be read back from a channel: whether a post in doubt is public cannot be checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from syndication.model import JSON, Channel, Media, Payload, Prepared, Receipt
from syndication.platforms.answers import Answer, judge
from syndication.platforms.direct import Direct
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.pictures import Frame, NoPicture, fetch, fitted
from syndication.platforms.protocol import (
    Clock,
    Failure,
    Health,
    NotSetUp,
    Refused,
    Secret,
    Secrets,
)
from syndication.platforms.telegram.format import as_text
from syndication.platforms.telegram.probing import health, result
from syndication.platforms.telegram.reading import (
    HAS_A_PICTURE,
    NOTHING_TO_DELETE,
    NOTHING_TO_EDIT,
    SAME,
    done,
    message,
    retry_after,
    said,
    says,
    username,
)

HOST = "https://api.telegram.org"
"""Source: https://core.telegram.org/bots/api#making-requests (2026-11-24)."""

SITE = "https://t.me"

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
"""A bot's token, as https://core.telegram.org/bots/api#authorizing-your-bot shows it."""

CHAT = re.compile(r"@[A-Za-z][A-Za-z0-9_]+|-100[0-9]+")
"""A channel by its public name, or by its number, which begins with -100.

Source: https://core.telegram.org/api/bots/ids (2026-11-24).
"""

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
    return TelegramClient(channel, secrets["bot_token"], clock)


def post_url(channel: Channel, message_id: str, name: str = "") -> str:
    """Write where a message stands: under the channel's public name, else by its number.

    Source: https://core.telegram.org/api/links#message-links (2026-11-24).
    """
    chat = channel.options["chat_id"]
    place = name or chat.removeprefix("@")
    if place.startswith("-100"):
        place = f"c/{place.removeprefix('-100')}"
    asked = host(channel, HOST)
    site = asked if on_loopback(asked) else SITE
    return f"{site}/{place}/{message_id}"


class TelegramClient:
    """Posts to one channel. Every address holds the token, so no address is ever told."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask the channel's host."""
        self._channel = channel
        self._token = token
        self._clock = clock
        self._judge = judge("Telegram", __package__)
        self._seconds = seconds(channel)
        self._photos: dict[Media, bytes] = {}
        self._wire = Direct(host(channel, HOST), hidden=[token], seconds=self._seconds)

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
                ids["picture"] = str(lack)
        return Prepared(payload, ids)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Telegram knows no key
        """Publish the post.

        Raises:
            Failure: one of the four.
        """
        payload = prepared.payload
        photos = [self._photos[media] for media in payload.media if media in self._photos]
        answer = self._send_photo(payload, photos[0]) if photos else self._send_text(payload)
        made = message(answer)
        if not made:
            raise self._failure(answer)
        number = str(made["message_id"])
        url = post_url(self._channel, number, username(made))
        return Receipt(number, url, self._clock())

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Give the message a new text; its picture stays.

        Raises:
            Failure: one of the four.
        """
        number = int(receipt.post_id)
        answer = self._ask("editMessageText", {**as_text(payload), "message_id": number})
        if says(answer, HAS_A_PICTURE):
            chat = self._channel.options["chat_id"]
            caption: dict[str, JSON] = {"chat_id": chat, "caption": payload.text}
            answer = self._ask("editMessageCaption", {**caption, "message_id": number})
        if says(answer, *NOTHING_TO_EDIT):
            raise Refused("Telegram: unggahan ini sudah tidak ada di kanal.")
        if not (message(answer) or says(answer, SAME)):
            raise self._failure(answer)
        return Receipt(receipt.post_id, receipt.url, self._clock())

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the message, which Telegram allows for 48 hours.

        Raises:
            Failure: one of the four.
        """
        chat = self._channel.options["chat_id"]
        body: dict[str, JSON] = {"chat_id": chat, "message_id": int(receipt.post_id)}
        answer = self._ask("deleteMessage", body)
        if not (done(answer) or says(answer, *NOTHING_TO_DELETE)):
            raise self._failure(answer)

    def probe(self) -> Health:
        """Ask for the bot, and for its place in the channel.

        Raises:
            Failure: Telegram lets the bot do nothing, or could not be asked.
        """
        bot = self._ask("getMe", {})
        number = result(bot).get("id")
        if not number:
            raise self._failure(bot)
        chat = self._channel.options["chat_id"]
        member = self._ask("getChatMember", {"chat_id": chat, "user_id": number})
        return health(bot, member, self._clock())

    def _send_photo(self, payload: Payload, jpeg: bytes) -> Answer:
        form = {name: str(value) for name, value in payload.body.items()}
        return self._wire.upload(self._path("sendPhoto"), form=form, name="photo", jpeg=jpeg)

    def _send_text(self, payload: Payload) -> Answer:
        return self._ask("sendMessage", as_text(payload))

    def _ask(self, method: str, body: Mapping[str, JSON]) -> Answer:
        return self._wire.ask("POST", self._path(method), body=body)

    def _path(self, method: str) -> str:
        return f"/bot{self._token}/{method}"

    def _failure(self, answer: Answer) -> Failure:
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self._clock()))
