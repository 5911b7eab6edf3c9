"""A small app view: what a real PDS asks to see posts as people do. It makes up nothing.

Bluesky's own app view needs PostgreSQL, Redis and a data plane that no registry has in one piece.
This one answers the two calls that we make from the real records on the PDS, and holds each of its
answers against the models that the atproto SDK has generated from Bluesky's lexicons, strictly.
With `lags` it says that it has seen nothing of the account yet; then the PDS reads the answer by
its own lexicons, and adds what it knows better.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from atproto_client import models
from atproto_client.exceptions import ModelError
from atproto_client.models.utils import get_or_create

from syndication.model import JSON
from tests.platforms.fakes.people import LIKE, REPOST, Record, accounts, handle_of, posts_of
from tests.platforms.fakes.stage import Reply, Request, data

THREAD, POSTS = "app.bsky.feed.getPostThread", "app.bsky.feed.getPosts"
DID = "did:web:app-view.test"
INDEXED = "2026-11-24T03:00:30.000Z"
VIEW, NODE = "app.bsky.feed.defs#postView", "app.bsky.feed.defs#threadViewPost"
FIRST_REV = "2222222222222"


@dataclass
class AppView:
    """Shows what stands on the PDS at `url`, which is told once it runs."""

    url: str = ""
    lags: bool = False
    indexed: str = INDEXED
    handles: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def publishes(self, request: Request) -> bool:
        del request
        return False

    def published(self) -> list[dict[str, JSON]]:
        return []

    def reply(self, request: Request) -> Reply:
        method = request.path.removeprefix("/xrpc/")
        self._check_who_asks(request, method)
        posts = self._posts()
        query = parse_qs(request.asked)
        if method == POSTS:
            shown: Record = {"posts": [posts[uri] for uri in query["uris"] if uri in posts]}
            return self._told(shown, models.AppBskyFeedGetPosts.Response)
        (uri,) = query["uri"]
        if method != THREAD or uri not in posts:
            return data(400, {"error": "NotFound", "message": f"Post not found: {uri}"})
        thread = _node(posts[uri], posts, int(query["depth"][0]))
        return self._told({"thread": thread}, models.AppBskyFeedGetPostThread.Response)

    def _told(self, shown: Record, model: type[models.base.ModelBase]) -> Reply:
        try:
            get_or_create(json.loads(json.dumps(shown)), model, strict_string_format=True)
        except ModelError as error:
            self.complaints.append(str(error))
        return data(200, shown, **({"Atproto-Repo-Rev": FIRST_REV} if self.lags else {}))

    def _check_who_asks(self, request: Request, method: str) -> None:
        """See that the PDS speaks for an account, to us, and of this call alone."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        if claims["aud"].partition("#")[0] != DID or claims["lxm"] != method:
            self.complaints.append(f"{claims} for {method}")

    def _posts(self) -> Mapping[str, Record]:
        """Show every post that there is, counted."""
        people = accounts(self.url)
        records = [(did, each) for did in people for each in posts_of(self.url, did)]
        liked, reposted = (
            [_subject(each) for did in people for each in posts_of(self.url, did, collection)]
            for collection in (LIKE, REPOST)
        )
        answered = [_above(each) for _, each in records]
        quoted = [_quoted(each) for _, each in records]
        return {
            uri: self._view(did, record)
            | {
                "likeCount": liked.count(uri),
                "repostCount": reposted.count(uri),
                "replyCount": answered.count(uri),
                "quoteCount": quoted.count(uri),
            }
            for did, record in records
            for uri in [str(record["uri"])]
        }

    def _view(self, did: str, record: Record) -> Record:
        if did not in self.handles:
            self.handles[did] = handle_of(self.url, did)
        return {
            "$type": VIEW,
            "uri": record["uri"],
            "cid": record["cid"],
            "author": {"did": did, "handle": self.handles[did]},
            "record": record["value"],
            "indexedAt": self.indexed,
        }


def _node(post: Record, posts: Mapping[str, Record], depth: int) -> Record:
    replies = [
        _node(each, posts, depth - 1)
        for each in posts.values()
        if depth and _above({"value": each["record"]}) == post["uri"]
    ]
    return {"$type": NODE, "post": post, "replies": replies}


def _subject(record: Record) -> str:
    return _uri(record, "subject")


def _above(record: Record) -> str:
    return _uri(record, "reply", "parent")


def _quoted(record: Record) -> str:
    return _uri(record, "embed", "record")


def _uri(record: Record, *path: str) -> str:
    found: JSON = record["value"]
    for name in (*path, "uri"):
        found = found.get(name) if isinstance(found, dict) else None
    return str(found or "")
