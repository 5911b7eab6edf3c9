"""Values that the ledger's tests share."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from syndication.ledger.decide import Candidate
from syndication.ledger.events import Stamp
from syndication.ledger.outbox import Guard
from syndication.model import Payload

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
STAMP = Stamp(NOW, "humas")
JAKARTA = ZoneInfo("Asia/Jakarta")
GUARD = Guard(since=None, ceiling=20, zone=JAKARTA)
START = date(2026, 11, 1)


def payload(text: str = "Lelang rumah dinas dibuka.") -> Payload:
    link = "https://kpknl.example/lelang.html"
    return Payload("local", text, link, {"text": text})


CANDIDATE = Candidate(
    article_id="lelang-rumah",
    channel="linimasa",
    lang="id",
    title="Lelang rumah dinas",
    url="https://kpknl.example/lelang.html",
    article_digest="a" * 64,
    date=NOW,
    source="content/artikel/lelang.md",
    payload=payload(),
    due_at=NOW,
)


def candidate(article_id: str = "lelang-rumah", channel: str = "linimasa") -> Candidate:
    return replace(
        CANDIDATE,
        article_id=article_id,
        channel=channel,
        url=f"https://kpknl.example/{article_id}.html",
    )


def pages(*candidates: Candidate) -> dict[tuple[str, str], str]:
    return {(each.article_id, each.lang): each.url for each in candidates}


def later(minutes: int) -> Stamp:
    return Stamp(NOW + timedelta(minutes=minutes), "humas")
