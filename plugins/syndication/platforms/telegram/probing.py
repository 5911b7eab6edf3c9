"""What Telegram's answers show of a bot and of its place in the channel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from syndication.model import JSON
from syndication.platforms.answers import Answer, printable
from syndication.platforms.health import bad, clock_of, good
from syndication.platforms.protocol import Finding, Health


def result(answer: Answer) -> Mapping[str, JSON]:
    """Read what was asked for; empty where Telegram did not give it."""
    found = answer.data.get("result")
    return found if answer.ok and isinstance(found, dict) else {}


def health(bot: Answer, member: Answer, now: datetime) -> Health:
    """Read the answers for the bot itself and for its place in the channel.

    Telegram knows no quota of posts, only a pace; the relay is far slower.

    Source: https://core.telegram.org/bots/api#getchatmember and https://core.telegram.org/bots/faq
    (2026-11-24).
    """
    return Health(
        token=good(f"bot @{printable(str(result(bot).get('username', '')))}"),
        scope=_scope(result(member)),
        clock=clock_of(bot, now),
        quota=good("Telegram tidak membatasi jumlah unggahan, hanya kecepatannya"),
    )


def _scope(member: Mapping[str, JSON]) -> Finding:
    if member.get("status") != "administrator":
        return bad("bot belum menjadi pengurus kanal")
    if member.get("can_post_messages") is not True:
        return bad("bot belum diberi izin mengirim pesan di kanal")
    return good("pengurus kanal yang boleh mengirim")
