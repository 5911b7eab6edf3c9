"""What people say below a Page's posts: comments, and comments on comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from syndication.model import JSON, Receipt, Response
from syndication.platforms.answers import Answer, objects, plain
from syndication.platforms.facebook.page import Page
from syndication.platforms.meta import listing, moment, next_page
from syndication.platforms.pages import pages

QUERY = {
    "filter": "stream",
    "order": "chronological",
    "fields": "id,message,created_time,from{id,name},parent{id}",
    "limit": "100",
}
"""All levels in one list; `from` needs `pages_read_user_content`, and people may hide it.

Source: https://developers.facebook.com/docs/graph-api/reference/object/comments (2026-11-24).
"""

SOMEBODY = "Pengguna Facebook"
"""How a person is called whose name Facebook keeps back."""


class Comments:
    """Reads and writes below the posts of one Page."""

    def __init__(self, page: Page) -> None:
        """Ask as this Page."""
        self._page = page

    def below(self, receipts: Sequence[Receipt], since: datetime) -> Iterator[Response]:
        """Read what was said below these posts since then; a post that is gone has nothing.

        Raises:
            Failure: Facebook could not be asked.
        """
        for receipt in receipts:
            for answer in pages(partial(self._asked, receipt.post_id, since), next_page):
                for comment in objects(answer.data.get("data")):
                    yield from self._read(receipt, comment, since)

    def _asked(self, post_id: str, since: datetime, after: str) -> Answer:
        query = {**QUERY, "since": str(int(since.timestamp()))}
        answer = self._page.get(
            f"{post_id}/comments", **query, **({"after": after} if after else {})
        )
        if not listing(answer) and not self._page.gone(answer):
            raise self._page.unread(answer)
        return answer

    def _read(
        self, receipt: Receipt, comment: Mapping[str, JSON], since: datetime
    ) -> Iterator[Response]:
        own_id, at = comment.get("id"), moment(comment.get("created_time"))
        author = _table(comment, "from")
        if isinstance(own_id, str) and at and at >= since.replace(microsecond=0):
            yield Response(
                id=own_id,
                post_id=receipt.post_id,
                url=self._page.url(receipt.post_id, own_id),
                author=str(author.get("name") or SOMEBODY),
                text=plain(str(comment.get("message", ""))),
                at=at,
                parent=str(_table(comment, "parent").get("id", "")),
                ours=author.get("id") == self._page.page_id,
            )


def _table(data: Mapping[str, JSON], name: str) -> Mapping[str, JSON]:
    value = data.get(name)
    return value if isinstance(value, Mapping) else {}
