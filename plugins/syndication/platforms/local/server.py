"""A timeline on this machine: takes posts over HTTP and shows them as readers would see them.

Started by `python -m syndication.platforms.local.server --database PATH --port N`.
"""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from syndication.clock import now
from syndication.platforms.local.conversation import Conversation
from syndication.platforms.local.data import BadPost, read, shown
from syndication.platforms.local.page import Page
from syndication.platforms.local.store import Posts
from syndication.platforms.local.talk import Talk
from syndication.platforms.protocol import Clock

HOST = "127.0.0.1"

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'; img-src https: http://127.0.0.1:* http://localhost:*"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Pictures may come from the article's own site: https, or a preview on this machine.

With `no-referrer` browsers would send a form with `Origin: null`, and it could not be told from one
of another site (https://fetch.spec.whatwg.org/#append-a-request-origin-header, 2026-11-24).
"""


class Timeline:
    """The server's answers, one method for each address."""

    def __init__(self, posts: Posts, talk: Talk, page: Page, clock: Clock) -> None:
        """Answer from these posts."""
        self._posts = posts
        self._talk = talk
        self._page = page
        self._clock = clock

    async def add(self, request: Request) -> Response:
        """Take a post: 201, or 200 with the post that the same key has made before."""
        content = read(await request.body())
        key = request.headers.get("idempotency-key")
        post, new = await run_in_threadpool(self._posts.add, content, key, self._clock())
        return JSONResponse(shown(post), HTTPStatus.CREATED if new else HTTPStatus.OK)

    async def edit(self, request: Request) -> Response:
        """Change what a post says."""
        content = read(await request.body())
        post_id = request.path_params["id"]
        post = await run_in_threadpool(self._posts.edit, post_id, content, self._clock())
        return JSONResponse(shown(post)) if post else _no_post()

    def withdraw(self, request: Request) -> Response:
        """Take a post off the timeline."""
        post = self._posts.withdraw(request.path_params["id"], self._clock())
        return JSONResponse(shown(post)) if post else _no_post()

    def listed(self, request: Request) -> Response:
        """List the posts as data, the newest first."""
        posts = self._posts.newest(request.query_params.get("account", ""))
        return JSONResponse([shown(post) for post in posts])

    def timeline(self, request: Request) -> Response:
        """Show the posts, of all accounts or of the one in the address."""
        chosen = request.path_params.get("account", "")
        posts = self._posts.newest()
        accounts = sorted({post.content.account for post in posts})
        if chosen and chosen not in accounts:
            return HTMLResponse(self._page.missing(), HTTPStatus.NOT_FOUND)
        these = [post for post in posts if chosen in ("", post.content.account)]
        counted = self._talk.counted([post.id for post in these])
        return HTMLResponse(self._page.timeline(these, counted, accounts, chosen))

    def post(self, request: Request) -> Response:
        """Show one post with what was said below it: 410 where it was withdrawn."""
        post = self._posts.get(request.path_params["id"])
        if post is None:
            return HTMLResponse(self._page.missing(), HTTPStatus.NOT_FOUND)
        if post.withdrawn_at:
            return HTMLResponse(self._page.withdrawn(post), HTTPStatus.GONE)
        self._talk.view(post.id)
        counted = self._talk.counted([post.id])[post.id]
        return HTMLResponse(self._page.post(post, self._talk.below(post.id), counted))

    def health(self, _: Request) -> Response:
        """Say that the server is up and its database readable."""
        return JSONResponse({"ok": True, "posts": len(self._posts.newest())})


def make_app(database: Path, zone: ZoneInfo, clock: Clock) -> Starlette:
    """Make the timeline server over a database, which is made where it is missing."""
    posts, page = Posts(database), Page(zone)
    talk = Talk(database)
    timeline = Timeline(posts, talk, page, clock)
    return Starlette(
        routes=[
            *Conversation(posts, talk, page, clock).routes(),
            Route("/", timeline.timeline),
            Route("/@{account}", timeline.timeline),
            Route("/posts/{id}", timeline.post),
            Route("/api/posts", timeline.listed),
            Route("/api/posts", timeline.add, methods=["POST"]),
            Route("/api/posts/{id}", timeline.edit, methods=["PUT"]),
            Route("/api/posts/{id}", timeline.withdraw, methods=["DELETE"]),
            Route("/health", timeline.health),
            Route("/timeline.css", stylesheet),
            Route("/favicon.ico", no_icon),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guarded)],
        exception_handlers={BadPost: _bad_post},
    )


def stylesheet(_: Request) -> Response:
    """Serve the one stylesheet."""
    css = (resources.files(__package__) / "timeline.css").read_text(encoding="utf-8")
    return Response(css, media_type="text/css")


def no_icon(_: Request) -> Response:
    """Tell browsers, which ask for one by themselves, that there is no icon."""
    return Response(status_code=HTTPStatus.NO_CONTENT)


async def guarded(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """Send the same strict headers with every answer."""
    response = await answer(request)
    response.headers.update(HEADERS)
    return response


def _no_post() -> Response:
    return JSONResponse({"error": "no such post"}, HTTPStatus.NOT_FOUND)


def _bad_post(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, HTTPStatus.BAD_REQUEST)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until stopped; the first line on standard output is the address."""
    parser = argparse.ArgumentParser(description="Linimasa lokal untuk mencoba Siar.")
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--zone", type=ZoneInfo, default=ZoneInfo("Asia/Jakarta"))
    options = parser.parse_args(arguments)
    app = make_app(options.database, options.zone, now)
    with socket.create_server((HOST, options.port)) as listening:
        sys.stdout.write(f"http://{HOST}:{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        config = uvicorn.Config(app, log_level="warning", ws="none", server_header=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
