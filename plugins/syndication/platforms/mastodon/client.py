"""A Mastodon account, through Mastodon.py: on Mastodon and on the servers that speak its API."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from syndication.model import Channel, Figures, Payload, Prepared, Receipt, Response
from syndication.platforms.hosts import seconds
from syndication.platforms.mastodon.account import Account, post_url
from syndication.platforms.mastodon.conversation import Conversation
from syndication.platforms.mastodon.editing import Editing
from syndication.platforms.mastodon.format import VISIBILITIES, visibility
from syndication.platforms.mastodon.probing import health
from syndication.platforms.mastodon.reading import Status, bare, object_id, status
from syndication.platforms.mastodon.server import Server
from syndication.platforms.mastodon.uploads import Uploads
from syndication.platforms.protocol import Clock, Health, NotSetUp, Refused, Secret, Secrets, Seen

KEY_LIFE = timedelta(hours=1)
"""How long a server that honours it keeps an Idempotency-Key.

Source: https://docs.joinmastodon.org/methods/statuses/#create (2026-11-24).
"""

SKEW = timedelta(minutes=5)
"""How far the server's clock and ours may be apart."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> MastodonClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: the server's address or the token is missing, or an option is wrong.
    """
    if not channel.options.get("host"):
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut host (alamat server Mastodon).')
    if visibility(channel) not in VISIBILITIES:
        known = ", ".join(VISIBILITIES)
        raise NotSetUp(f'Saluran "{channel.name}": visibility harus salah satu dari {known}.')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    kinds = {"": MastodonClient, "no": MastodonClient, "yes": KeyedMastodonClient}
    kind = kinds.get(channel.options.get("idempotency_key", ""))
    if kind is None:
        raise NotSetUp(f'Saluran "{channel.name}": idempotency_key harus "yes" atau "no".')
    return kind(channel, secrets["access_token"], clock)


class MastodonClient:
    """Posts as one account."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Take the account's server, its token and a clock; nothing goes over the wire yet."""
        self._channel = channel
        self._clock = clock
        self._server = Server(channel, token, clock)
        self._sdk = self._server.sdk
        self._account = Account(self._server)
        self._conversation = Conversation(channel, self._server, self._account, clock)
        self._editing = Editing(self._server, self._account)
        self._uploads = Uploads(self._server, channel)

    def own_limits(self) -> Mapping[str, int]:
        """Ask the instance what it takes, for the builds to come.

        Raises:
            Deferred: the instance cannot be reached or says "later".
        """
        return self._server.limits().rules()

    def prepare(self, payload: Payload) -> Prepared:
        """Hold the text against what the instance takes, and upload the picture.

        A picture that cannot be had or is not taken is no reason to lose a post; the instance
        then shows the page's own picture on the card of its link.

        Raises:
            Deferred: the instance cannot be reached or says "later".
            Refused: the text is too long for this instance, or the picture has no words.
        """
        limits = self._server.limits()
        excess = limits.excess(payload.text)
        if excess > 0:
            raise Refused(f"Mastodon: {excess} karakter lebih dari batas server ini.")
        return Prepared(payload, self._uploads.ids(payload.media, limits))

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        """Publish the post, under its key.

        Raises:
            Failure: one of the four.
        """
        body, media = prepared.payload.body, prepared.ids.get("media")
        self._uploads.used()
        answer = self._server.ask(
            partial(
                self._sdk.status_post,
                str(body["status"]),
                language=str(body["language"]),
                visibility=str(body["visibility"]),
                media_ids=[media] if media else None,
                idempotency_key=key,
            )
        )
        made = status(answer)
        if made is None:
            raise self._server.failure(answer)
        return self._receipt(made)

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look among the account's newest posts for this very text.

        Raises:
            Failure: the server could not be asked.
        """
        wanted = bare(prepared.payload.text)
        for post in self._account.posts(since - SKEW):
            if bare(post.text) == wanted and post.id not in known:
                return self._receipt(post)
        return None

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the account published.

        Raises:
            Failure: the server could not be asked.
        """
        for post in self._account.posts(since):
            if post.at:
                url = post_url(self._channel, post)
                yield Seen(post.id, url, post.text, post.links, post.at)

    def probe(self) -> Health:
        """Ask whose account this is, and what the token may do.

        Raises:
            Failure: the account may do nothing, or could not be asked.
        """
        me = self._server.me()
        if not object_id(me):
            raise self._server.unread(me)
        return health(me, self._server.look(self._sdk.app_verify_credentials), self._clock())

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Give the post a new text; its picture stays.

        Raises:
            Failure: one of the four.
        """
        self._editing.rewrite(receipt.post_id, payload.text)
        return Receipt(receipt.post_id, receipt.url, self._clock())

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        Raises:
            Failure: one of the four.
        """
        self._editing.delete(receipt.post_id)

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read what people said below these posts, one request a post.

        Raises:
            Failure: the server could not be asked.
        """
        return self._conversation.responses(receipts, since)

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read how often these posts were liked, answered and passed on; views nobody counts.

        Raises:
            Failure: the server could not be asked.
        """
        return self._conversation.figures(receipts)

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:
        """Publish an answer, under its key, and let the author be told.

        Raises:
            Failure: one of the four; `Refused` where the response is gone.
        """
        return self._receipt(self._conversation.answer(response, text, key=key))

    def _receipt(self, post: Status) -> Receipt:
        return Receipt(post.id, post_url(self._channel, post), self._clock())


class KeyedMastodonClient(MastodonClient):
    """The same on a server that is known to honour `Idempotency-Key`."""

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:
        """Tell whether the server surely still has the key of the attempt that began then."""
        arrival = timedelta(seconds=seconds(self._channel))
        return since <= now < since + KEY_LIFE - arrival
