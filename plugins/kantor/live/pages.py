"""The site as the development server shows it: each page with the script that follows it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from html import escape
from importlib import resources
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import Scope

from kantor.serve import SiteFiles
from syndication.preview.live import HOSTS, News

SCRIPT, CHANGES = "/_langsung/ikuti.js", "/_langsung/perubahan"
NOT_FOUND = 404
WAITING = (
    '<!doctype html><html lang="id"><meta charset="utf-8"><title>Belum ada</title>'
    "<p>Halaman ini belum ada. Begitu situs selesai dibangun dan halamannya ada, ia tampil di sini."
    "</p></html>"
)


class LivePages(SiteFiles):
    """Files of the built site; a page gets the script, and is never kept by the browser."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, or with a page that waits for it."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != NOT_FOUND:
                raise
            return _live(WAITING, "", NOT_FOUND)
        if isinstance(response, FileResponse) and str(response.path).endswith(".html"):
            return await to_thread(_with_file, response)
        return response


def _with_file(response: FileResponse) -> HTMLResponse:
    html = Path(response.path).read_text("utf-8")
    return _live(html, response.headers["ETag"], response.status_code)


def _live(html: str, etag: str, status: int) -> HTMLResponse:
    """Answer with a page that knows its own mark."""
    headers = {"Cache-Control": "no-store"} | ({"ETag": etag} if etag else {})
    return HTMLResponse(with_script(html, etag), status, headers)


def with_script(html: str, etag: str) -> str:
    """Put the script at the end of a page: it may, since it comes from the page's own origin."""
    tag = f'<script src="{SCRIPT}" data-etag="{escape(etag)}" defer></script>'
    body, end, rest = html.rpartition("</body>")
    return f"{body}{tag}{end}{rest}" if end else f"{html}{tag}"


def application(folder: Path, news: News, closing: Callable[[], bool]) -> Starlette:
    """Return the application that serves `folder` and tells open pages the news of it."""

    async def changes(_request: Request) -> StreamingResponse:
        return StreamingResponse(news.stream(closing), media_type="text/event-stream")

    async def script(_request: Request) -> Response:
        text = resources.files(__package__).joinpath("ikuti.js").read_text("utf-8")
        return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    files = LivePages(directory=folder, html=True, check_dir=False)
    return Starlette(
        routes=[Route(CHANGES, changes), Route(SCRIPT, script), Mount("/", files)],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
    )
