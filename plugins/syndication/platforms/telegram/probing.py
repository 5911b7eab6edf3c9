"""What Telegram's answers show of a bot and of its place in the channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from syndication.model import JSON
from syndication.platforms.answers import Answer, printable
from syndication.platforms.health import bad, clock_of, good
from syndication.platforms.protocol import Finding, Health


def result(answer: Answer) -> Mapping[str, JSON]:
    """Read what was asked for; empty where Telegram did not give it."""
    found = answer.data.get("result")
    return found if answer.ok and isinstance(found, dict) else {}


PLACES = ("chat_id", "discussion")
"""The options that name where the bot must be: the channel, and the group that is linked to it."""

INSIDE = frozenset({"creator", "administrator"})
"""Those of a group's members who are told of everything that is said there."""


def health(bot: Answer, members: Sequence[Answer], now: datetime) -> Health:
    """Read the answers for the bot itself and for its place in the channel (and in the group).

    Telegram knows no quota of posts, only a pace; the relay is far slower.

    Source: https://core.telegram.org/bots/api#getchatmember and https://core.telegram.org/bots/faq
    (2026-11-24).
    """
    return Health(
        token=good(f"bot @{printable(str(result(bot).get('username', '')))}"),
        scope=_scope(result(bot), [result(member) for member in members]),
        clock=clock_of(bot, now),
        quota=good("Telegram tidak membatasi jumlah unggahan, hanya kecepatannya"),
    )


def _scope(bot: Mapping[str, JSON], members: Sequence[Mapping[str, JSON]]) -> Finding:
    in_channel, *in_group = members
    if in_channel.get("status") != "administrator":
        return bad("bot belum menjadi pengurus kanal")
    if in_channel.get("can_post_messages") is not True:
        return bad("bot belum diberi izin mengirim pesan di kanal")
    for member in in_group:
        hears_all = member.get("status") == "member" and bot.get("can_read_all_group_messages")
        if not (hears_all or member.get("status") in INSIDE):
            return bad("bot belum menjadi pengurus grup diskusi, jadi tidak membaca komentar")
    return good("pengurus kanal yang boleh mengirim")
