"""What people say below the account's posts, how often those were used, and the office's answers.

Replies are read from each post's context rather than from the notifications: that needs no scope
beyond those for posting and finding (`read:statuses`; notifications want `read:notifications`),
shows what stands below a reply, too, forgets nothing that somebody marked as read, and is what
every server that speaks this API has. It costs one request a post, of 300 in 5 minutes. With a
token Mastodon shows up to 4,096 replies at any depth; without one, 60 down to a depth of 20.

Source: https://docs.joinmastodon.org/methods/statuses/#context and
https://docs.joinmastodon.org/api/rate-limits/ (2026-11-24).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from syndication.model import Channel, Figures, Receipt, Response
from syndication.platforms.answers import Answer
from syndication.platforms.mastodon.account import GONE, Account, post_url
from syndication.platforms.mastodon.format import VISIBILITIES, visibility
from syndication.platforms.mastodon.reading import Status, below, status
from syndication.platforms.mastodon.server import Server
from syndication.platforms.protocol import Clock, Failure, Refused

ADDRESSED = re.compile(r"\A(?:@\w[\w.-]*(?:@[\w.-]+)?\s+)+")

FOLLOWED = "private"
WHISPERED = "direct"
"""A post for followers, and one that only those see whom it names.

Source: https://docs.joinmastodon.org/entities/Status/#visibility (2026-11-24).
"""

SAID_TO_ALL = frozenset({"public", "unlisted", "local", ""})
"""What everybody may read; some servers have posts that do not leave them, and "" is untold. Words
of other servers for anything else mean that it was said to few."""


class Conversation:
    """Reads below the account's posts, and answers there."""

    def __init__(self, channel: Channel, server: Server, account: Account, clock: Clock) -> None:
        """Ask this server, about this account."""
        self._channel = channel
        self._server = server
        self._account = account
        self._clock = clock

    def responses(self, receipts: Sequence[Receipt], since: datetime) -> Iterator[Response]:
        """Read what was said since then; what was not said to all who see the post is left out.

        Raises:
            Failure: the server could not be asked.
        """
        for receipt in receipts:
            post_id = receipt.post_id
            answer = self._server.look(partial(self._server.sdk.status_context, post_id))
            if answer.status in GONE and self._account.gone(post_id):
                continue
            if "descendants" not in answer.data:
                raise self._unheard(answer)
            for reply in below(answer):
                heard = reply.at is None or reply.at >= since
                if heard and reply.id != post_id and self._is_public(reply):
                    yield self._response(reply, post_id)

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read the figures of each post that is still there.

        Raises:
            Failure: the server could not be asked.
        """
        found = {receipt.post_id: self._shown(receipt.post_id) for receipt in receipts}
        return {post_id: post.figures for post_id, post in found.items() if post}

    def answer(self, response: Response, text: str, *, key: str) -> Status:
        """Publish an answer below a response, to no more people than that was said to.

        The author is named, or the server would not tell them; the name counts.

        Raises:
            Failure: one of the four.
        """
        above = self._shown(response.id)
        if above is None:
            raise Refused("Mastodon: tanggapan ini sudah tidak ada.")
        words = text if response.ours else _named(above.author, text)
        excess = self._server.limits().excess(words)
        if excess > 0:
            raise Refused(f"Mastodon: jawaban {excess} karakter lebih dari batas server ini.")
        return self._published(above, words, key)

    def _published(self, above: Status, words: str, key: str) -> Status:
        answer = self._server.ask(
            partial(
                self._server.sdk.status_post,
                words,
                in_reply_to_id=above.id,
                language=self._channel.lang,
                visibility=self._audience(above),
                idempotency_key=key,
            )
        )
        made = status(answer)
        if made is None and answer.status in GONE and self._account.gone(above.id):
            raise Refused("Mastodon: tanggapan ini sudah tidak ada.")
        if made is None:
            raise self._server.failure(answer)
        return made

    def _shown(self, post_id: str) -> Status | None:
        answer = self._server.look(partial(self._server.sdk.status, post_id))
        post = status(answer)
        if post is None and not (answer.status in GONE and self._account.gone(post_id)):
            raise self._server.unread(answer)
        return post

    def _unheard(self, answer: Answer) -> Failure:
        if answer.status in GONE:  # of a post that is there
            return Refused("Mastodon: server ini tidak memperlihatkan balasan.")
        return self._server.unread(answer)

    def _response(self, reply: Status, post_id: str) -> Response:
        return Response(
            id=reply.id,
            post_id=post_id,
            url=post_url(self._channel, reply),
            author=f"@{reply.author}" if reply.author else "",
            text=" ".join(part for part in (reply.warning, _said(reply.text)) if part),
            at=reply.at or self._clock(),
            parent="" if reply.answers == post_id else reply.answers,
            ours=reply.author_id == self._server.my_id(),
        )

    def _is_public(self, reply: Status) -> bool:
        """Tell whether a reply was said to all who may see the channel's posts."""
        seen_by = {*SAID_TO_ALL, visibility(self._channel)}
        return reply.visibility in seen_by

    def _audience(self, above: Status) -> str:
        """Choose who sees an answer: as with posts, but no more people than saw the response."""
        if above.visibility == WHISPERED:
            return WHISPERED
        if above.visibility not in SAID_TO_ALL:
            return FOLLOWED
        theirs = above.visibility if above.visibility in VISIBILITIES else VISIBILITIES[0]
        return max(theirs, visibility(self._channel), key=VISIBILITIES.index)


def _said(text: str) -> str:
    """Leave out whom a reply is for: apps name everybody in the conversation at its beginning."""
    return ADDRESSED.sub("", text)


def _named(author: str, text: str) -> str:
    """Name the author first, unless the text does already."""
    name = f"@{author}"
    if not author or name.casefold() in text.casefold().split():
        return text
    return f"{name} {text}"
