"""One Page on the wire, through facebook-sdk: what is asked, and what errors mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

import facebook

from syndication.model import JSON, Channel, Receipt
from syndication.platforms.answers import Answer, judge
from syndication.platforms.graph import STATED_HOST, VERSION, GraphWire
from syndication.platforms.hosts import host, on_loopback, seconds
from syndication.platforms.meta import fine, listing, missing, retry_after, said
from syndication.platforms.pictures import MIME
from syndication.platforms.protocol import Clock, Deferred, Failure, InDoubt, Secret

SITE = "https://www.facebook.com"

POST_FIELDS = "id,message,created_time,attachments{unshimmed_url}"

UNREAD = "Facebook tidak menjawab dengan yang diminta; dicoba lagi nanti."


def post_url(channel: Channel, post_id: str) -> str:
    """Write where a post stands: on Facebook, or on this machine where the channel's host is.

    `post_id` is `{page}_{post}`, or the post's own part alone.
    """
    asked = host(channel, STATED_HOST)
    site = asked if on_loopback(asked) else SITE
    return f"{site}/{channel.options['page_id']}/posts/{post_id.rpartition('_')[2]}"


class Page:
    """Asks as one Page, with the Page's own token."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Give facebook-sdk our session, so that the answer is ours to judge."""
        self.page_id = channel.options["page_id"]
        self.token = token
        self.clock = clock
        self._channel = channel
        self._judge = judge("Facebook", __package__)
        asked = host(channel, STATED_HOST)
        self._wire = GraphWire(STATED_HOST, asked, hidden=[token], seconds=seconds(channel))
        self._sdk = facebook.GraphAPI(token, session=self._wire)

    def get(self, path: str, **query: str) -> Answer:
        """Ask for something; what is only read leaves no doubt about a post.

        Raises:
            Deferred: no whole answer came back.
        """
        try:
            return self._ask(path, args=query)
        except InDoubt as doubt:
            raise Deferred(f"{doubt.reason.partition(';')[0]}; dicoba lagi nanti.") from None

    def post(self, path: str, body: Mapping[str, JSON]) -> Answer:
        """Have something made.

        Raises:
            Deferred: nothing was sent.
            InDoubt: something was sent and no whole answer came back.
        """
        return self._ask(path, post_args=dict(body))

    def upload(self, path: str, body: Mapping[str, JSON], jpeg: bytes) -> Answer:
        """Send a picture; raises as `post` does."""
        files = {"source": ("gambar.jpg", jpeg, MIME)}
        return self._ask(path, post_args=dict(body), files=files)

    def delete(self, path: str) -> Answer:
        """Have something deleted; raises as `post` does."""
        return self._ask(path, method="DELETE")

    def failure(self, answer: Answer) -> Failure:
        """Name what an answer means for a post."""
        return self._judge.failure(said(answer), retry_after=retry_after(answer, self.clock()))

    def unread(self, answer: Answer) -> Failure:
        """Name the failure of a request that only reads: it leaves no doubt."""
        failure = self.failure(answer)
        return Deferred(UNREAD) if isinstance(failure, InDoubt) else failure

    def gone(self, answer: Answer) -> bool:
        """Tell whether what was asked for is gone.

        Facebook words that and a token that may not see it alike; where the token still opens the
        Page, it is gone.

        Raises:
            Failure: the token does not open the Page, or nobody answers.
        """
        if not missing(answer):
            return False
        itself = self.get(self.page_id, fields="id")
        if not (fine(itself) and itself.data.get("id") == self.page_id):
            raise self.unread(itself)
        return True

    def refresh(self, link: str) -> str:
        """Have Facebook read a page again; say why where it did not.

        Raises:
            Deferred: Facebook cannot be reached.
        """
        try:
            answer = self.post("", {"id": link, "scrape": "true"})
        except InDoubt as doubt:
            return doubt.reason
        done = fine(answer) and answer.data
        return "refreshed" if done else self.failure(answer).reason

    def published(self, since: datetime, after: str = "") -> Answer:
        """Ask for the Page's own posts since then, a hundred at most.

        Raises:
            Failure: they did not come.
        """
        query = {"since": str(int(since.timestamp())), "fields": POST_FIELDS, "limit": "100"}
        asked = {**query, "after": after} if after else query
        answer = self.get(f"{self.page_id}/published_posts", **asked)
        if not listing(answer):
            raise self.unread(answer)
        return answer

    def url(self, post_id: str, comment_id: str = "") -> str:
        """Write where a post stands, or a comment below it."""
        own = comment_id.rpartition("_")[2]
        return post_url(self._channel, post_id) + (f"?comment_id={own}" if own else "")

    def receipt(self, post_id: str) -> Receipt:
        """Say that a post of this Page is public."""
        return Receipt(post_id, self.url(post_id), self.clock())

    def _ask(self, path: str, **arguments: object) -> Answer:
        """Make one request; the SDK adds the token."""
        call = partial(self._sdk.request, f"{VERSION}/{path}", **arguments)
        return self._wire.ask(call, facebook.GraphAPIError)
