"""The SDK's way to its servers: over our own client, so that every answer is ours to judge."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from atproto_client.exceptions import RequestException
from atproto_client.request import Request, Response

from syndication.platforms.answers import Answer
from syndication.platforms.direct import Direct
from syndication.platforms.hosts import on_loopback
from syndication.platforms.protocol import Secret

XRPC = "/xrpc/"


class Line(Request):  # type: ignore[misc]  # the SDK is not marked as typed
    """Speaks with one PDS. `heard` are the answers since it was cleared, each with its method."""

    def __init__(self, host: str, *, hidden: Collection[Secret], seconds: float) -> None:
        """Open nothing yet; `hidden` are the secrets that no text from here may hold."""
        super().__init__()
        self.close()  # the SDK's own connections are never used
        self._host = host
        self._seconds = seconds
        self.heard: list[tuple[str, Answer]] = []
        self.hide(hidden)

    def hide(self, hidden: Collection[Secret]) -> None:
        """Hide these secrets from now on, and no others."""
        self._direct = Direct(self._host, hidden=hidden, seconds=self._seconds)

    def get(self, **request: Any) -> Response:  # noqa: ANN401 -- as in the SDK
        """Ask, once, and follow nothing."""
        return self._speak("GET", **request)

    def post(self, **request: Any) -> Response:  # noqa: ANN401 -- as in the SDK
        """Send, once, and follow nothing."""
        return self._speak("POST", **request)

    def _speak(self, method: str, url: str, **request: Any) -> Response:  # noqa: ANN401 -- as in the SDK
        params = request.get("params") or {}
        answer = self._direct.send(
            method,
            self._address(url),
            content=request.get("content") or request.get("data") or b"",
            headers=self.get_headers(request.get("headers")),
            query={name: value for name, value in params.items() if value is not None},
        )
        self.heard.append((url.rpartition(XRPC)[2], answer))
        if not answer.ok:
            raise RequestException
        content = json.loads(answer.text)
        return Response(
            success=True, status_code=answer.status, content=content, headers={**answer.headers}
        )

    def _address(self, url: str) -> str:
        """Go where the account's own PDS is, as its identity says, but never in clear."""
        if url.startswith("https://") and not on_loopback(self._host):
            return url
        return XRPC + url.rpartition(XRPC)[2]
