"""What X's answer to "who am I" shows of an account."""

from __future__ import annotations

from datetime import datetime

from syndication.model import Channel
from syndication.platforms.answers import Answer, printable
from syndication.platforms.health import bad, clock_of, good, unknown
from syndication.platforms.protocol import Finding, Health

LEVEL = "x-access-level"
"""The header that names what a token of OAuth 1.0a may do: read, read-write, and with messages.

Source: https://docs.x.com/resources/fundamentals/developer-apps (2026-11-24).
"""

LIMITS = {
    "x-rate-limit": "permintaan dalam 15 menit",
    "x-user-limit-24hour": "unggahan akun ini dalam sehari",
    "x-app-limit-24hour": "unggahan aplikasi ini dalam sehari",
}


def health(answer: Answer, channel: Channel, now: datetime) -> Health:
    """Read the answer to `GET /2/users/me`."""
    return Health(
        token=_token(answer, channel.account.removeprefix("@")),
        scope=_scope(answer.headers.get(LEVEL, "")),
        clock=clock_of(answer, now),
        quota=_quota(answer),
    )


def _token(answer: Answer, stated: str) -> Finding:
    data = answer.data.get("data")
    name = data.get("username") if isinstance(data, dict) else None
    if not isinstance(name, str):
        return unknown("X tidak menyebut akun pemilik token")
    name = printable(name)
    if stated and name.casefold() != stated.casefold():
        return bad(f"token ini milik @{name}, padahal saluran menyebut @{stated}")
    return good(f"akun @{name}")


def _scope(level: str) -> Finding:
    if not level:
        return unknown("X tidak menyebut izin token")
    if level.startswith("read-write"):
        return good("boleh membaca dan mengunggah")
    return bad(f'izin token hanya "{printable(level)}"; beri izin Read and write, buat token baru')


def _quota(answer: Answer) -> Finding:
    """Tell what is left; that X answered at all shows that the credit is not used up."""
    left = {name: answer.headers.get(f"{name}-remaining", "") for name in LIMITS}
    told = {name: value for name, value in left.items() if value.isdecimal()}
    if not told:
        return unknown("kredit belum habis; sisanya hanya terlihat di console.x.com")
    says = ", ".join(f"sisa {value} {LIMITS[name]}" for name, value in told.items())
    return bad(says) if "0" in told.values() else good(says)
