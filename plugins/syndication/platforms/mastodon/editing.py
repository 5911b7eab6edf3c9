"""Posts in public are given another text, or taken back."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from syndication.platforms.mastodon.account import GONE, Account
from syndication.platforms.mastodon.reading import Status, status
from syndication.platforms.mastodon.server import Server
from syndication.platforms.protocol import Refused

UNEDITABLE = frozenset(
    {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
)
"""What a server without `PUT /api/v1/statuses/:id` answers to it."""


class Editing:
    """Changes the posts of the account that the token opens."""

    def __init__(self, server: Server, account: Account) -> None:
        """Ask this server, about this account."""
        self._server = server
        self._account = account

    def rewrite(self, post_id: str, text: str) -> None:
        """Give the post a new text; its picture stays.

        Raises:
            Failure: one of the four.
        """
        post = self._shown(post_id)
        media = list(post.media_ids) or None  # what is not named is taken off
        edit = partial(self._server.sdk.status_update, post.id, text, media_ids=media)
        answer = self._server.ask(edit)
        if answer.status in UNEDITABLE:
            raise Refused("Mastodon: server ini tidak dapat menyunting unggahan.")
        revised = status(answer)
        if revised is None or revised.id != post.id:
            raise self._server.failure(answer)

    def delete(self, post_id: str) -> None:
        """Delete the post; one that is not there is deleted.

        Raises:
            Failure: one of the four.
        """
        answer = self._server.ask(partial(self._server.sdk.status_delete, post_id))
        done = answer.ok and answer.text.startswith("{")
        if not done and not self._account.gone(post_id):
            raise self._server.failure(answer)

    def _shown(self, post_id: str) -> Status:
        shown = self._server.look(partial(self._server.sdk.status, post_id))
        post = status(shown)
        if shown.status in GONE:
            raise Refused("Mastodon: unggahan ini sudah tidak ada di akun.")
        if post is None:
            raise self._server.unread(shown)
        return post
