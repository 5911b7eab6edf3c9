"""What people say below the account's posts, found by searching their conversations.

A search by `conversation_id` shows the whole conversation, also answers in which nobody names the
account any more, and bills nothing that does not belong to it, as the mentions timeline would. It
reaches seven days back, so whoever listens must do so at least once a week.

Source: https://docs.x.com/x-api/fundamentals/conversation-id and
https://docs.x.com/x-api/posts/search/introduction (2026-11-24).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from syndication.model import JSON, Receipt, Response
from syndication.platforms.answers import Answer, objects
from syndication.platforms.pages import pages
from syndication.platforms.x.account import Account, stamp
from syndication.platforms.x.reading import next_page, numbers, parent, shown, spoken

ROUTE = "/2/tweets/search/recent"

REACH = timedelta(days=7) - timedelta(minutes=5)
"""How far back X searches, less what our clock may be slow."""

JUST_NOW = timedelta(minutes=1)
"""X searches nothing of the last 10 seconds, and takes no later start; our clock may be fast.

Source: https://docs.x.com/x-api/posts/search-recent-posts (2026-11-24).
"""

QUERY_CHARACTERS = 512
"""The length of a query.

Source: https://docs.x.com/x-api/fundamentals/rate-limits (2026-11-24).
"""

ID_DIGITS = 19
"""The length of a post's number, as X's OpenAPI document has it (2026-11-24)."""

ONE = "conversation_id:"
OR = " OR "
REPLIES = "({}) is:reply"
"""Only replies: the post itself, which is in its conversation, too, need not be paid for."""

MOST_AT_ONCE = (QUERY_CHARACTERS - len(REPLIES) + len(OR)) // (len(ONE) + ID_DIGITS + len(OR))

POST_FIELDS = (
    "author_id,conversation_id,created_at,display_text_range,entities,note_tweet,referenced_tweets"
)

FIELDS: Mapping[str, str | int] = {
    "tweet.fields": POST_FIELDS,
    "expansions": "author_id",
    "user.fields": "username",
    "max_results": 100,
}
"""The people come along, for a reply shows who wrote it; each one is billed.

X's guides and tweepy say `tweet.fields`, its OpenAPI document says `post.fields`; X takes both and
answers in the words in which it was asked. Only the first tells what a reply answers without
handing out, and billing, that post as well.
"""


class Replies:
    """Reads the conversations below posts of one account."""

    def __init__(self, account: Account) -> None:
        """Ask as this account."""
        self._account = account

    def below(self, receipts: Sequence[Receipt], since: datetime) -> Iterator[Response]:
        """Read what was said below these posts since then, and within X's reach.

        Raises:
            Failure: X could not be asked.
        """
        now = self._account.clock()
        start = stamp(min(max(since, now - REACH), now - JUST_NOW))
        for query in queries(numbers(receipts)):
            asked = {**FIELDS, "query": query, "start_time": start}
            for answer in pages(partial(self._page, asked), next_page):
                yield from (each for each in self._read(answer) if each.at >= since)

    def _page(self, asked: Mapping[str, str | int], page: str) -> Answer:
        return self._account.read(ROUTE, {**asked, "next_token": page} if page else asked)

    def _read(self, answer: Answer) -> Iterator[Response]:
        names = _names(answer)
        for data in objects(answer.data.get("data")):
            post, root, author = shown(data), data.get("conversation_id"), data.get("author_id")
            if post is None or post.at is None or not isinstance(root, str):
                continue
            name = names.get(str(author), "")
            above = parent(data)
            yield Response(
                id=post.post_id,
                post_id=root,
                url=self._account.url(post.post_id, name or "i/web"),
                author=f"@{name}" if name else "",
                text=spoken(data),
                at=post.at,
                parent="" if above == root else above,
                ours=author == self._account.user_id,
            )


def queries(post_ids: Sequence[str]) -> Iterator[str]:
    """Ask for the replies below these posts in as few queries as fit."""
    for first in range(0, len(post_ids), MOST_AT_ONCE):
        some = post_ids[first : first + MOST_AT_ONCE]
        yield REPLIES.format(OR.join(f"{ONE}{post_id}" for post_id in some))


def _names(answer: Answer) -> Mapping[str, str]:
    """Read who is who: a person's number, and the name under which they post."""
    included: JSON = answer.data.get("includes")
    people = objects(included.get("users")) if isinstance(included, Mapping) else []
    return {str(each.get("id")): str(each["username"]) for each in people if each.get("username")}
