"""What Facebook's answers show of a Page's token."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from syndication.model import JSON
from syndication.platforms.answers import Answer, printable
from syndication.platforms.health import bad, clock_of, good, unknown
from syndication.platforms.meta import USAGE
from syndication.platforms.protocol import Finding, Health, Secret

SCOPES = ("pages_manage_posts", "pages_read_engagement")
"""What a token must allow: to post, and to read the Page's posts back.

Source: https://developers.facebook.com/docs/pages-api/posts (2026-11-24).
"""

FURTHER = {
    "pages_read_user_content": "komentar terbaca lengkap",
    "pages_manage_engagement": "komentar dapat dibalas",
    "read_insights": "jumlah dilihat terbaca",
}
"""What a token may allow besides; posts go out without it.

Source: https://developers.facebook.com/docs/permissions (2026-11-24).
"""

SOON = timedelta(days=7)
"""Our own choice: a token that ends within a week is renewed in working hours, if someone knows."""

APP_USAGE = "x-app-usage"
"""A JSON object of percentages; at 100 Meta refuses calls.

Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting (2026-11-24).
"""

PERCENTAGES = ("call_count", "total_time", "total_cputime")
FULL = 100


def asked_of_itself(token: Secret) -> dict[str, str]:
    """Write the question what a token may do, as a batch: there it stands in no address.

    Source: https://developers.facebook.com/docs/graph-api/batch-requests and
    https://developers.facebook.com/docs/graph-api/reference/debug_token (2026-11-24).
    """
    address = f"debug_token?input_token={quote(token, safe='')}"
    batch = [{"method": "GET", "relative_url": address}]
    return {"batch": json.dumps(batch), "include_headers": "false"}


def health(page: Answer, token: Answer, now: datetime) -> Health:
    """Read the answers for the Page itself and for what its token may do."""
    described = _described(token)
    return Health(
        token=_token(printable(str(page.data.get("name", ""))), described, now),
        scope=_scope(described),
        clock=clock_of(page, now),
        quota=_quota(page),
    )


def _described(answer: Answer) -> Mapping[str, JSON]:
    """Read the one answer of the batch; empty where Meta does not tell."""
    try:
        body = json.loads(json.loads(answer.text)[0]["body"])
        data = body["data"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _token(name: str, described: Mapping[str, JSON], now: datetime) -> Finding:
    kind = described.get("type", "PAGE")
    if kind != "PAGE":
        return bad(f"ini token {printable(str(kind))}, bukan token Halaman")
    if described.get("is_valid", True) is not True:
        return bad("token tidak berlaku lagi; buat yang baru")
    ends = [described.get("expires_at"), described.get("data_access_expires_at")]
    known = [end for end in ends if isinstance(end, int) and end > 0]
    if not known:
        return good(f"Halaman {name}")
    end = datetime.fromtimestamp(min(known), UTC)
    says = f"Halaman {name}, berlaku sampai {end:%d-%m-%Y}"
    return good(says) if end - now > SOON else bad(f"{says}; perbarui")


def _scope(described: Mapping[str, JSON]) -> Finding:
    scopes = described.get("scopes")
    if not isinstance(scopes, list):
        return unknown("Facebook tidak menyebut izin token")
    missing = [scope for scope in SCOPES if scope not in scopes]
    if missing:
        return bad(f"izin kurang: {', '.join(missing)}")
    lacking = [
        f"{scope} ({for_what})" for scope, for_what in FURTHER.items() if scope not in scopes
    ]
    further = f"; belum ada: {', '.join(lacking)}" if lacking else ""
    return good(f"boleh membaca dan mengunggah{further}")


def _quota(page: Answer) -> Finding:
    most = max((_most(page.headers.get(name, "")) for name in (USAGE, APP_USAGE)), default=-1)
    if most < 0:
        return unknown("Facebook tidak menyebut pemakaian")
    return (bad if most >= FULL else good)(f"terpakai {most}% dari batas")


def _most(header: str) -> int:
    """Find the highest percentage of a header, however deep it stands; -1 without one."""
    try:
        return _highest(json.loads(header))
    except (ValueError, RecursionError):
        return -1


def _highest(value: JSON) -> int:
    if isinstance(value, list):
        return max(map(_highest, value), default=-1)
    if not isinstance(value, dict):
        return -1
    own = [value[name] for name in PERCENTAGES if isinstance(value.get(name), int)]
    deeper = [_highest(each) for each in value.values()]
    return max((*(each for each in own if isinstance(each, int)), *deeper), default=-1)
