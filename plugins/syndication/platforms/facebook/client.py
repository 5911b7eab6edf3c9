"""A Facebook Page, through facebook-sdk."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

import facebook

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import Answer, judge, plain
from syndication.platforms.facebook.probing import asked_of_itself, health
from syndication.platforms.facebook.reading import Shown, created, posts
from syndication.platforms.graph import STATED_HOST, VERSION, GraphWire
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.meta import missing, next_page, retry_after, said, succeeded
from syndication.platforms.pages import pages
from syndication.platforms.protocol import (
    Clock,
    Failure,
    Health,
    InDoubt,
    NotSetUp,
    Refused,
    Secret,
    Secrets,
    Seen,
)

SITE = "https://www.facebook.com"

SKEW = timedelta(minutes=5)
"""How far Meta's clock and ours may be apart."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> FacebookClient:
    """Make the client of one Page; nothing goes over the wire yet.

    Raises:
        NotSetUp: the Page's number or its token is missing, or an option is wrong.
    """
    if not channel.options.get("page_id", "").isdecimal():
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut page_id (angka).')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    return FacebookClient(channel, secrets["access_token"], clock)


def post_url(channel: Channel, post_id: str) -> str:
    """Write where a post stands: on Facebook, or on this machine where the channel's host is.

    `post_id` is `{page}_{post}`, or the post's own part alone.
    """
    asked = host(channel, STATED_HOST)
    site = asked if on_loopback(asked) else SITE
    return f"{site}/{channel.options['page_id']}/posts/{post_id.rpartition('_')[2]}"


class FacebookClient:
    """Posts as one Page, with the Page's own token."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Give facebook-sdk our session, so that the answer is ours to judge."""
        self._channel = channel
        self._clock = clock
        self._judge = judge("Facebook", __package__)
        asked = host(channel, STATED_HOST)
        self._wire = GraphWire(STATED_HOST, asked, hidden=[token], seconds=seconds(channel))
        self._sdk = facebook.GraphAPI(token, session=self._wire)
        self._page_id = channel.options["page_id"]

    def prepare(self, payload: Payload) -> Prepared:
        """Have Facebook read the page again, so that the card shows what is there now.

        A card that could not be refreshed is no reason to lose a post: Facebook reads a page that
        it does not know when the post is made, and a limit or a bad token shows again in the
        answer to the post itself. So the outcome is only noted.

        Raises:
            Deferred: Facebook cannot be reached, so the post could not go either.
        """
        try:
            answer = self._post("", {"id": payload.link, "scrape": "true"})
        except InDoubt as doubt:
            return Prepared(payload, {"card": doubt.reason})
        done = answer.ok and answer.data and "error" not in answer.data
        return Prepared(payload, {"card": "refreshed" if done else self._failure(answer).reason})

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Publish the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._post(f"{self._page_id}/feed", prepared.payload.body)
        post_id = created(answer)
        if not post_id:
            raise self._failure(answer)
        return self._receipt(post_id)

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look among the Page's posts for this very text and link.

        Raises:
            Failure: Facebook could not be asked.
        """
        wanted, link = plain(prepared.payload.text), prepared.payload.link
        for post in posts(self._page(since - SKEW, "id,message,attachments{unshimmed_url}")):
            ours = post.text == wanted and (not post.links or link in post.links)
            if ours and post.post_id not in known:
                return self._receipt(post.post_id)
        return None

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the Page published.

        Raises:
            Failure: Facebook could not be asked.
        """
        fields = "id,message,created_time,attachments{unshimmed_url}"
        for answer in pages(lambda after: self._page(since, fields, after), next_page):
            yield from (self._seen(post, post.at) for post in posts(answer) if post.at)

    def probe(self) -> Health:
        """Ask for the Page, and for what its token may do.

        Raises:
            Failure: Facebook lets the account do nothing, or could not be asked.
        """
        page = self._ask(self._page_id, args={"fields": "id,name"})
        if page.data.get("id") != self._page_id:
            raise self._failure(page)
        token = self._post("", asked_of_itself(self._sdk.access_token))
        return health(page, token, self._clock())

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Give the post a new text; its link and card stay, for Facebook changes neither.

        Raises:
            Failure: one of the four.
        """
        answer = self._post(receipt.post_id, {"message": payload.text})
        if missing(answer):
            raise Refused("Facebook: unggahan ini sudah tidak ada di Halaman.")
        if not succeeded(answer):
            raise self._failure(answer)
        return self._receipt(receipt.post_id)

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        Facebook words a post that is gone and a token that may not see it alike; where the token
        still opens the Page, the post is gone.

        Raises:
            Failure: one of the four.
        """
        answer = self._ask(receipt.post_id, method="DELETE")
        if missing(answer):
            answer = self._ask(self._page_id, args={"fields": "id"})
        if not (succeeded(answer) or answer.data.get("id") == self._page_id):
            raise self._failure(answer)

    def _page(self, since: datetime, fields: str, after: str = "") -> Answer:
        """Ask for a page of the Page's posts, a hundred at most.

        Raises:
            Failure: it did not come.
        """
        query = {"since": str(int(since.timestamp())), "fields": fields, "limit": "100"}
        args = {**query, "after": after} if after else query
        answer = self._ask(f"{self._page_id}/published_posts", args=args)
        if not answer.ok or "error" in answer.data:
            raise self._failure(answer)
        return answer

    def _seen(self, post: Shown, at: datetime) -> Seen:
        url = post_url(self._channel, post.post_id)
        return Seen(post.post_id, url, post.text, post.links, at)

    def _post(self, path: str, body: Mapping[str, object]) -> Answer:
        return self._ask(path, post_args=dict(body))

    def _ask(self, path: str, **arguments: object) -> Answer:
        """Make one request; the SDK adds the token."""
        call = partial(self._sdk.request, f"{VERSION}/{path}", **arguments)
        return self._wire.ask(call, facebook.GraphAPIError)

    def _failure(self, answer: Answer) -> Failure:
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self._clock()))

    def _receipt(self, post_id: str) -> Receipt:
        return Receipt(post_id, post_url(self._channel, post_id), self._clock())
