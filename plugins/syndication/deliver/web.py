"""The HTTP client with which the house looks at its own site, as a reader's browser would."""

from __future__ import annotations

import ssl
from datetime import timedelta
from functools import cache
from secrets import token_hex

import httpx

PATIENCE = timedelta(seconds=10)
"""A page that readers wait longer for is not live for them."""

DIRECT: tuple[str, ...] = ("all://127.0.0.1", "all://localhost", "all://[::1]")
"""No proxy of the environment stands before this machine."""

FRESH = {
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
    "User-Agent": "Siar (live check)",
}


@cache
def trust() -> ssl.SSLContext:
    """Load the certificates that are trusted: 50 ms, so once for a process."""
    return httpx.create_ssl_context()


def client(*, patience: timedelta = PATIENCE) -> httpx.Client:
    """Make a client that asks for what is there now, and follows no redirect."""
    return httpx.Client(
        headers=FRESH,
        verify=trust(),
        timeout=patience.total_seconds(),
        follow_redirects=False,
        mounts=dict.fromkeys(DIRECT),
    )


def past_caches(url: str) -> httpx.URL:
    """Write an address that no cache can have, of a file that servers give all the same.

    Raises:
        InvalidURL: it is none.
    """
    return httpx.URL(url, params={"siar": token_hex(8)})


def text_of(response: httpx.Response, most_bytes: int) -> bytes:
    """Read a streamed answer up to a limit: what is past it could fill the memory."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) >= most_bytes:
            break
    return bytes(body[:most_bytes])
