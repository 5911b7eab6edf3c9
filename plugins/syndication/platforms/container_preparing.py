"""What comes before a post by containers: the quota is asked, a container laid down and awaited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from syndication.model import JSON, Channel
from syndication.platforms.answers import Answer
from syndication.platforms.container_account import Account
from syndication.platforms.container_reading import said_of_container
from syndication.platforms.containers import FAILED, FINISHED, IN_PROGRESS, pause, quota, settled
from syndication.platforms.meta import created
from syndication.platforms.protocol import Deferred

SPENT = timedelta(hours=1)
"""Our own choice: the limit covers the last 24 hours, so each hour may free some of it."""


class Preparing:
    """Prepares posts of one account; nothing that it does is public."""

    def __init__(self, account: Account, channel: Channel) -> None:
        """Ask as this account, as patiently as its channel says."""
        self._account = account
        self._pause = pause(channel)

    def require_quota(self) -> None:
        """See that the account may still publish something.

        Raises:
            Failure: it may not, or Meta could not be asked.
        """
        answer = self._account.limit()
        allowed = quota(answer)
        if allowed is None:
            raise self._account.failure(answer)
        if allowed.spent:
            says = f"batas {allowed.total} unggahan dalam {allowed.hours} jam tercapai."
            raise Deferred(f"{self._account.dialect.platform}: {says}", retry_after=SPENT)

    def lay_down(self, body: Mapping[str, JSON]) -> Answer:
        """Lay down a container; the answer has its id, or says why there is none."""
        return self._account.post(f"{self._account.user_id}/{self._account.dialect.posts}", body)

    def ready(self, body: Mapping[str, JSON]) -> str:
        """Lay down a container and wait until it is ready; return its id.

        Raises:
            Failure: there is none, or it did not get ready.
        """
        answer = self.lay_down(body)
        container = created(answer)
        if not container:
            raise self._account.failure(answer)
        self.require_ready(container)
        return container

    def require_ready(self, container: str) -> None:
        """Wait until a container is ready.

        Raises:
            Failure: it did not get ready.
        """
        account, dialect = self._account, self._account.dialect
        fields = f"{dialect.state},{dialect.why}"
        state, answer = settled(
            lambda: account.get(container, fields=fields), dialect.state, self._pause
        )
        if state == FINISHED:
            return
        if state == IN_PROGRESS:
            raise Deferred(f"{dialect.platform}: unggahan masih diolah; dicoba lagi nanti.")
        if state == FAILED:
            raise account.failure_of(said_of_container(answer, dialect.why), answer)
        raise account.failure(answer)
