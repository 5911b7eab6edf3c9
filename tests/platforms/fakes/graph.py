"""How Meta's Graph APIs word what they answer: errors, and lists page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syndication.model import JSON
from syndication.platforms.answers import DocumentedError
from tests.platforms.fakes.stage import Reply, Request, data


def bearer(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def gone(thing: str) -> Reply:
    return error(100, f"Object with ID '{thing}' does not exist", subcode=33)


def error(code: int, message: str, *, subcode: int = 0, status: int = 400) -> Reply:
    body: dict[str, object] = {
        "message": f"(#{code}) {message}",
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "AbCdEfGhIjKlMnOpQrStUv",
    }
    if subcode:
        body["error_subcode"] = subcode
    return data(status, {"error": body})


def worded(documented: DocumentedError) -> Reply:
    """Word a documented error as Meta does."""
    body: dict[str, object] = {
        "code": documented.code or 1349,
        "error_subcode": documented.subcode,
        "message": f"(#{documented.code}) No: {documented.says}.",
        "type": "OAuthException",
        "is_transient": documented.says == "is_transient",
    }
    return data(documented.status or 400, {"error": body})


def paged(
    rows: Sequence[Mapping[str, JSON]], *, size: int, after: str = "", token: str = ""
) -> dict[str, JSON]:
    """Cut a page out of a list; the address of the next one has the token in it, as Meta's do."""
    first = int(after or 0)
    last = first + size
    paging: dict[str, JSON] = {"cursors": {"before": str(first), "after": str(last)}}
    if last < len(rows):
        paging["next"] = f"https://graph.facebook.com/next?access_token={token}&after={last}"
    return {"data": rows[first:last], "paging": paging}
