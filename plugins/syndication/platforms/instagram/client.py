"""An Instagram professional account, through the Graph API of the Page that it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import plain
from syndication.platforms.containers import (
    CONTAINER,
    FAILED,
    FINISHED,
    IN_PROGRESS,
    nothing_public,
    pause,
    quota,
    settled,
)
from syndication.platforms.instagram.account import Account
from syndication.platforms.instagram.reading import Shown, health, posts, said_of_container
from syndication.platforms.meta import created, missing, next_page, succeeded
from syndication.platforms.pages import pages
from syndication.platforms.protocol import (
    Clock,
    Deferred,
    Health,
    NotSetUp,
    Secret,
    Secrets,
    Seen,
)

SKEW = timedelta(minutes=5)
"""How far Meta's clock and ours may be apart."""

SPENT = timedelta(hours=1)
"""Our own choice: the limit covers the last 24 hours, so each hour may free some of it."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> InstagramClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: the account's number or its token is missing, or an option is wrong.
    """
    if not channel.options.get("user_id", "").isdecimal():
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut user_id (angka).')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    return InstagramClient(channel, secrets["access_token"], clock)


class InstagramClient:
    """Posts as one account."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask as this account."""
        self._clock = clock
        self._pause = pause(channel)
        self._account = Account(channel, token, clock)

    def prepare(self, payload: Payload) -> Prepared:
        """Lay down a container with picture and caption, and see that it is ready.

        The account's limit is asked first: a container that cannot be published is waste.

        Raises:
            Failure: never `InDoubt`, since a container is not public.
        """
        with nothing_public():
            self._require_quota()
            answer = self._account.post(f"{self._account.user_id}/media", payload.body)
            container = created(answer)
            if not container:
                raise self._account.failure(answer)
            self._require_ready(container)
        return Prepared(payload, {CONTAINER: container})

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Publish the container; Instagram publishes each one once.

        Raises:
            Failure: one of the four.
        """
        body = {"creation_id": prepared.ids.get(CONTAINER, "")}
        answer = self._account.post(f"{self._account.user_id}/media_publish", body)
        post_id = created(answer)
        if not post_id:
            raise self._account.failure(answer)
        return Receipt(post_id, self._account.url(self._account.path(post_id)), self._clock())

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look among the account's posts for this very caption.

        Raises:
            Failure: Instagram could not be asked.
        """
        wanted = plain(prepared.payload.text)
        for post in posts(self._account.page(since - SKEW)):
            if post.text == wanted and post.post_id not in known:
                return Receipt(post.post_id, self._account.url(post.path), self._clock())
        return None

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        A post that is gone and a token that may not see it are worded alike; where the token still
        opens the account, the post is gone.

        Source: the Graph API's own description (`IGMedia`, DELETE) and PyPI facebook_business
        26.0.3, `IGMedia.api_delete` (2026-11-24); it needs `instagram_manage_contents`.

        Raises:
            Failure: one of the four.
        """
        answer = self._account.delete(receipt.post_id)
        if missing(answer):
            answer = self._account.itself()
        if not (succeeded(answer) or answer.data.get("id") == self._account.user_id):
            raise self._account.failure(answer)

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the account published.

        Raises:
            Failure: Instagram could not be asked.
        """
        for answer in pages(lambda after: self._account.page(since, after), next_page):
            yield from map(self._seen, posts(answer))

    def probe(self) -> Health:
        """Ask for the account, and for how much it may still publish.

        Raises:
            Failure: Instagram lets the account do nothing, or could not be asked.
        """
        account = self._account.itself()
        if account.data.get("id") != self._account.user_id:
            raise self._account.failure(account)
        return health(account, self._account.limit(), self._clock())

    def _require_quota(self) -> None:
        answer = self._account.limit()
        allowed = quota(answer)
        if allowed is None:
            raise self._account.failure(answer)
        if allowed.spent:
            says = f"Instagram: batas {allowed.total} unggahan dalam {allowed.hours} jam tercapai."
            raise Deferred(says, retry_after=SPENT)

    def _require_ready(self, container: str) -> None:
        state, answer = settled(
            lambda: self._account.get(container, fields="status_code,status"),
            "status_code",
            self._pause,
        )
        if state == FINISHED:
            return
        if state == IN_PROGRESS:
            raise Deferred("Instagram: gambar masih diolah; dicoba lagi nanti.")
        if state == FAILED:
            raise self._account.failure_of(said_of_container(answer), answer)
        raise self._account.failure(answer)

    def _seen(self, post: Shown) -> Seen:
        return Seen(post.post_id, self._account.url(post.path), post.text, post.links, post.at)
