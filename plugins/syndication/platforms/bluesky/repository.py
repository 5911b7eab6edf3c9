"""The account's repository, where each post is a record under a key that we choose."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial

from syndication.model import JSON
from syndication.platforms.answers import Answer
from syndication.platforms.bluesky.reading import (
    Kept,
    blob,
    cursor,
    kept,
    listed,
    missing,
    written,
)
from syndication.platforms.bluesky.record import COLLECTION
from syndication.platforms.bluesky.server import Server
from syndication.platforms.pages import pages
from syndication.platforms.pictures import MIME, Frame, NoPicture, fetch, fitted
from syndication.platforms.protocol import Deferred

FRAME = Frame(most_bytes=1_000_000, longest_side=2000)
"""What a card's picture may have; the side is our own choice, more is never shown.

Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/embed/external.json
(2026-11-24).
"""

PUT = "com.atproto.repo.putRecord"
GET = "com.atproto.repo.getRecord"
LIST = "com.atproto.repo.listRecords"
DELETE = "com.atproto.repo.deleteRecord"
UPLOAD = "com.atproto.repo.uploadBlob"

PAGE = 100
"""How many records a page holds at most.

Source: https://docs.bsky.app/docs/api/com-atproto-repo-list-records (2026-11-24).
"""


class Repository:
    """Reads and writes the account's posts."""

    def __init__(self, server: Server, seconds: float) -> None:
        """Keep posts there; `seconds` is how long a picture's own address may take."""
        self._server = server
        self._seconds = seconds

    def put(self, rkey: str, record: Mapping[str, JSON], *, replaces: str = "") -> str:
        """Put a record under its key, and give its address.

        `replaces` is the version that must stand there; without it the same record may be put
        again, and nothing changes.

        Raises:
            Failure: one of the four.
        """
        place = self._place(rkey)
        swap = {"swap_record": replaces} if replaces else {}
        put = self._server.sdk.com.atproto.repo.put_record
        answer = self._server.ask(PUT, partial(put, {**place, "record": record, **swap}))
        uri = f"at://{place['repo']}/{COLLECTION}/{rkey}"
        if not written(answer, uri):
            raise self._server.failure(answer)
        return uri

    def get(self, rkey: str) -> Kept | None:
        """Read the record under a key; None where there is none.

        Raises:
            Failure: the PDS could not be asked.
        """
        get = partial(self._server.sdk.com.atproto.repo.get_record, self._place(rkey))
        answer = self._server.look(GET, get)
        if missing(answer):
            return None
        post = kept(answer.data) if answer.ok else None
        if post is None:
            raise self._server.unread(answer)
        return post

    def posts(self) -> Iterator[Kept]:
        """Read all posts, page by page.

        Raises:
            Failure: the PDS could not be asked.
        """
        for answer in pages(self._page, cursor):
            if not answer.ok:
                raise self._server.unread(answer)
            yield from listed(answer)

    def delete(self, rkey: str) -> None:
        """Delete the record under a key, if there is one.

        Raises:
            Failure: one of the four.
        """
        delete = partial(self._server.sdk.com.atproto.repo.delete_record, self._place(rkey))
        answer = self._server.ask(DELETE, delete)
        if not (answer.ok and answer.text.startswith("{")):
            raise self._server.failure(answer)

    def upload(self, picture: str) -> str:
        """Upload the picture at an address, made to fit, and give its reference as JSON.

        The same picture has the same reference.

        Raises:
            NoPicture: it cannot be had, or the PDS does not take it.
            Deferred: the PDS cannot be reached or says "later".
        """
        data = fitted(fetch(picture, seconds=self._seconds), FRAME)
        self._server.did()
        upload = partial(
            self._server.sdk.com.atproto.repo.upload_blob,
            data,
            headers={"Content-Type": MIME},
        )
        answer = self._server.look(UPLOAD, upload)
        made = blob(answer)
        if made:
            return json.dumps(made, sort_keys=True)
        failure = self._server.failure(answer)
        if isinstance(failure, Deferred):
            raise failure
        raise NoPicture(failure.reason)

    def _page(self, after: str) -> Answer:
        wanted = {"repo": self._server.did(), "collection": COLLECTION, "limit": PAGE}
        query = wanted | ({"cursor": after} if after else {})
        return self._server.look(
            LIST, partial(self._server.sdk.com.atproto.repo.list_records, query)
        )

    def _place(self, rkey: str) -> dict[str, str]:
        return {"repo": self._server.did(), "collection": COLLECTION, "rkey": rkey}
