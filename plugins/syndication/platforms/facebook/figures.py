"""How often a Page's posts were seen, and what people did with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from syndication.model import JSON, Figures, Receipt
from syndication.platforms.answers import Answer, objects
from syndication.platforms.facebook.page import Page
from syndication.platforms.meta import fine, said
from syndication.platforms.protocol import Barred, Refused

SHARED = "id,shares"
COUNTED = (
    "id,shares,reactions.limit(0).summary(true),comments.filter(stream).limit(0).summary(true)"
)
"""Reactions and comments need `pages_read_user_content`; without it Facebook refuses all of it.

Source: https://developers.facebook.com/docs/graph-api/reference/page-post (2026-11-24).
"""

VIEWS = "post_media_view"
CLICKS = "post_clicks"
"""Two of the metrics that are left; `post_impressions` and its kind went on 2025-11-15.

One that is not there fails the whole request, so each is asked alone; they need `read_insights`.
Source: https://developers.facebook.com/documentation/pages-api/platforminsights/page/deprecated-metrics
(2026-11-24).
"""

PERMISSION = (10, range(200, 300))
"""Source: https://developers.facebook.com/docs/graph-api/guides/error-handling (2026-11-24)."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Reads the figures of one Page's posts."""

    page: Page

    def of(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read the figures of these posts, by their numbers; one that is gone has none.

        Raises:
            Failure: Facebook could not be asked.
        """
        found = {receipt.post_id: self._one(receipt.post_id) for receipt in receipts}
        return {post_id: figures for post_id, figures in found.items() if figures}

    def _one(self, post_id: str) -> Figures | None:
        post = self.page.get(post_id, fields=COUNTED)
        if _not_permitted(post):
            post = self.page.get(post_id, fields=SHARED)
        if self.page.gone(post):
            return None
        if not (fine(post) and post.data):
            raise self.page.unread(post)
        return Figures(
            views=self._metric(post_id, VIEWS),
            likes=_total(post, "reactions"),
            replies=_total(post, "comments"),
            shares=_shares(post),
            clicks=self._metric(post_id, CLICKS),
        )

    def _metric(self, post_id: str, name: str) -> int | None:
        """Read one metric; None where Facebook has it no more, or not for this token."""
        answer = self.page.get(f"{post_id}/insights", metric=name, period="lifetime")
        if fine(answer) and answer.data:
            return _value(answer)
        failure = self.page.unread(answer)
        if isinstance(failure, Refused | Barred):
            return None
        raise failure


def _not_permitted(answer: Answer) -> bool:
    one, more = PERMISSION
    return said(answer).code == one or said(answer).code in more


def _total(post: Answer, edge: str) -> int | None:
    summary = _table(_table(post.data, edge), "summary")
    return _number(summary.get("total_count"))


def _shares(post: Answer) -> int:
    """Read how often it was shared; Facebook leaves the field out where nobody did."""
    return _number(_table(post.data, "shares").get("count")) or 0


def _value(answer: Answer) -> int | None:
    for row in objects(answer.data.get("data")):
        for value in objects(row.get("values")):
            return _number(value.get("value"))
    return None


def _table(data: Mapping[str, JSON], name: str) -> Mapping[str, JSON]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}


def _number(value: JSON) -> int | None:
    return value if isinstance(value, int) else None
