"""What a Mastodon server says of an account's token, rights and limits."""

from __future__ import annotations

from datetime import datetime

from syndication.platforms.answers import Answer
from syndication.platforms.health import bad, clock_of, good, unknown
from syndication.platforms.protocol import Finding, Health

NEEDED = ("read:accounts", "read:statuses", "write:statuses", "write:media")
"""What the client does; a scope without ":" covers all of its kind.

Source: https://docs.joinmastodon.org/api/oauth-scopes/ (2026-11-24).
"""


def health(me: Answer, app: Answer, now: datetime) -> Health:
    """Read the answers of `verify_credentials`, for the account and for its application."""
    return Health(
        token=good(f"masuk sebagai @{me.data.get('acct')}"),
        scope=_scope(app),
        clock=clock_of(me, now),
        quota=_quota(me),
    )


def _scope(app: Answer) -> Finding:
    """Read the scopes, which only newer servers tell (Mastodon 4.3)."""
    told = app.data.get("scopes")
    if not app.ok or not isinstance(told, list):
        return unknown("server tidak menyebut hak token")
    missing = [each for each in NEEDED if not {each, each.partition(":")[0]} & set(map(str, told))]
    if missing:
        return bad(f"hak token kurang: {', '.join(missing)}")
    return good("token boleh membaca dan mengunggah")


def _quota(me: Answer) -> Finding:
    left = me.headers.get("x-ratelimit-remaining", "")
    if not left.isdecimal():
        return unknown("server tidak menyebut batas")
    limit = me.headers.get("x-ratelimit-limit", "?")
    says = f"sisa {left} dari {limit} permintaan"
    return good(says) if int(left) else bad(says)
