"""An Instagram professional account, through the Graph API of the Page that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from syndication.model import Channel, Payload, Receipt, Response
from syndication.platforms.answers import objects
from syndication.platforms.container_account import token_of
from syndication.platforms.container_client import ContainerClient
from syndication.platforms.containers import CONTAINER
from syndication.platforms.instagram.account import InstagramAccount
from syndication.platforms.instagram.comments import said_below
from syndication.platforms.instagram.format import CAROUSEL
from syndication.platforms.meta import created
from syndication.platforms.protocol import Clock, NotSetUp, Secrets

PAGES = "pages"
"""Under this name the ids of a carousel's pages are kept, in their order, with commas between."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> InstagramClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: the account's number or its token is missing, or an option is wrong.
    """
    if channel.options.get(CAROUSEL, "no") not in {"yes", "no"}:
        raise NotSetUp(f'Saluran "{channel.name}": {CAROUSEL} harus "yes" atau "no".')
    account = InstagramAccount(channel, token_of(channel, secrets), clock)
    return InstagramClient(account, channel, clock)


class InstagramClient(ContainerClient):
    """Posts, listens and counts as one account."""

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Answer a comment; below a reply, Instagram puts the answer below its comment.

        Source: https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies
        (2026-11-24).

        Raises:
            Failure: one of the four; `Refused` where the comment is gone.
        """
        answer = self._account.post(f"{response.id}/replies", {"message": text})
        made = created(answer)
        if not made:
            raise self._unanswerable(answer)
        return Receipt(made, response.url, self._clock())

    def _said_below(self, receipt: Receipt) -> Iterator[Response]:
        return said_below(receipt, self._account)

    def _laid_down(self, payload: Payload) -> Mapping[str, str]:
        """Lay down the picture; of a carousel first each page, and then what holds them."""
        pages = objects(payload.body.get("children"))
        if not pages:
            return super()._laid_down(payload)
        made = ",".join([self._preparing.ready(page) for page in pages])
        return {PAGES: made, CONTAINER: self._preparing.ready({**payload.body, "children": made})}
