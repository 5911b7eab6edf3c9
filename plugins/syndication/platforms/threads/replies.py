"""What people say below a post on Threads: its whole conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from syndication.model import JSON, Receipt, Response
from syndication.platforms.answers import objects
from syndication.platforms.container_account import Account
from syndication.platforms.container_reading import path
from syndication.platforms.meta import moment

FIELDS = "id,text,timestamp,permalink,username,replied_to,is_reply_owned_by_me"
"""Source: https://developers.facebook.com/docs/threads/reference/reply-management (2026-11-24);
it needs `threads_read_replies`."""


def said_below(receipt: Receipt, account: Account) -> Iterator[Response]:
    """Read all replies below a post, however deep: Threads gives them as one list.

    Raises:
        Failure: Threads could not be asked.
    """
    for answer in account.below(f"{receipt.post_id}/conversation", fields=FIELDS):
        for reply in objects(answer.data.get("data")):
            yield from _read(reply, receipt, account)


def _read(reply: Mapping[str, JSON], receipt: Receipt, account: Account) -> Iterator[Response]:
    own_id, at = reply.get("id"), moment(reply.get("timestamp"))
    text, author, replied = reply.get("text"), reply.get("username"), reply.get("replied_to")
    parent = replied.get("id") if isinstance(replied, dict) else None
    if isinstance(own_id, str) and at:
        yield Response(
            id=own_id,
            post_id=receipt.post_id,
            url=account.url(path(reply.get("permalink"))),
            author=author if isinstance(author, str) else "?",
            text=text if isinstance(text, str) else "",
            at=at,
            parent=parent if isinstance(parent, str) and parent != receipt.post_id else "",
            ours=reply.get("is_reply_owned_by_me") is True,
        )
