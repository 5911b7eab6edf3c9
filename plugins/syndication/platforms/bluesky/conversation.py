"""What people say below the account's posts, how often those were used, and the office's answers.

A PDS keeps its own accounts' records and no others; what others said and how often a post was
liked is known to an app view alone, which the PDS asks for us. Bluesky's own PDSs have one; a PDS
that has none says so. An answer is a record in our own repository, which needs an app view only
to learn which version of the words it answers.

Source: https://docs.bsky.app/docs/advanced-guides/api-directory (2026-11-24).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus

from syndication.compose.counting import bound_by
from syndication.compose.rules import packaged
from syndication.model import JSON, Channel, Figures, Receipt, Response
from syndication.platforms.answers import Answer, plain
from syndication.platforms.bluesky.address import post_url
from syndication.platforms.bluesky.facets import facets
from syndication.platforms.bluesky.format import written
from syndication.platforms.bluesky.reading import said
from syndication.platforms.bluesky.record import COLLECTION
from syndication.platforms.bluesky.repository import Repository
from syndication.platforms.bluesky.server import Server
from syndication.platforms.bluesky.tid import tid
from syndication.platforms.bluesky.views import View, answered, below, shown
from syndication.platforms.protocol import Clock, Failure, Refused

THREAD = "app.bsky.feed.getPostThread"
POSTS = "app.bsky.feed.getPosts"

DEPTH = 80
"""How many replies may hang on one another; more than people do. The most is 1000.

Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/getPostThread.json
(2026-11-24).
"""

AT_ONCE = 25
"""How many posts `getPosts` shows at most.

Source: https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/getPosts.json
(2026-11-24).
"""

GONE = "NotFound"
UNSERVED = ("No service configured", "MethodNotImplemented")
"""What a PDS without an app view answers.

Source: https://github.com/bluesky-social/atproto/blob/main/packages/pds/src/pipethrough.ts
(2026-11-24), and a bare PDS in our tests.
"""


class Conversation:
    """Reads below the account's posts, and answers there."""

    def __init__(
        self, channel: Channel, server: Server, repository: Repository, clock: Clock
    ) -> None:
        """Ask this server's app view; answer in this repository."""
        self._channel = channel
        self._server = server
        self._repository = repository
        self._clock = clock

    def responses(self, receipts: Sequence[Receipt], since: datetime) -> Iterator[Response]:
        """Read what was said since then, by when the app view saw it: nobody can antedate that.

        Raises:
            Failure: the app view could not be asked, or there is none.
        """
        for receipt in receipts:
            for view in self._below(receipt.post_id):
                seen = view.indexed or view.at
                if seen is None or seen >= since:
                    yield self._response(view, receipt.post_id)

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read the figures of each post that is still there.

        Raises:
            Failure: the app view could not be asked, or there is none.
        """
        uris = [receipt.post_id for receipt in receipts]
        return {
            view.uri: view.figures
            for start in range(0, len(uris), AT_ONCE)
            for view in self._posts(uris[start : start + AT_ONCE])
        }

    def answer(self, response: Response, text: str, *, key: str) -> str:
        """Publish an answer below a response, and give its address.

        Its record's key comes of `key`: where it stands already, nothing is sent.

        Raises:
            Failure: one of the four.
        """
        rules = packaged("bluesky")
        excess = bound_by(text, rules) - rules.limit
        if excess > 0:
            raise Refused(f"Bluesky: jawaban {excess} karakter terlalu panjang.")
        above = next((view for view in self._posts([response.id]) if view.uri == response.id), None)
        if above is None:
            raise Refused("Bluesky: tanggapan ini sudah tidak ada.")
        rkey = tid(response.at, hashlib.sha256(key.encode()).hexdigest())
        standing = self._repository.get(rkey)
        if standing is None:
            return self._repository.put(rkey, self._record(above, text))
        if answered(standing.value) != above.uri:
            raise Refused(f"Bluesky: kunci {rkey} sudah dipakai unggahan lain.")
        return standing.uri

    def _record(self, above: View, text: str) -> Mapping[str, JSON]:
        made: dict[str, JSON] = {
            "$type": COLLECTION,
            "text": text,
            "createdAt": written(self._clock()),
            "langs": [self._channel.lang],
            "reply": {"root": above.root, "parent": above.reference},
        }
        return made | ({"facets": found} if (found := facets(text)) else {})

    def _below(self, uri: str) -> Iterator[View]:
        self._server.did()
        thread = self._server.sdk.app.bsky.feed.get_post_thread
        wanted = {"uri": uri, "depth": DEPTH, "parentHeight": 0}
        answer = self._server.look(THREAD, partial(thread, wanted))
        if not answer.ok and said(answer).words.startswith(GONE):
            return
        if not (answer.ok and isinstance(answer.data.get("thread"), dict)):
            raise self._unseen(answer)
        yield from below(answer)

    def _posts(self, uris: Sequence[str]) -> list[View]:
        self._server.did()
        posts = self._server.sdk.app.bsky.feed.get_posts
        answer = self._server.look(POSTS, partial(posts, {"uris": [*uris]}))
        found = shown(answer)
        if found is None:
            raise self._unseen(answer)
        return found

    def _unseen(self, answer: Answer) -> Failure:
        unserved = any(words in said(answer).words for words in UNSERVED)
        if unserved or answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_IMPLEMENTED):
            return Refused(
                "Bluesky: server (PDS) ini tidak punya app view; tanggapan dan angka di sana "
                "tidak dapat dibaca."
            )
        return self._server.unread(answer)

    def _response(self, view: View, post_id: str) -> Response:
        return Response(
            id=view.uri,
            post_id=post_id,
            url=post_url(self._channel, view.uri),
            author=f"@{view.author}" if view.author else view.did,
            text=plain(view.text),
            at=view.at or self._clock(),
            parent="" if view.parent == post_id else view.parent,
            ours=view.did == self._server.did(),
        )
