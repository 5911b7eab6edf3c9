"""The public register: which posts are the office's own, for readers and for recovery."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from syndication.ledger.queries import Posted
from syndication.ledger.revisions import OldCopy
from syndication.model import JSON, Article, Channel

PATH = "verifikasi/register.json"
VERSION = 1
OLD, STANDING = "old", "standing"


@dataclass(frozen=True, slots=True)
class OfficialPost:
    """One published copy, as pages list it. `at` is aware.

    `note` is `OLD` where it shows the text from before a correction, `STANDING` where its article
    was withdrawn and it could not be taken back (yet), else empty.
    """

    channel: str
    platform: str
    account: str
    url: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An article with its official posts, newest post first."""

    title: str
    url: str
    lang: str
    posts: tuple[OfficialPost, ...]


Posts = Mapping[tuple[str, str], tuple[OfficialPost, ...]]
"""(article ID, language) → its official posts."""


def official_posts(
    posted: Iterable[Posted], channels: Mapping[str, Channel], old: Iterable[OldCopy] = ()
) -> Posts:
    """Group the posts in public by their article, newest first, and note which are `old`."""
    notes = {each.entry.id: OLD if each.correction else STANDING for each in old}
    found: dict[tuple[str, str], list[OfficialPost]] = {}
    for each in posted:
        channel = channels.get(each.channel)
        account = channel.account if channel else each.channel
        note = notes.get(each.entry_id, "")
        post = OfficialPost(each.channel, each.platform, account, each.url, each.at, note)
        found.setdefault((each.article_id, each.lang), []).insert(0, post)
    return {article: tuple(posts) for article, posts in found.items()}


def rows(articles: Iterable[Article], posts: Posts) -> list[RegisterRow]:
    """List the articles that have official posts, in the order given."""
    return [
        RegisterRow(article.title, article.url, article.lang, posts[article.id, article.lang])
        for article in articles
        if (article.id, article.lang) in posts
    ]


def document(posted: Iterable[Posted], *, site: str, head: str) -> str:
    """Write the register as JSON: every post in public, and the head of the event chain."""
    posts: list[JSON] = [
        {
            "article": each.article_id,
            "lang": each.lang,
            "channel": each.channel,
            "revision": each.revision,
            "platform": each.platform,
            "url": each.url,
            "post_id": each.post_id,
            "at": each.at.isoformat(),
            "payload_sha256": each.payload_sha256,
        }
        for each in posted
    ]
    whole = {"version": VERSION, "site": site, "head": head, "posts": posts}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
