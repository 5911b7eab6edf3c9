"""Posts by containers: laid down, looked after until they are ready, published with one call."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from syndication.model import Channel, Figures, Payload, Prepared, Receipt, Response
from syndication.platforms.answers import Answer, plain
from syndication.platforms.container_account import Account
from syndication.platforms.container_preparing import Preparing
from syndication.platforms.container_reading import (
    Shown,
    figures,
    health,
    listing,
    posts,
)
from syndication.platforms.containers import CONTAINER, nothing_public
from syndication.platforms.meta import created, succeeded
from syndication.platforms.protocol import Clock, Failure, Health, Refused, Seen

SKEW = timedelta(minutes=5)
"""How far Meta's clock and ours may be apart."""


class ContainerClient(ABC):
    """Posts, listens and counts as one account of Instagram or Threads."""

    def __init__(self, account: Account, channel: Channel, clock: Clock) -> None:
        """Ask as this account."""
        self._account = account
        self._clock = clock
        self._preparing = Preparing(account, channel)
        self._name = account.dialect.platform

    def prepare(self, payload: Payload) -> Prepared:
        """Lay down the post as a container, and see that it is ready to be published.

        The account's limit is asked first: a container that cannot be published is waste.

        Raises:
            Failure: never `InDoubt`, since a container is not public.
        """
        with nothing_public():
            self._preparing.require_quota()
            return Prepared(payload, self._laid_down(payload))

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Publish the container; Meta publishes each one once.

        Raises:
            Failure: one of the four.
        """
        return self._published(prepared.ids.get(CONTAINER, ""))

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look among the account's posts for this very text.

        Raises:
            Failure: Meta could not be asked.
        """
        wanted = plain(prepared.payload.text)
        for post in self._posts(since - SKEW):
            if post.text == wanted and post.post_id not in known:
                return Receipt(post.post_id, self._account.url(post.path), self._clock())
        return None

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._account.delete(receipt.post_id)
        if not (succeeded(answer) or self._account.gone(answer)):
            raise self._account.failure(answer)

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the account published.

        Raises:
            Failure: Meta could not be asked.
        """
        for post in self._posts(since):
            url = self._account.url(post.path)
            yield Seen(post.post_id, url, post.text, post.links, post.at)

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read what was said below these posts, all of it: Meta cannot be asked for what is new.

        Raises:
            Failure: Meta could not be asked.
        """
        for receipt in receipts:
            yield from (each for each in self._said_below(receipt) if each.at >= since)

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read the figures of these posts, one by one.

        Raises:
            Failure: Meta could not be asked.
        """
        metrics = self._account.dialect.metrics
        asked = ",".join(name for names in metrics.values() for name in names)
        found = {}
        for receipt in receipts:
            answer = self._account.get(f"{receipt.post_id}/insights", metric=asked)
            if listing(answer):
                found[receipt.post_id] = figures(answer, metrics)
            elif not self._account.gone(answer):
                raise self._account.failure(answer)
        return found

    def probe(self) -> Health:
        """Ask for the account, and for how much it may still publish.

        Raises:
            Failure: Meta lets the account do nothing, or could not be asked.
        """
        account = self._account.itself()
        if not self._account.is_itself(account):
            raise self._account.failure(account)
        limit, permission = self._account.limit(), self._account.dialect.permission
        return health(account, limit, self._clock(), permission)

    @abstractmethod
    def _said_below(self, receipt: Receipt) -> Iterator[Response]:
        """Read all that was said below a post."""

    def _laid_down(self, payload: Payload) -> Mapping[str, str]:
        """Lay down what a post needs; return the ids that are kept with it."""
        return {CONTAINER: self._preparing.ready(payload.body)}

    def _published(self, container: str) -> Receipt:
        account = self._account
        body = {"creation_id": container}
        answer = account.post(f"{account.user_id}/{account.dialect.publish}", body)
        post_id = created(answer)
        if not post_id:
            raise account.failure(answer)
        return Receipt(post_id, account.url(account.path(post_id)), self._clock())

    def _unanswerable(self, answer: Answer) -> Failure:
        """Name why a response could not be answered: it may be gone."""
        with nothing_public():
            if self._account.gone(answer):
                return Refused(f"{self._name}: tanggapan yang dijawab sudah tidak ada.")
        return self._account.failure(answer)

    def _posts(self, since: datetime) -> Iterator[Shown]:
        for answer in self._account.published(since):
            yield from posts(answer, self._account.dialect.text)
