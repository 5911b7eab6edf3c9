"""What a platform offers the house, and the four ways in which it can fail."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from syndication.model import (
    Channel,
    Figures,
    Payload,
    Post,
    Prepared,
    Receipt,
    Response,
)

Clock = Callable[[], datetime]


class Format(Protocol):
    """Turns a post into the platform's request. Pure: the preview and the queue use it."""

    def render(self, post: Post) -> Payload:
        """Write all of what will be sent, but the ids that the platform itself issues."""


class Client(Protocol):
    """One configured account on the wire. Never retries: the relay decides."""

    def prepare(self, payload: Payload) -> Prepared:
        """Do what comes before the post: uploads, containers, card refresh. May be repeated.

        Raises:
            Failure: never `InDoubt`, since nothing is public yet.
        """

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        """Make the one call after which the public can see the post.

        Raises:
            Failure: one of the four, named by whether the public could have seen it.
        """


@runtime_checkable
class Repeatable(Protocol):
    """A client whose platform guarantees one record for one key, for a while or for ever."""

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:
        """Tell whether the attempt that began at `since` may safely be made again at `now`."""


@runtime_checkable
class Findable(Protocol):
    """A client that can look for its own post on the platform."""

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look for the post of an attempt that began at `since`; a miss proves nothing.

        `known` are the `post_id`s of other receipts, which are never the answer.

        Raises:
            Failure: the platform could not be asked.
        """


@runtime_checkable
class Revisable(Protocol):
    """A client whose platform lets a published post be edited in place."""

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Give the published post a new text. May be repeated.

        Raises:
            Failure: one of the four; `InDoubt` where the edit may have been made.
        """


@runtime_checkable
class Withdrawable(Protocol):
    """A client whose platform lets a published post be taken back."""

    def withdraw(self, receipt: Receipt) -> None:
        """Take the post back; one that is gone already counts as taken back.

        Raises:
            Failure: one of the four; `InDoubt` where the post may be gone.
        """


@dataclass(frozen=True, slots=True)
class Seen:
    """A post as the account's own timeline shows it: text and links as they were sent.

    `url` is written as in a receipt. `at` is aware.
    """

    post_id: str
    url: str
    text: str
    links: tuple[str, ...]
    at: datetime


@runtime_checkable
class Listable(Protocol):
    """A client that can read its account's own timeline."""

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the account published since then, the newest first, page by page.

        Where the platform bills a read, each post that comes is billed (`Rules.price_read`).

        Raises:
            Failure: the platform could not be asked; what came before it is true.
        """


@runtime_checkable
class Hearable(Protocol):
    """A client that can read what people say below the account's posts."""

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read what was said below these posts since then, in any order; some may come again.

        Raises:
            Failure: the platform could not be asked; what came before it is true.
        """


@runtime_checkable
class Forgetful(Protocol):
    """A client whose platform keeps what was said only until it hears that it is kept here."""

    def kept(self) -> None:
        """Note that all that `responses` gave is kept, so that it gives what is still waiting.

        Raises:
            Failure: the platform could not be told; then the same comes again.
        """


@runtime_checkable
class Answerable(Protocol):
    """A client through which the office can answer a response."""

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:
        """Publish an answer right below a response: one request, as in `deliver`.

        Raises:
            Failure: one of the four; `Refused` where the response is gone.
        """


@runtime_checkable
class Measurable(Protocol):
    """A client that can read how often the account's posts were seen and used."""

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read the figures of these posts, by `post_id`; a post that is gone has none.

        Raises:
            Failure: the platform could not be asked.
        """


@runtime_checkable
class Metered(Protocol):
    """A client whose platform bills what is read."""

    def take_reads(self) -> int:
        """Tell how many posts were read since this was last asked (`Rules.price_read` each)."""


class Sign(StrEnum):
    """What a look at something showed."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"
    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign, with what was seen, in the operator's language. Holds nothing secret."""

    sign: Sign
    says: str


@dataclass(frozen=True, slots=True)
class Health:
    """What an account may do, found without posting anything.

    `scope` is what the token allows, `clock` how far this machine's is from the platform's, and
    `quota` what is left of limits or credit.
    """

    token: Finding
    scope: Finding
    clock: Finding
    quota: Finding


@runtime_checkable
class Probeable(Protocol):
    """A client that can try its account without posting."""

    def probe(self) -> Health:
        """Look at token, scope, clock and quota.

        Raises:
            Failure: `Barred` where the platform lets this account do nothing, with its reason;
                another one where it could not be asked.
        """


@runtime_checkable
class Limited(Protocol):
    """A client whose server has limits of its own, which win over the platform's."""

    def own_limits(self) -> Mapping[str, int]:
        """Ask the server what it takes: fields of `Rules` (`limit`, `url_cost`, `alt_limit`).

        Raises:
            Failure: the server could not be asked.
        """


class Secret(str):
    """A secret that does not show itself: `repr` hides it; only `str` operations reveal it."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Hide the value."""
        return "Secret('…')"


Secrets = Mapping[str, Secret]
Connect = Callable[[Channel, Secrets, Clock], Client]
"""The entry point of group `syndication.clients`: makes the client of one account."""


class NotSetUp(Exception):  # noqa: N818 -- says what the channel is
    """A channel lacks a secret or an option that its platform needs, or has a wrong one."""


class Failure(Exception):  # noqa: N818 -- the house's word; each kind below names an outcome
    """A post did not (surely) go out. The reason never holds a secret."""

    def __init__(self, reason: str) -> None:
        """Keep the reason, in words that an operator understands."""
        super().__init__(reason)
        self.reason = reason


class Refused(Failure):
    """This post will never be taken as it is: 400, invalid content."""


class Barred(Failure):
    """This channel cannot post now: token, scope, credit. Pauses the channel."""


class Deferred(Failure):
    """Surely not published; try again later, after `retry_after` where the platform said so."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        """Keep the platform's own word on when to come back."""
        super().__init__(reason)
        self.retry_after = retry_after


class PictureRefused(Deferred):
    """The platform will not show a picture that it took: surely not published; without it, yes."""


class InDoubt(Failure):
    """It may be public: a timeout while reading, a 5xx, an answer without an id."""
