"""A Threads profile, through the Threads API."""

from __future__ import annotations

from collections.abc import Iterator

from syndication.model import Channel, Receipt, Response
from syndication.platforms.container_account import token_of
from syndication.platforms.container_client import ContainerClient
from syndication.platforms.containers import nothing_public
from syndication.platforms.meta import created
from syndication.platforms.protocol import Clock, Secrets
from syndication.platforms.threads.profile import Profile
from syndication.platforms.threads.replies import said_below


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> ThreadsClient:
    """Make the client of one profile; nothing goes over the wire yet.

    Raises:
        NotSetUp: the profile's number or its token is missing, or an option is wrong.
    """
    profile = Profile(channel, token_of(channel, secrets), clock)
    return ThreadsClient(profile, channel, clock)


class ThreadsClient(ContainerClient):
    """Posts, listens and counts as one profile."""

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Answer a reply: a container of its own is laid down, and published with one request.

        Source: https://developers.facebook.com/docs/threads/retrieve-and-manage-replies/create-replies
        (2026-11-24); it needs `threads_manage_replies`.

        Raises:
            Failure: one of the four; `Refused` where the reply is gone.
        """
        body = {"media_type": "TEXT", "text": text, "reply_to_id": response.id}
        with nothing_public():
            answer = self._preparing.lay_down(body)
            container = created(answer)
            if not container:
                raise self._unanswerable(answer)
            self._preparing.require_ready(container)
        return self._published(container)

    def _said_below(self, receipt: Receipt) -> Iterator[Response]:
        return said_below(receipt, self._account)
