"""A Bluesky account, through the atproto SDK.

A post is a record whose key we choose: putting it again under its key changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from syndication.model import LACK, Channel, Figures, Payload, Prepared, Receipt, Response
from syndication.platforms.answers import plain
from syndication.platforms.bluesky.address import post_url
from syndication.platforms.bluesky.conversation import Conversation
from syndication.platforms.bluesky.format import written
from syndication.platforms.bluesky.record import card, created, record
from syndication.platforms.bluesky.repository import Repository
from syndication.platforms.bluesky.server import Server
from syndication.platforms.health import clock_of, good
from syndication.platforms.hosts import seconds
from syndication.platforms.pictures import NoPicture
from syndication.platforms.protocol import Clock, Health, NotSetUp, Refused, Secret, Secrets, Seen


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> BlueskyClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: the handle or the app password is missing, or an option is wrong.
    """
    if not channel.options.get("handle"):
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut handle (akun.bsky.social).')
    if not secrets.get("app_password"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya app_password.')
    return BlueskyClient(channel, secrets["app_password"], clock)


class BlueskyClient:
    """Posts, listens and answers as one account."""

    def __init__(self, channel: Channel, password: Secret, clock: Clock) -> None:
        """Take the account's handle, its app password and a clock."""
        self._channel = channel
        self._clock = clock
        self._server = Server(channel, password, clock)
        self._repository = Repository(self._server, seconds(channel))
        self._conversation = Conversation(channel, self._server, self._repository, clock)

    def prepare(self, payload: Payload) -> Prepared:
        """See that the post's key is free, fix its moment, and upload its card's picture.

        Bluesky sorts by the moment that a record names, and the article's own may be hours old.
        A picture that cannot be had or is not taken is no reason to lose a post.

        Raises:
            Failure: never `InDoubt`.
        """
        self._stop_if_taken(payload)
        earliest = datetime.fromisoformat(str(payload.body["createdAt"]))
        ids = {"created_at": written(max(earliest, self._clock()))}
        try:
            if payload.body["picture"]:
                ids["thumb"] = self._repository.upload(str(payload.body["picture"]))
        except NoPicture as lack:
            ids[LACK] = str(lack)
        return Prepared(payload, ids)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- the record has its own
        """Publish the post, under the key that its payload names.

        Raises:
            Failure: one of the four.
        """
        made = record(
            prepared.payload,
            created_at=prepared.ids.get("created_at", ""),
            thumb=json.loads(prepared.ids.get("thumb", "null")),
        )
        return self._receipt(self._repository.put(_rkey(prepared.payload), made))

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:  # noqa: ARG002 -- for ever
        """Tell that a record may always be put again under its key."""
        return True

    def find(
        self,
        prepared: Prepared,
        *,
        since: datetime,  # noqa: ARG002 -- the key tells more than the time
        known: Collection[str],
    ) -> Receipt | None:
        """Look under the key of the post; it is ours if it says the same.

        Raises:
            Failure: the PDS could not be asked.
        """
        post = self._repository.get(_rkey(prepared.payload))
        if post is None or post.uri in known or post.value.get("text") != prepared.payload.text:
            return None
        return self._receipt(post.uri)

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the account published; what it answered somebody is no post.

        Raises:
            Failure: the PDS could not be asked.
        """
        for post in self._repository.posts():
            at, link = created(post.value), card(post.value).get("uri")
            if at and at >= since and not post.value.get("reply"):
                links = (link,) if isinstance(link, str) else ()
                text = plain(str(post.value.get("text", "")))
                yield Seen(post.uri, post_url(self._channel, post.uri), text, links, at)

    def probe(self) -> Health:
        """Log in, and ask whose session it is.

        Raises:
            Failure: the account may do nothing, or could not be asked.
        """
        did, answer = self._server.did(), self._server.session()
        if answer.data.get("did") != did:
            raise self._server.unread(answer)
        left = answer.headers.get("ratelimit-remaining")
        return Health(
            token=good(f"masuk sebagai {did}"),
            scope=good("app password boleh membaca dan mengunggah"),
            clock=clock_of(answer, self._clock()),
            quota=good(f"sisa {left} permintaan" if left else "server tidak menyebut batas"),
        )

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Put another record in the place of the post; its moment and its picture stay.

        Raises:
            Failure: one of the four.
        """
        rkey = receipt.post_id.rpartition("/")[2]
        post = self._repository.get(rkey)
        if post is None:
            raise Refused("Bluesky: unggahan ini sudah tidak ada di akun.")
        made = record(
            payload,
            created_at=str(post.value.get("createdAt", "")),
            thumb=card(post.value).get("thumb"),
        )
        return self._receipt(self._repository.put(rkey, made, replaces=post.cid))

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post; one that is not there is gone.

        Raises:
            Failure: one of the four.
        """
        self._repository.delete(receipt.post_id.rpartition("/")[2])

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read what people said below these posts, as the PDS's app view shows it.

        Raises:
            Failure: the app view could not be asked; `Refused` where there is none.
        """
        return self._conversation.responses(receipts, since)

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read how often these posts were liked, answered and passed on; views nobody counts.

        Raises:
            Failure: the app view could not be asked; `Refused` where there is none.
        """
        return self._conversation.figures(receipts)

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:
        """Publish an answer. May be repeated: one key makes one record.

        Raises:
            Failure: one of the four; `Refused` where the response is gone.
        """
        return self._receipt(self._conversation.answer(response, text, key=key))

    def _stop_if_taken(self, payload: Payload) -> None:
        """See that no other article's post has the key: putting a record overwrites silently."""
        post = self._repository.get(_rkey(payload))
        if post and card(post.value).get("uri") != payload.link:
            raise Refused(f"Bluesky: kunci {_rkey(payload)} sudah dipakai unggahan lain.")

    def _receipt(self, uri: str) -> Receipt:
        return Receipt(uri, post_url(self._channel, uri), self._clock())


def _rkey(payload: Payload) -> str:
    return str(payload.body["rkey"])
