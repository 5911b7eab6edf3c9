"""What people say below a post on Instagram: comments, and replies to comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from syndication.model import JSON, Receipt, Response
from syndication.platforms.answers import objects
from syndication.platforms.container_account import Account
from syndication.platforms.meta import moment

FIELDS = "id,text,timestamp,username,from,user"
WITH_REPLIES = f"{FIELDS},replies{{{FIELDS}}}"
A_PAGE = "50"
"""The most comments that one answer has; nothing but the page can be chosen, no time.

Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments
and …/ig-comment (2026-11-24). The name of who wrote one needs `instagram_manage_comments`.
"""


def said_below(receipt: Receipt, account: Account) -> Iterator[Response]:
    """Read all comments below a post; a comment has no address of its own, so it gets the post's.

    Raises:
        Failure: Instagram could not be asked.
    """
    place = f"{receipt.post_id}/comments"
    for answer in account.below(place, fields=WITH_REPLIES, limit=A_PAGE):
        for comment in objects(answer.data.get("data")):
            yield from _read(comment, receipt, account)
            for reply in _replies(comment, account):
                yield from _read(reply, receipt, account, parent=str(comment.get("id", "")))


def _replies(comment: Mapping[str, JSON], account: Account) -> Iterator[Mapping[str, JSON]]:
    """Read the replies that came with a comment, or ask for all where more are to come."""
    came = comment.get("replies")
    page = came if isinstance(came, dict) else {}
    paging = page.get("paging")
    if not (isinstance(paging, dict) and "next" in paging):
        yield from objects(page.get("data"))
        return
    for answer in account.below(f"{comment.get('id')}/replies", fields=FIELDS, limit=A_PAGE):
        yield from objects(answer.data.get("data"))


def _read(
    comment: Mapping[str, JSON], receipt: Receipt, account: Account, *, parent: str = ""
) -> Iterator[Response]:
    own_id, at = comment.get("id"), moment(comment.get("timestamp"))
    author = _text(comment, "username") or _text(comment.get("from"), "username")
    ours = _text(comment.get("user"), "id") == account.user_id
    ours = ours or (bool(author) and author.casefold() == account.name.casefold())
    if isinstance(own_id, str) and at:
        yield Response(
            id=own_id,
            post_id=receipt.post_id,
            url=receipt.url,
            author=author or (account.name if ours else "?"),
            text=_text(comment, "text"),
            at=at,
            parent=parent,
            ours=ours,
        )


def _text(thing: JSON, name: str) -> str:
    value = thing.get(name) if isinstance(thing, Mapping) else None
    return value if isinstance(value, str) else ""
