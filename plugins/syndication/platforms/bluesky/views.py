"""What an app view shows: posts as people see them, counted, and the replies below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from syndication.model import JSON, Figures
from syndication.platforms.answers import Answer, objects
from syndication.platforms.bluesky.record import created, moment

ADDRESS = re.compile(r"at://did:[a-z]+:[\w.:%-]+/app\.bsky\.feed\.post/[\w.~:-]+", re.ASCII)
"""Source: https://atproto.com/specs/at-uri-scheme (2026-11-24)."""


@dataclass(frozen=True, slots=True)
class View:
    """A post as an app view shows it; `cid` is its version, `author` its account's handle."""

    uri: str
    cid: str
    did: str
    author: str
    value: Mapping[str, JSON]
    indexed: datetime | None
    figures: Figures

    @property
    def at(self) -> datetime | None:
        """When it was said: as its record tells, but no later than the app view first saw it.

        Source: https://docs.bsky.app/docs/advanced-guides/timestamps (2026-11-24).
        """
        told = [each for each in (created(self.value), self.indexed) if each]
        return min(told, default=None)

    @property
    def text(self) -> str:
        """What it says."""
        text = self.value.get("text")
        return text if isinstance(text, str) else ""

    @property
    def parent(self) -> str:
        """The address of the post that it answers; "" where it answers none."""
        return answered(self.value)

    @property
    def root(self) -> Mapping[str, JSON]:
        """Refer to the post at the top of its thread: itself, unless it answers another."""
        root = _table(_table(self.value.get("reply")).get("root"))
        told = isinstance(root.get("uri"), str) and isinstance(root.get("cid"), str)
        return {"uri": root["uri"], "cid": root["cid"]} if told else self.reference

    @property
    def reference(self) -> Mapping[str, JSON]:
        """Refer to it in this version (`com.atproto.repo.strongRef`)."""
        return {"uri": self.uri, "cid": self.cid}


def answered(value: Mapping[str, JSON]) -> str:
    """Read the address of the post that a record answers; "" where it answers none."""
    uri = _table(_table(value.get("reply")).get("parent")).get("uri")
    return uri if isinstance(uri, str) else ""


def shown(answer: Answer) -> list[View] | None:
    """Read the answer of `getPosts`; None where it is none."""
    posts = answer.data.get("posts")
    if not (answer.ok and isinstance(posts, list)):
        return None
    return [view for view in map(_view, objects(posts)) if view]


def below(answer: Answer) -> Iterator[View]:
    """Read the posts below the one whose thread an answer shows; what is hidden is left out."""
    waiting = objects(_table(answer.data.get("thread")).get("replies"))
    while waiting:
        node = waiting.pop()
        waiting += objects(node.get("replies"))
        view = _view(_table(node.get("post")))
        if view:
            yield view


def _view(post: Mapping[str, JSON]) -> View | None:
    uri, cid, author = post.get("uri"), post.get("cid"), _table(post.get("author"))
    did, handle = author.get("did"), author.get("handle")
    if not (isinstance(uri, str) and isinstance(cid, str) and ADDRESS.fullmatch(uri)):
        return None
    return View(
        uri=uri,
        cid=cid,
        did=did if isinstance(did, str) else "",
        author=handle if isinstance(handle, str) else "",
        value=_table(post.get("record")),
        indexed=moment(post.get("indexedAt")),
        figures=_figures(post),
    )


def _figures(post: Mapping[str, JSON]) -> Figures:
    """Read the counts of a post; a quotation shares it, too."""
    shares = [
        each for name in ("repostCount", "quoteCount") if (each := _count(post, name)) is not None
    ]
    return Figures(
        likes=_count(post, "likeCount"),
        replies=_count(post, "replyCount"),
        shares=sum(shares) if shares else None,
    )


def _count(post: Mapping[str, JSON], name: str) -> int | None:
    value = post.get(name)
    return value if type(value) is int and value >= 0 else None


def _table(value: JSON) -> Mapping[str, JSON]:
    return value if isinstance(value, Mapping) else {}
