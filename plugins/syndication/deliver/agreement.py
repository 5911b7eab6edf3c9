"""Does this ledger know all that the site shows? Its head alone answers wherever it can.

Only where it cannot is the whole register read: a site without a head, a ledger that is not the
one which the site was built from, or posts that are newer than the site.
"""

from __future__ import annotations

import json
from http import HTTPStatus

import httpx

from syndication.deliver import published
from syndication.deliver.published import Forgotten, Silent
from syndication.deliver.web import past_caches, text_of
from syndication.ledger import heads, queries
from syndication.ledger.heads import Head
from syndication.ledger.store import Ledger

PATH = "/verifikasi/head.json"
MOST_BYTES = 4096

MOST_EVENTS = 1 << 31
"""A number that every database can look for (32 bits, with a sign); no chain is that long."""


def objection(ledger: Ledger, http: httpx.Client, site: str) -> Forgotten | Silent | None:
    """Say why nothing may be sent: the site shows what is unknown here, or cannot be asked."""
    shown = head(http, site)
    if shown and heads.holds(ledger, shown):
        return None
    register = published.fetch(http, site)
    if isinstance(register, Silent):
        return register
    return published.forgotten(ledger, register)


def unshown(ledger: Ledger, http: httpx.Client, site: str) -> int | Forgotten | Silent:
    """Count the posts that the site does not show yet, or shows though they are gone."""
    shown = head(http, site)
    if shown and heads.holds(ledger, shown) and not heads.touched_since(ledger, shown):
        return 0
    register = published.fetch(http, site)
    if isinstance(register, Silent):
        return register
    if lost := published.forgotten(ledger, register):
        return lost
    here = {(post.channel, post.revision, post.url) for post in queries.receipts(ledger)}
    there = {(post.channel, post.revision, post.url) for post in register.posts}
    return len(here ^ there)


def head(http: httpx.Client, site: str) -> Head | None:
    """Read the head that the site prints; None for whatever is not surely one."""
    try:
        with http.stream("GET", past_caches(site.rstrip("/") + PATH)) as response:
            if response.status_code != HTTPStatus.OK:
                return None
            data = json.loads(text_of(response, MOST_BYTES))
        seq, known = data["seq"], data["version"] == published.VERSION
        sure = known and isinstance(seq, int) and 0 < seq < MOST_EVENTS
        return Head(seq, str(data["head"])) if sure else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, RecursionError):
        return None
