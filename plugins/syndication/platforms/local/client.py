"""An account on the local timeline, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

from syndication.model import Channel, Figures, Payload, Prepared, Receipt, Response
from syndication.platforms.answers import Answer, Judge, Said, plain
from syndication.platforms.direct import Direct
from syndication.platforms.health import clock_of, good
from syndication.platforms.hosts import on_loopback, seconds
from syndication.platforms.local.hearing import heard, measured, rows
from syndication.platforms.protocol import (
    Clock,
    Failure,
    Health,
    NotSetUp,
    Refused,
    Secrets,
    Seen,
)


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> LocalClient:  # noqa: ARG001 -- needs none
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: the channel names no host, or one that is not on this machine.
    """
    if not on_loopback(channel.options.get("host", "")):
        raise NotSetUp(f'Saluran "{channel.name}": host harus alamat di mesin ini.')
    return LocalClient(channel, clock)


class LocalClient:
    """Posts as one account. The server keeps one post for one key, for ever."""

    def __init__(self, channel: Channel, clock: Clock) -> None:
        """Ask the channel's host."""
        self._clock = clock
        self._account = channel.account or channel.name
        self._host = channel.options["host"].rstrip("/")
        self._wire = Direct(self._host, seconds=seconds(channel))
        self._judge = Judge("Lokal", ())

    def prepare(self, payload: Payload) -> Prepared:
        """Do nothing: the server takes the card's picture by its address."""
        return Prepared(payload)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:
        """Publish the post, or hear again of the one that this key made.

        Raises:
            Failure: one of the four.
        """
        answer = self._wire.ask(
            "POST", "/api/posts", body=prepared.payload.body, headers={"Idempotency-Key": key}
        )
        return self._receipt(answer)

    def may_repeat(self, *, since: datetime, now: datetime) -> bool:  # noqa: ARG002 -- for ever
        """Tell that a key may always be sent again."""
        return True

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look for a post with this text and link, made since then.

        Raises:
            Failure: the server could not be asked.
        """
        wanted = (plain(prepared.payload.text), (prepared.payload.link,))
        for post in self.timeline(since):
            if (post.text, post.links) == wanted and post.post_id not in known:
                return self._at(post.post_id)
        return None

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the account published.

        Raises:
            Failure: the server could not be asked.
        """
        answer = self._wire.ask("GET", "/api/posts", query={"account": self._account})
        if not answer.ok:
            raise self._failure(answer)
        for post in json.loads(answer.text):
            at = datetime.fromisoformat(post["at"])
            if at >= since:
                links = (post["link"],) if post["link"] else ()
                url = self._at(post["id"]).url
                yield Seen(post["id"], url, plain(post["text"]), links, at)

    def probe(self) -> Health:
        """Ask whether the server is up.

        Raises:
            Failure: it is not.
        """
        answer = self._wire.ask("GET", "/health")
        if answer.data.get("ok") is not True:
            raise self._failure(answer)
        return Health(
            token=good("tidak perlu token"),
            scope=good("boleh membaca dan mengunggah"),
            clock=clock_of(answer, self._clock()),
            quota=good("tanpa batas"),
        )

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Change what the post says.

        Raises:
            Failure: one of the four.
        """
        answer = self._wire.ask("PUT", f"/api/posts/{receipt.post_id}", body=payload.body)
        if answer.status == HTTPStatus.NOT_FOUND:
            raise Refused("Lokal: unggahan ini sudah tidak ada di linimasa.")
        return self._receipt(answer)

    def withdraw(self, receipt: Receipt) -> None:
        """Take the post off the timeline.

        Raises:
            Failure: one of the four.
        """
        answer = self._wire.ask("DELETE", f"/api/posts/{receipt.post_id}")
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_FOUND):
            raise self._failure(answer)

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read what people said below these posts, page by page.

        Raises:
            Failure: the server could not be asked.
        """
        after, more = "0", bool(receipts)
        query = {"posts": _ids(receipts)}
        while more:
            answer = self._wire.ask("GET", "/api/responses", query={**query, "after": after})
            page = rows(answer)
            if page is None:
                raise self._failure(answer)
            found = [heard(row, self._host) for row in page]
            yield from (each for each in found if each.at >= since)
            more = bool(found)
            after = found[-1].id if found else after

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:
        """Publish an answer, or hear again of the one that this key made.

        Raises:
            Failure: one of the four.
        """
        body = {"account": self._account, "post": response.post_id, "parent": response.id}
        answer = self._wire.ask(
            "POST", "/api/responses", body={**body, "text": text}, headers={"Idempotency-Key": key}
        )
        if answer.status == HTTPStatus.NOT_FOUND and answer.data:
            raise Refused("Lokal: tanggapan ini sudah tidak ada di linimasa.")
        made = self._receipt(answer).post_id
        url = f"{self._at(response.post_id).url}#tanggapan-{made}"
        return Receipt(made, url, self._clock())

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read how often these posts were seen, liked and answered.

        Raises:
            Failure: the server could not be asked.
        """
        if not receipts:
            return {}
        answer = self._wire.ask("GET", "/api/figures", query={"posts": _ids(receipts)})
        if not answer.ok or not answer.text.startswith("{"):
            raise self._failure(answer)
        return measured(answer.data)

    def _receipt(self, answer: Answer) -> Receipt:
        post_id = answer.data.get("id")
        if answer.status in (HTTPStatus.OK, HTTPStatus.CREATED) and isinstance(post_id, str):
            return self._at(post_id)
        raise self._failure(answer)

    def _at(self, post_id: str) -> Receipt:
        return Receipt(post_id, f"{self._host}/posts/{post_id}", self._clock())

    def _failure(self, answer: Answer) -> Failure:
        words = answer.data.get("error")
        said = Said(answer.status, words=words if isinstance(words, str) else "")
        return self._judge.failure(said)


def _ids(receipts: Sequence[Receipt]) -> str:
    return ",".join(receipt.post_id for receipt in receipts)
