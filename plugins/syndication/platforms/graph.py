"""The session through which facebook-sdk speaks to the Graph API."""

from __future__ import annotations

import requests

from syndication.platforms.wire import Wire

STATED_HOST = "https://graph.facebook.com"
"""What facebook-sdk 3.1.0 has built in, and Meta's own (2026-11-24)."""

VERSION = "v26.0"
"""The Graph version that the requests are written for.

Source: https://developers.facebook.com/docs/graph-api/changelog (2026-11-24).
"""


class GraphWire(Wire):
    """A session that keeps the token out of every address, which logs and errors quote."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Move the token from the query to a header; in a form it may stay."""
        token = request.params.pop("access_token", None)
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        return super().prepare_request(request)
