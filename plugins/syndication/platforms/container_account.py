"""An account whose posts are laid down as containers: what is asked, and what errors mean."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from syndication.model import JSON, Channel
from syndication.platforms.answers import Answer, Said, judge
from syndication.platforms.container_reading import listing, path
from syndication.platforms.hosts import host, on_loopback
from syndication.platforms.meta import missing, next_page, retry_after, said
from syndication.platforms.pages import pages
from syndication.platforms.protocol import Clock, Failure, NotSetUp, Secret, Secrets


@dataclass(frozen=True, slots=True)
class Dialect:
    """How Instagram or Threads names what both have.

    `posts`, `publish` and `limit` are edges of the account: where containers are laid down and
    posts are listed, where they are published, and what says how many may be. `text` is the field
    of a post's words, `state` and `why` those of a container's state and of what went wrong.
    `fields` are asked of a post. `metrics` tells which numbers a figure is the sum of.
    `own_page` is the path of the account's page, `errors` the package with its `errors.toml`.
    """

    platform: str
    errors: str
    site: str
    own_page: str
    posts: str
    publish: str
    limit: str
    text: str
    state: str
    why: str
    fields: str
    permission: str
    metrics: Mapping[str, Collection[str]]


def token_of(channel: Channel, secrets: Secrets) -> Secret:
    """Return the account's token.

    Raises:
        NotSetUp: the account's number or its token is missing.
    """
    if not channel.options.get("user_id", "").isdecimal():
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut user_id (angka).')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    return secrets["access_token"]


class Account(ABC):
    """Asks as one account; how a request is sent is for each platform to say."""

    def __init__(self, channel: Channel, dialect: Dialect, stated_host: str, clock: Clock) -> None:
        """Ask the channel's host, in the words of its platform."""
        self.user_id = channel.options["user_id"]
        self.dialect = dialect
        self.name = channel.account.removeprefix("@")
        self.host = host(channel, stated_host)
        self._clock = clock
        self._judge = judge(dialect.platform, dialect.errors)

    @abstractmethod
    def get(self, place: str, **query: str) -> Answer:
        """Ask for something.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """

    @abstractmethod
    def post(self, place: str, body: Mapping[str, JSON]) -> Answer:
        """Have something made; raises as `get` does."""

    @abstractmethod
    def delete(self, place: str) -> Answer:
        """Have something deleted; raises as `get` does."""

    def failure(self, answer: Answer) -> Failure:
        """Name what an answer means for a post."""
        return self.failure_of(said(answer), answer)

    def failure_of(self, error: Said, answer: Answer) -> Failure:
        """Name what an error means for a post; the answer says when to come back."""
        return self._judge.failure(error, retry_after=retry_after(answer, self._clock()))

    def itself(self) -> Answer:
        """Ask for the account."""
        return self.get(self.user_id, fields="id,username")

    def is_itself(self, answer: Answer) -> bool:
        """Tell whether an answer is the account."""
        return answer.data.get("id") == self.user_id

    def gone(self, answer: Answer) -> bool:
        """Tell whether what was asked for is gone.

        That and a token that may not see it are worded alike; where the token still opens the
        account, it is gone.

        Raises:
            Failure: the token does not open the account.
        """
        if not missing(answer):
            return False
        account = self.itself()
        if not self.is_itself(account):
            raise self.failure(account)
        return True

    def limit(self) -> Answer:
        """Ask how much the account may still publish."""
        return self.get(f"{self.user_id}/{self.dialect.limit}", fields="quota_usage,config")

    def published(self, since: datetime) -> Iterator[Answer]:
        """Ask for the account's posts since then, a hundred a page, the newest first.

        Raises:
            Failure: a page did not come.
        """
        query = {"fields": self.dialect.fields, "since": str(int(since.timestamp()))}
        place = f"{self.user_id}/{self.dialect.posts}"
        return self._listed(place, query | {"limit": "100"}, lambda _: False)

    def below(self, place: str, **query: str) -> Iterator[Answer]:
        """Ask for what hangs on a post or a comment, page by page; nothing where that is gone.

        Raises:
            Failure: a page did not come.
        """
        return self._listed(place, query, self.gone)

    def path(self, post_id: str) -> str:
        """Ask where a post stands; a post whose address cannot be had is public all the same."""
        try:
            answer = self.get(post_id, fields="permalink")
        except Failure:
            return ""
        return path(answer.data.get("permalink"))

    def url(self, path: str) -> str:
        """Write where a post stands, or the account where that is not known."""
        site = self.host if on_loopback(self.host) else self.dialect.site
        return f"{site}{path or self.dialect.own_page.format(self.name)}"

    def _listed(
        self, place: str, query: Mapping[str, str], forgiven: Callable[[Answer], bool]
    ) -> Iterator[Answer]:
        def asked(after: str) -> Answer:
            answer = self.get(place, **query, **({"after": after} if after else {}))
            if not listing(answer) and not forgiven(answer):
                raise self.failure(answer)
            return answer

        return pages(asked, next_page)
