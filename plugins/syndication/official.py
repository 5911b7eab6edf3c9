"""The public register: which posts are the office's own, for readers and for recovery."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from syndication.ledger.heads import Head
from syndication.ledger.queries import Posted
from syndication.ledger.revisions import OldCopy
from syndication.model import JSON, Article, Channel

PATH = "verifikasi/register.json"
HEAD_PATH = "verifikasi/head.json"
"""The head alone: small, so that whoever only asks whether something is new need not read all."""
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
    """Write the register as JSON: every post in public, a line each, and the chain's head."""
    posts = ",\n".join(_line(_shown(each)) for each in posted)
    start = f'"head": {_line(head)},\n"posts": [\n{posts}\n]'
    return f'{{\n{start},\n"site": {_line(site)},\n"version": {VERSION}\n}}\n'


def head_document(head: Head, *, site: str) -> str:
    """Write the head of the event chain, with its place, as JSON."""
    return _line({"version": VERSION, "site": site, "seq": head.seq, "head": head.hash}) + "\n"


def _shown(post: Posted) -> JSON:
    return {
        "article": post.article_id,
        "lang": post.lang,
        "channel": post.channel,
        "revision": post.revision,
        "platform": post.platform,
        "url": post.url,
        "post_id": post.post_id,
        "at": post.at.isoformat(),
        "payload_sha256": post.payload_sha256,
        "deed": post.deed.value,
        "correction": post.correction,
    }


def _line(value: JSON) -> str:
    """Write a value on one line; the standard library does that in C, but indents in Python."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
