"""A Threads profile, through the Threads API."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import plain, printable
from syndication.platforms.containers import (
    CONTAINER,
    FAILED,
    FINISHED,
    IN_PROGRESS,
    nothing_public,
    pause,
    settled,
)
from syndication.platforms.meta import created, missing, next_page, succeeded
from syndication.platforms.pages import pages
from syndication.platforms.protocol import (
    Clock,
    Deferred,
    Health,
    NotSetUp,
    Refused,
    Secret,
    Secrets,
    Seen,
)
from syndication.platforms.threads.profile import Profile
from syndication.platforms.threads.reading import Shown, health, posts

SKEW = timedelta(minutes=5)
"""How far Meta's clock and ours may be apart."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> ThreadsClient:
    """Make the client of one profile; nothing goes over the wire yet.

    Raises:
        NotSetUp: the profile's number or its token is missing, or an option is wrong.
    """
    if not channel.options.get("user_id", "").isdecimal():
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut user_id (angka).')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    return ThreadsClient(channel, secrets["access_token"], clock)


class ThreadsClient:
    """Posts as one profile."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask as this profile."""
        self._clock = clock
        self._pause = pause(channel)
        self._profile = Profile(channel, token, clock)

    def prepare(self, payload: Payload) -> Prepared:
        """Lay down a container with the post, and see that it is ready to be published.

        Raises:
            Failure: never `InDoubt`, since a container is not public.
        """
        with nothing_public():
            answer = self._profile.ask("POST", f"{self._profile.user_id}/threads", payload.body)
            container = created(answer)
            if not container:
                raise self._profile.failure(answer)
            self._require_ready(container)
        return Prepared(payload, {CONTAINER: container})

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Publish the container; Threads publishes each one once.

        Raises:
            Failure: one of the four.
        """
        body = {"creation_id": prepared.ids.get(CONTAINER, "")}
        answer = self._profile.ask("POST", f"{self._profile.user_id}/threads_publish", body)
        post_id = created(answer)
        if not post_id:
            raise self._profile.failure(answer)
        return Receipt(post_id, self._profile.url(self._profile.path(post_id)), self._clock())

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look among the profile's posts for this very text.

        Raises:
            Failure: Threads could not be asked.
        """
        wanted = plain(prepared.payload.text)
        for post in posts(self._profile.page(since - SKEW)):
            if post.text == wanted and post.post_id not in known:
                return Receipt(post.post_id, self._profile.url(post.path), self._clock())
        return None

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        A post that is gone and a token that may not see it are worded alike; where the token still
        opens the profile, the post is gone.

        Raises:
            Failure: one of the four.
        """
        answer = self._profile.ask("DELETE", receipt.post_id)
        if missing(answer):
            answer = self._profile.itself()
        if not (succeeded(answer) or answer.data.get("id") == self._profile.user_id):
            raise self._profile.failure(answer)

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the profile published.

        Raises:
            Failure: Threads could not be asked.
        """
        for answer in pages(lambda after: self._profile.page(since, after), next_page):
            yield from map(self._seen, posts(answer))

    def probe(self) -> Health:
        """Ask for the profile, and for how much it may still publish.

        Raises:
            Failure: Threads lets the account do nothing, or could not be asked.
        """
        profile = self._profile.itself()
        if profile.data.get("id") != self._profile.user_id:
            raise self._profile.failure(profile)
        fields = {"fields": "quota_usage,config"}
        limit = self._profile.ask(
            "GET", f"{self._profile.user_id}/threads_publishing_limit", query=fields
        )
        return health(profile, limit, self._clock())

    def _require_ready(self, container: str) -> None:
        query = {"fields": "status,error_message"}
        state, answer = settled(
            lambda: self._profile.ask("GET", container, query=query), "status", self._pause
        )
        if state == FINISHED:
            return
        if state == FAILED:
            why = printable(str(answer.data.get("error_message", "")))
            raise Refused(f"Threads: unggahan ini tidak dapat disiapkan ({why}).")
        if state == IN_PROGRESS:
            raise Deferred("Threads: unggahan masih disiapkan; dicoba lagi nanti.")
        raise self._profile.failure(answer)

    def _seen(self, post: Shown) -> Seen:
        return Seen(post.post_id, self._profile.url(post.path), post.text, post.links, post.at)
