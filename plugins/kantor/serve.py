"""Serve a built site on loopback as its web server would: headers, 404 page, compression."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
HEADERS = "_headers"


def headers_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (path pattern, header, value) of a `_headers` file as static hosts read it."""
    pattern = ""
    for line in text.splitlines():
        if line.strip() and not line[0].isspace():
            pattern = line.strip()
        elif ":" in line:
            name, value = line.split(":", 1)
            yield pattern, name.strip(), value.strip()


def applies(pattern: str, path: str) -> bool:
    """Tell whether a pattern covers a path: exactly, or by a `*` at its end."""
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern


class SiteHeaders:
    """Adds what the site's own `_headers` file asks for; it is read anew for each request."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        """Wrap `app`; `folder` is the site, which a deployment may switch at any time."""
        self.app = app
        self.file = folder / HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        path = scope.get("path", "")
        text = self.file.read_text("utf-8") if self.file.is_file() else ""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for pattern, name, value in headers_of(text):
                    if applies(pattern, path):
                        headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers)


class SiteFiles(StaticFiles):
    """Files of a folder that may not be there before the first deployment."""

    async def check_config(self) -> None:
        """Let a missing folder be an empty site: every address in it is a 404."""


def application(folder: Path) -> Starlette:
    """Return the web application that serves `folder`, which a deployment may switch."""
    files = SiteFiles(directory=folder, html=True, check_dir=False, follow_symlink=True)
    middleware = [Middleware(SiteHeaders, folder=folder), Middleware(GZipMiddleware)]
    return Starlette(routes=[Mount("/", files)], middleware=middleware)


def main() -> None:
    """Serve a folder until interrupted."""
    parser = argparse.ArgumentParser(prog="kantor.serve", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="folder situs yang sudah dibangun")
    parser.add_argument("--port", type=int, default=8000, help="nomor port (bawaan: 8000)")
    options = parser.parse_args()
    app = application(options.folder.absolute())
    uvicorn.run(app, host=HOST, port=options.port, log_level="warning")


if __name__ == "__main__":
    main()
