"""A Facebook Page, through facebook-sdk."""

from __future__ import annotations

from collections.abc import Mapping

import facebook
import requests

from syndication.model import Channel, Payload, Prepared, Receipt
from syndication.platforms.answers import Answer, judge
from syndication.platforms.facebook.reading import retry_after, said
from syndication.platforms.protocol import Clock, Failure, InDoubt, NotSetUp, Secret, Secrets
from syndication.platforms.wire import Wire, on_loopback, seconds

STATED_HOST = "https://graph.facebook.com"
"""What facebook-sdk 3.1.0 has built in, and Meta's own (2026-11-24)."""

SITE = "https://www.facebook.com"

VERSION = "v26.0"
"""The Graph version that the requests are written for.

Source: https://developers.facebook.com/docs/graph-api/changelog (2026-11-24).
"""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> FacebookClient:
    """Make the client of one Page; nothing goes over the wire yet.

    Raises:
        NotSetUp: the Page's number or its token is missing.
    """
    if not channel.options.get("page_id", "").isdecimal():
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut page_id (angka).')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    return FacebookClient(channel, secrets["access_token"], clock)


class GraphWire(Wire):
    """A session that keeps the token out of every address, which logs and errors quote."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Move the token from the query to a header; in a form it may stay."""
        token = request.params.pop("access_token", None)
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        return super().prepare_request(request)


class FacebookClient:
    """Posts as one Page, with the Page's own token."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Give facebook-sdk our session, so that the answer is ours to judge."""
        self._page_id = channel.options["page_id"]
        self._clock = clock
        self._host = channel.options.get("host") or STATED_HOST
        self._judge = judge("Facebook", __package__)
        self._wire = GraphWire(STATED_HOST, self._host, hidden=[token], seconds=seconds(channel))
        self._sdk = facebook.GraphAPI(token, session=self._wire)
        self._sdk.version = VERSION  # the constructor admits versions up to 3.1 only

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
        done = answer.ok and "error" not in answer.data
        return Prepared(payload, {"card": "refreshed" if done else self._failure(answer).reason})

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Publish the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._post(f"{self._page_id}/feed", prepared.payload.body)
        post_id = answer.data.get("id")
        if not (answer.ok and isinstance(post_id, str) and _is_post_id(post_id)):
            raise self._failure(answer)
        return self._receipt(post_id)

    def _post(self, path: str, body: Mapping[str, object]) -> Answer:
        """Make one POST; the SDK adds the token to the form."""
        path = f"{self._sdk.version}/{path}"
        return self._wire.ask(
            lambda: self._sdk.request(path, post_args=dict(body)), facebook.GraphAPIError
        )

    def _failure(self, answer: Answer) -> Failure:
        return self._judge.failure(said(answer), retry_after=retry_after(answer))

    def _receipt(self, post_id: str) -> Receipt:
        site = self._host.rstrip("/") if on_loopback(self._host) else SITE
        part = post_id.rpartition("_")[2]
        return Receipt(post_id, f"{site}/{self._page_id}/posts/{part}", self._clock())


def _is_post_id(text: str) -> bool:
    """Tell whether it is `{page}_{post}` or `{post}`, in digits."""
    return text.replace("_", "", 1).isdecimal()
