"""The web application of an open preview: its pages, and a stream that says when they changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ["127.0.0.1", "localhost"]
"""The only names under which the preview answers, so that no page of the web can reach it."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

PULSE = 1.0
"""Seconds between two signs of life on a stream; also how long closing may take."""


class News:
    """What open pages wait for: that the preview was built again, and why it was not."""

    def __init__(self) -> None:
        """Begin with nothing built and nothing wrong."""
        self.failure = ""
        self.next = asyncio.Event()

    def tell(self, failure: str = "") -> None:
        """Wake every waiting page; `failure` says why the last build did not work."""
        self.failure = failure
        told, self.next = self.next, asyncio.Event()
        told.set()

    async def stream(self, closing: Callable[[], bool]) -> AsyncIterator[str]:
        """Yield server-sent events: the present at once, then each build, until `closing`."""
        while not closing():
            following = self.next
            yield f"event: built\ndata: {json.dumps({'failure': self.failure})}\n\n"
            while not (closing() or following.is_set()):
                try:
                    await asyncio.wait_for(following.wait(), PULSE)
                except TimeoutError:
                    yield ": \n\n"


class Marked:
    """Adds to each answer the headers of the preview, and its ETag where a script can read it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mark its answer."""

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if etag := headers.get("ETag"):
                    headers["Server-Timing"] = f"page;desc={etag}"
            await send(message)

        await self.app(scope, receive, marked)


def application(folder: Path, news: News, closing: Callable[[], bool]) -> Starlette:
    """Return the application that serves `folder`, which must exist but may still be empty."""

    async def changes(_request: Request) -> StreamingResponse:
        return StreamingResponse(news.stream(closing), media_type="text/event-stream")

    packaged: list[str | tuple[str, str]] = [(__package__, "static"), (__package__, "served")]
    files = StaticFiles(directory=folder, packages=packaged, html=True)
    return Starlette(
        routes=[Route("/changes", changes), Mount("/", files)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(Marked)],
    )
