"""A Mastodon server, as far as we use it, written to the documented API and to how servers differ.

No server can be had from a package registry, and Mastodon publishes no machine-readable
description; what is checked is what https://docs.joinmastodon.org says of each parameter
(2026-11-24). `Mastodon(...)` is Mastodon itself; its fields make it one of the others. Runs as a
program too: `python -m tests.platforms.fakes.mastodon --port N`.
"""

from __future__ import annotations

import email.parser
import email.policy
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from PIL import Image

from syndication.compose.counting import count
from syndication.model import JSON, Figures
from tests.platforms.fakes.stage import Reply, Request, data, main
from tests.platforms.samples import NOW

PARAMETERS = {
    "POST": {"status", "language", "visibility", "media_ids[]", "sensitive", "in_reply_to_id"},
    "PUT": {"status", "language", "media_ids[]", "sensitive"},
    "DELETE": set[str](),
}
"""What each method of /api/v1/statuses is documented to take, of what we could send."""

LIMITS = {
    "X-RateLimit-Limit": "300",
    "X-RateLimit-Remaining": "297",
    "X-RateLimit-Reset": "2026-11-24T03:05:00.000000Z",
}
FIRST_ID = 115_000_000_000_000_000
ADDRESS = re.compile(r"(https://)([^\s<]+)")
HASHTAG = re.compile(r"#(\w+)")


