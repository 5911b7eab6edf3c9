"""The public register: which posts are the office's own, for readers and for recovery."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from syndication.model import JSON, Channel, Entry

PATH = "verifikasi/register.json"
VERSION = 1


@dataclass(frozen=True, slots=True)
class OfficialPost:
    """One published copy, as pages list it. `at` is aware."""

    channel: str
    platform: str
    account: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An article with its official posts, newest post first."""

    title: str
    url: str
    lang: str
    posts: tuple[OfficialPost, ...]


def official_posts(
    entries: Iterable[Entry], channels: Mapping[str, Channel]
) -> dict[tuple[str, str], tuple[OfficialPost, ...]]:
    """Group the delivered entries' posts by (article ID, language), newest first."""
    found: dict[tuple[str, str], list[OfficialPost]] = {}
    for entry in entries:
        if entry.receipt is None:
            continue
        channel = channels.get(entry.channel)
        post = OfficialPost(
            channel=entry.channel,
            platform=entry.payload.platform if entry.payload else "",
            account=channel.account if channel else entry.channel,
            url=entry.receipt.url,
            at=entry.receipt.at,
        )
        found.setdefault((entry.article_id, entry.lang), []).append(post)
    return {
        key: tuple(sorted(posts, key=lambda post: post.at, reverse=True))
        for key, posts in found.items()
    }


def document(entries: Iterable[Entry], *, site: str, head: str) -> str:
    """Write the register as JSON: every receipt, and the head of the event chain."""
    posts: list[JSON] = [
        {
            "article": entry.article_id,
            "lang": entry.lang,
            "channel": entry.channel,
            "revision": entry.revision,
            "platform": entry.payload.platform if entry.payload else "",
            "url": entry.receipt.url,
            "at": entry.receipt.at.isoformat(),
            "payload_sha256": entry.payload.sha256 if entry.payload else "",
        }
        for entry in entries
        if entry.receipt
    ]
    whole = {"version": VERSION, "site": site, "head": head, "posts": posts}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
