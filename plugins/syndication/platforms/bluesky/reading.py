"""What an answer of a PDS says: the error, when to come back, and what stands in a repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from syndication.model import JSON
from syndication.platforms.answers import LONGEST_WAIT, Answer, Said, objects, standard_wait

MISSING = "RecordNotFound"
"""Source: https://docs.bsky.app/docs/api/com-atproto-repo-get-record (2026-11-24)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record in the account's repository: its address, its version, and what it says."""

    uri: str
    cid: str
    value: Mapping[str, JSON]


def said(answer: Answer) -> Said:
    """Read the name of an error and its words.

    Source: https://atproto.com/specs/xrpc#error-responses (2026-11-24).
    """
    words = (answer.data.get(name) for name in ("error", "message"))
    return Said(answer.status, words=": ".join(word for word in words if isinstance(word, str)))


def retry_after(answer: Answer, now: datetime) -> timedelta | None:
    """Tell how long the PDS wants us to wait, by its own header (seconds since 1970).

    Source: https://docs.bsky.app/docs/advanced-guides/rate-limits (2026-11-24).
    """
    stated = answer.headers.get("ratelimit-reset", "")
    try:
        wait = max(datetime.fromtimestamp(int(stated), UTC) - now, timedelta(0))
    except (ValueError, OverflowError, OSError):
        return standard_wait(answer, now)
    return wait if wait <= LONGEST_WAIT else standard_wait(answer, now)


def written(answer: Answer, uri: str) -> bool:
    """Tell whether the record at this address was written."""
    cid = answer.data.get("cid")
    return answer.ok and answer.data.get("uri") == uri and isinstance(cid, str)


def kept(data: Mapping[str, JSON]) -> Kept | None:
    """Read a record; None where the answer holds none."""
    uri, cid, value = data.get("uri"), data.get("cid"), data.get("value")
    if isinstance(uri, str) and isinstance(cid, str) and isinstance(value, dict):
        return Kept(uri, cid, value)
    return None


def listed(answer: Answer) -> Iterator[Kept]:
    """Read a page of records."""
    for each in map(kept, objects(answer.data.get("records"))):
        if each:
            yield each


def cursor(answer: Answer) -> str:
    """Read where the next page begins; "" where there is none."""
    following = answer.data.get("cursor")
    return following if isinstance(following, str) else ""


def missing(answer: Answer) -> bool:
    """Tell whether the record asked for is not there."""
    return answer.data.get("error") == MISSING


def blob(answer: Answer) -> Mapping[str, JSON]:
    """Read the reference of an uploaded blob; empty where there is none."""
    made = answer.data.get("blob")
    return made if answer.ok and isinstance(made, dict) and "ref" in made else {}
