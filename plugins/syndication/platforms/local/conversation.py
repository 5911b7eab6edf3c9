"""The addresses of the timeline server at which people answer posts and accounts listen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from syndication.platforms.local.data import BadPost
from syndication.platforms.local.page import Page
from syndication.platforms.local.store import Posts
from syndication.platforms.local.talk import PAGE, Said, Talk, Words
from syndication.platforms.protocol import Clock

LONGEST_NAME = 60
LONGEST_TEXT = 2000
"""In characters: room for a long question; a page that nobody can read helps nobody."""


class Conversation:
    """The server's answers, one method for each address."""

    def __init__(self, posts: Posts, talk: Talk, page: Page, clock: Clock) -> None:
        """Answer about these posts."""
        self._posts = posts
        self._talk = talk
        self._page = page
        self._clock = clock

    def routes(self) -> list[Route]:
        """Name the addresses."""
        return [
            Route("/posts/{id}/responses", self.say, methods=["POST"]),
            Route("/posts/{id}/likes", self.like, methods=["POST"]),
            Route("/api/responses", self.listed),
            Route("/api/responses", self.reply, methods=["POST"]),
            Route("/api/figures", self.figures),
        ]

    async def say(self, request: Request) -> Response:
        """Take what a reader wrote into the form, and show it where it stands."""
        post_id = request.path_params["id"]
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        words = _written(post_id, form)
        if not _same_site(request) or isinstance(words, str):
            fault = words if isinstance(words, str) else "Kirim tanggapan dari halaman ini."
            return await run_in_threadpool(self._again, post_id, fault)
        made = await run_in_threadpool(self._talk.add, words, None, self._clock())
        if made is None:
            return HTMLResponse(self._page.missing(), HTTPStatus.NOT_FOUND)
        return _see(f"/posts/{post_id}#tanggapan-{made[0].id}")

    async def like(self, request: Request) -> Response:
        """Count a reader's liking."""
        post_id = request.path_params["id"]
        post = await run_in_threadpool(self._posts.get, post_id)
        if post is None or post.withdrawn_at or not _same_site(request):
            return HTMLResponse(self._page.missing(), HTTPStatus.NOT_FOUND)
        await run_in_threadpool(self._talk.like, post_id)
        return _see(f"/posts/{post_id}")

    def listed(self, request: Request) -> Response:
        """List what was said below these posts as data, page by page."""
        after = request.query_params.get("after", "0")
        said = self._talk.page(_ids(request), int(after) if after.isdecimal() else 0)
        return JSONResponse([shown(each) for each in said], headers={"X-Page": str(PAGE)})

    async def reply(self, request: Request) -> Response:
        """Take an account's answer: 201, or 200 with the one that the same key has made before."""
        words = _official(await request.body())
        key = request.headers.get("idempotency-key")
        made = await run_in_threadpool(self._talk.add, words, key, self._clock())
        if made is None:
            return JSONResponse({"error": "no such response"}, HTTPStatus.NOT_FOUND)
        return JSONResponse(shown(made[0]), HTTPStatus.CREATED if made[1] else HTTPStatus.OK)

    def figures(self, request: Request) -> Response:
        """Tell how often these posts were seen, liked and answered."""
        counted = self._talk.counted(_ids(request))
        return JSONResponse({post_id: asdict(each) for post_id, each in counted.items()})

    def _again(self, post_id: str, fault: str) -> Response:
        """Show the page once more, with what was wrong."""
        post = self._posts.get(post_id)
        if post is None or post.withdrawn_at:
            return HTMLResponse(self._page.missing(), HTTPStatus.NOT_FOUND)
        counted = self._talk.counted([post_id])[post_id]
        page = self._page.post(post, self._talk.below(post_id), counted, fault=fault)
        return HTMLResponse(page, HTTPStatus.BAD_REQUEST)


def shown(said: Said) -> Mapping[str, object]:
    """Write a response as data."""
    return {**asdict(said.words), "id": said.id, "at": said.at.isoformat()}


def _written(post_id: str, form: Mapping[str, str]) -> Words | str:
    """Read a reader's form, or say what it lacks."""
    author, text = form.get("author", "").strip(), form.get("text", "").strip()
    if not author or not text:
        return "Isi nama dan tanggapan Anda."
    if len(author) > LONGEST_NAME or len(text) > LONGEST_TEXT:
        return f"Paling panjang {LONGEST_NAME} karakter untuk nama, {LONGEST_TEXT} untuk tanggapan."
    return Words(post_id, form.get("parent", ""), author, text.replace("\r\n", "\n"))


def _official(body: bytes) -> Words:
    """Read an account's answer.

    Raises:
        BadPost: it is no JSON object, or a field is missing or of the wrong kind.
    """
    try:
        data = json.loads(body)
        words = Words(data["post"], data["parent"], data["account"], data["text"], official=True)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadPost("an answer is an object of account, post, parent and text") from error
    fields = (words.post_id, words.parent, words.author, words.text)
    if not all(isinstance(field, str) for field in fields):
        raise BadPost("account, post, parent and text must be text")
    if not words.text.strip() or not words.author.strip():
        raise BadPost("account and text must say something")
    return words


def _ids(request: Request) -> list[str]:
    return [each for each in request.query_params.get("posts", "").split(",") if each]


def _same_site(request: Request) -> bool:
    """Tell whether a form came from our own page: no other site may speak for a reader."""
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _see(address: str) -> Response:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)