@dataclass
class Mastodon:
    """One instance with one account. With a `token` only that token is let in."""

    token: str = ""
    honours_key: bool = True
    has_v2: bool = True
    edits: bool = True
    token_refusal: int = 401
    characters: int = 500
    image_bytes: int = 16_777_216
    image_pixels: int = 33_177_600
    media_refusal: str = ""
    unready: int = 0
    media_failure: int = 0
    scopes: tuple[str, ...] = ("read", "write:statuses", "write:media")
    posts: list[dict[str, JSON]] = field(default_factory=list)
    keys: dict[str, dict[str, JSON]] = field(default_factory=dict)
    media: dict[str, dict[str, JSON]] = field(default_factory=dict)
    files: list[bytes] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    said: list[dict[str, JSON]] = field(default_factory=list)
    shows_replies: bool = True
    host: str = ""
    made: int = 0

    def publishes(self, request: Request) -> bool:
        return (request.method, request.path) == ("POST", "/api/v1/statuses")

    def published(self) -> list[dict[str, JSON]]:
        return list(self.posts)

    def reply(self, request: Request) -> Reply:
        self.host = request.headers.get("host", "")
        if self.token and any(self.token in value for value in request.query.values()):
            self.complaints.append("a token in an address")
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["api", "v2", "instance"] if self.has_v2:
                return data(200, {"configuration": self._configuration()})
            case "GET", ["api", "v1", "instance"]:
                told = {"configuration": self._configuration()}
                return (
                    data(200, told, Deprecation="@1668384000") if self.has_v2 else data(200, told)
                )
        if self.token and request.headers.get("authorization") != f"Bearer {self.token}":
            return data(self.token_refusal, {"error": "Tidak diterima"})
        reply = self._asked(request) or data(404, {"error": "Record not found"})
        return replace(reply, headers={**reply.headers, **LIMITS})

    def _asked(self, request: Request) -> Reply | None:
        match request.method, request.path.strip("/").split("/")[2:]:
            case "GET", [("accounts" | "apps"), "verify_credentials"]:
                told = {"id": "1", "acct": "kpknl", "name": "Siar", "scopes": self.scopes}
                return data(200, told)
            case "GET", ["accounts", "1", "statuses"]:
                older = request.query.get("max_id", "9" * 18)
                posts = [post for post in self.posts[::-1] if str(post["id"]) < older]
                return data(200, posts[: int(request.query.get("limit", "20"))])
            case "POST", ["media"] if self.has_v2 or "/v1/" in request.path:
                return self._upload(request)
            case "GET", ["media", media_id] if media_id in self.media:
                return self._progress(media_id)
            case method, ["statuses", *rest]:
                return self._status(request, method, rest)
        return None

    def _status(self, request: Request, method: str, rest: list[str]) -> Reply | None:
        match method, rest:
            case "POST", []:
                return self._create(request)
            case "GET", [post_id, "context"] if self.shows_replies:
                return self._context(post_id)
            case _, [post_id]:
                return self._one(request, method, post_id)
        return None

    def say(self, post_id: str, author: str, text: str, parent: str = "") -> str:
        """Let somebody answer as apps do, naming us; return the answer's id."""
        self.made += 1
        reply_id = str(FIRST_ID + 1000 + self.made)
        name = author.partition("@")[0]
        us = '<span class="h-card"><a href="/@kpknl" class="u-url mention">@<span>kpknl</span></a>'
        reply: dict[str, JSON] = {
            "id": reply_id,
            "created_at": NOW.isoformat().replace("+00:00", "Z"),
            "url": f"http://{self.host}/@{name}/{reply_id}",
            "account": {"id": "77", "acct": author, "username": name},
            "in_reply_to_id": parent or post_id,
            "visibility": "public",
            "spoiler_text": "",
            "content": f"<p>{us}</span> {html.escape(text, quote=False)}</p>",
            "media_attachments": [],
        }
        self.said.append(reply)
        return reply_id

    def count(self, post_id: str, figures: Figures) -> None:
        """Let people like a post, answer it and pass it on."""
        post = next(post for post in self.posts if post["id"] == post_id)
        post.update(
            favourites_count=figures.likes or 0,
            replies_count=figures.replies or 0,
            reblogs_count=figures.shares or 0,
        )

    def _context(self, post_id: str) -> Reply | None:
        everything = [*self.posts, *self.said]
        if all(each["id"] != post_id for each in everything):
            return None
        below, found = {post_id}, []
        for each in sorted(everything, key=lambda each: str(each["id"])):
            if each["in_reply_to_id"] in below:
                below.add(str(each["id"]))
                found.append(each)
        return data(200, {"ancestors": [], "descendants": found})

    def _configuration(self) -> dict[str, JSON]:
        return {
            "statuses": {
                "max_characters": self.characters,
                "max_media_attachments": 4,
                "characters_reserved_per_url": 23,
            },
            "media_attachments": {
                "image_size_limit": self.image_bytes,
                "image_matrix_limit": self.image_pixels,
                "supported_mime_types": ["image/jpeg", "image/png", "image/webp"],
            },
        }

    def _upload(self, request: Request) -> Reply:
        parts = {
            part.get_param("name", header="content-disposition"): part for part in _parts(request)
        }
        content = parts["file"].get_payload(decode=True)
        assert isinstance(content, bytes)
        picture = Image.open(io.BytesIO(content))
        too_large = picture.width * picture.height > self.image_pixels
        if self.media_refusal or too_large or len(content) > self.image_bytes:
            wrong = self.media_refusal or "Validation failed: File must be smaller"
            return data(422, {"error": wrong})
        self.files.append(content)
        media_id = str(FIRST_ID + len(self.files))
        described = parts["description"].get_payload(decode=True)
        assert isinstance(described, bytes)
        self.media[media_id] = {"id": media_id, "type": "image", "description": described.decode()}
        working = self.unready or self.media_failure
        return data(202 if working else 200, self.media[media_id])

    def _progress(self, media_id: str) -> Reply:
        """Say how far the picture is: 206 while it is worked on."""
        if self.unready:
            self.unready -= 1
            return data(206, {**self.media[media_id], "url": None})
        wrong = {"error": "Error processing thumbnail for uploaded media"}
        return data(self.media_failure or 200, wrong if self.media_failure else {"id": media_id})

    def _create(self, request: Request) -> Reply:
        key = request.headers.get("idempotency-key", "")
        if self.honours_key and key in self.keys:
            return data(200, self.keys[key])
        wrong = self._wrong_with(request)
        if wrong:
            return wrong
        above = request.form.get("in_reply_to_id")
        if above and all(each["id"] != above for each in (*self.posts, *self.said)):
            return data(404, {"error": "Record not found"})
        media = _media_ids(request)
        if any(media_id not in self.media for media_id in media):
            missing = ", ".join(media)
            wrong_media = f"Media {missing} not found or already attached to another post"
            return data(422, {"error": f"Validation failed: {wrong_media}"})
        self.made += 1
        post_id = str(FIRST_ID + 1000 + self.made)
        post: dict[str, JSON] = {
            "id": post_id,
            "created_at": max(datetime.now(UTC), NOW).isoformat().replace("+00:00", "Z"),
            "edited_at": None,
            "url": f"http://{request.headers['host']}/@kpknl/{post_id}",
            "language": request.form["language"],
            "visibility": request.form["visibility"],
            "account": {"id": "1", "acct": "kpknl"},
            "in_reply_to_id": above,
            "replies_count": 0,
            "favourites_count": 0,
            "reblogs_count": 0,
            "media_attachments": [self.media.pop(media_id) for media_id in media],
        }
        self._write(post, request)
        self.posts.append(post)
        self.keys[key] = post
        return data(200, post)

    def _one(self, request: Request, method: str, post_id: str) -> Reply | None:
        asked = self.posts if method != "GET" else [*self.posts, *self.said]
        post = next((post for post in asked if post["id"] == post_id), None)
        if post is None or (method == "PUT" and not self.edits):
            return None
        wrong = self._wrong_with(request) if method != "GET" else None
        if wrong:
            return wrong
        if method == "DELETE":
            self.posts.remove(post)
        if method == "PUT":
            files = post["media_attachments"]
            assert isinstance(files, list)
            kept = [each for each in files if each["id"] in _media_ids(request)]
            post["media_attachments"] = kept
            self._write(post, request)
        return data(200, post)

    def _write(self, post: dict[str, JSON], request: Request) -> None:
        post["text"] = request.form["status"]
        post["content"] = rendered(request.form["status"], LINKS[self.has_v2])

    def _wrong_with(self, request: Request) -> Reply | None:
        unknown = set(request.form) - PARAMETERS[request.method]
        if unknown:
            self.complaints.append(f"undocumented: {unknown}")
            return data(422, {"error": f"Validation failed: {unknown}"})
        text = request.form.get("status", "-")
        if not text.strip() or count("mastodon", text) > self.characters:
            return data(422, {"error": "Validation failed: Text character limit exceeded"})
        return None


LINKS = {
    True: r'<a href="\1\2"><span class="invisible">\1</span>\2</a>',
    False: r'<a href="\1\2">\1…</a>',
}
"""How a link is shown: all of it, the scheme hidden, as Mastodon does; or a part, as others do."""


def rendered(text: str, link: str) -> str:
    """Write a text as it is shown: paragraphs, links, linked hashtags."""
    paragraphs = html.escape(text, quote=False).split("\n\n")
    linked = (
        HASHTAG.sub(
            r'<a href="/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>',
            ADDRESS.sub(link, paragraph),
        )
        for paragraph in paragraphs
    )
    return "".join(f"<p>{paragraph}</p>" for paragraph in linked).replace("\n", "<br />")


def _media_ids(request: Request) -> list[str]:
    return [value for name, value in parse_qsl(request.body.decode()) if name == "media_ids[]"]


def _parts(request: Request) -> Iterator[email.message.Message]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    return email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + request.body).walk()


if __name__ == "__main__":
    main(Mastodon())
