"""How often X showed the account's posts, and what people did with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from syndication.model import JSON, Figures, Receipt
from syndication.platforms.answers import Answer, objects
from syndication.platforms.x.account import Account
from syndication.platforms.x.reading import numbers

ROUTE = "/2/tweets"
MOST_AT_ONCE = 100
"""Source: X's OpenAPI document, `GET /2/tweets` (2026-11-24)."""

PUBLIC = "public_metrics"
PRIVATE = "non_public_metrics"
"""Clicks on links, told to the account itself, for posts of the last 30 days.

Source: https://docs.x.com/x-api/fundamentals/metrics (2026-11-24).
"""

PRIVATE_LIFE = timedelta(days=29)
"""The 30 days, less one: a post that X does not tell of is left out altogether."""


class Metrics:
    """Reads the figures of one account's posts. X bills each post that it shows."""

    def __init__(self, account: Account) -> None:
        """Ask as this account."""
        self._account = account

    def of(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read the figures of these posts, by their numbers; one that is gone has none.

        Raises:
            Failure: X could not be asked.
        """
        recent = self._account.clock() - PRIVATE_LIFE
        young = numbers([each for each in receipts if each.at > recent])
        found = dict(self._asked(young, f"{PUBLIC},{PRIVATE}"))
        # X leaves out a post whose private figures it keeps back; the public ones are there.
        rest = [each for each in numbers(receipts) if each not in found]
        return {**found, **dict(self._asked(rest, PUBLIC))}

    def _asked(self, post_ids: Sequence[str], fields: str) -> Iterator[tuple[str, Figures]]:
        for first in range(0, len(post_ids), MOST_AT_ONCE):
            some = ",".join(post_ids[first : first + MOST_AT_ONCE])
            yield from read(self._account.read(ROUTE, {"ids": some, "tweet.fields": fields}))


def read(answer: Answer) -> Iterator[tuple[str, Figures]]:
    """Read the figures of the posts that an answer shows, in either vocabulary of X's."""
    for post in objects(answer.data.get("data")):
        public, private = _table(post, PUBLIC), _table(post, PRIVATE)
        yield (
            str(post.get("id", "")),
            Figures(
                views=_count(public, ("impression_count",)),
                likes=_count(public, ("like_count",)),
                replies=_count(public, ("reply_count",)),
                shares=_count(public, ("retweet_count", "repost_count", "quote_count")),
                clicks=_count(private, ("url_link_clicks",)),
            ),
        )


def _table(post: Mapping[str, JSON], name: str) -> Mapping[str, JSON]:
    value = post.get(name)
    return value if isinstance(value, Mapping) else {}


def _count(table: Mapping[str, JSON], names: Iterable[str]) -> int | None:
    """Add up what is told under these names; None where nothing is."""
    told = [value for name in names if isinstance(value := table.get(name), int)]
    return sum(told) if told else None
