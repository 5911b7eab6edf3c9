"""A post in a Telegram channel: the parameters of `sendPhoto` or `sendMessage`, but the photo."""

from __future__ import annotations

from collections.abc import Mapping

from syndication.compose.counting import bound_by
from syndication.compose.rules import packaged
from syndication.model import JSON, Channel, Media, Payload, Post

JPEG = "image/jpeg"


def card(link: str) -> JSON:
    """Ask for the link's card, as large as Telegram draws it.

    Source: https://core.telegram.org/bots/api#linkpreviewoptions (2026-11-24).
    """
    return {"url": link, "prefer_large_media": True}


def as_text(payload: Payload) -> Mapping[str, JSON]:
    """Write a payload as a text of its own, even if it was meant to stand below a picture."""
    body = payload.body
    if "caption" not in body:
        return body
    return {
        "chat_id": body["chat_id"],
        "text": payload.text,
        "link_preview_options": card(payload.link),
    }


class TelegramFormat:
    """Writes posts for one channel."""

    def __init__(self, channel: Channel) -> None:
        """Write for this channel, which is named in every request."""
        self._chat = channel.options.get("chat_id", "")

    def render(self, post: Post) -> Payload:
        """Send the picture with the text below it; a text too long for that goes alone.

        A text that goes alone has the link's card below it, as large as Telegram draws it.
        """
        rules = packaged("telegram")
        if post.picture and bound_by(post.text, rules) <= rules.caption_limit:
            photo = Media(post.picture.url, post.picture.alt, JPEG, post.picture.digest)
            return self._payload(post, {"caption": post.text}, photo)
        return self._payload(post, {"text": post.text, "link_preview_options": card(post.link)})

    def _payload(self, post: Post, said: dict[str, JSON], *media: Media) -> Payload:
        return Payload(
            platform="telegram",
            text=post.text,
            link=post.link,
            body={"chat_id": self._chat, **said},
            media=media,
        )
