"""A Facebook Page: posts, edits, takes back, and hears and answers what people say."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from syndication.model import LACK, Channel, Figures, Payload, Prepared, Receipt, Response
from syndication.platforms.answers import Answer, plain
from syndication.platforms.facebook.comments import Comments
from syndication.platforms.facebook.figures import Metrics
from syndication.platforms.facebook.format import PICTURES, with_picture
from syndication.platforms.facebook.page import Page
from syndication.platforms.facebook.photos import Photos, turned_down
from syndication.platforms.facebook.probing import asked_of_itself, health
from syndication.platforms.facebook.reading import Shown, created, posts
from syndication.platforms.hosts import seconds
from syndication.platforms.meta import missing, next_page, succeeded
from syndication.platforms.pages import pages
from syndication.platforms.pictures import NoPicture
from syndication.platforms.protocol import (
    Clock,
    Health,
    NotSetUp,
    PictureRefused,
    Refused,
    Secret,
    Secrets,
    Seen,
)

SKEW = timedelta(minutes=5)
"""How far Meta's clock and ours may be apart."""


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> FacebookClient:
    """Make the client of one Page; nothing goes over the wire yet.

    Raises:
        NotSetUp: the Page's number or its token is missing, or an option is wrong.
    """
    if not channel.options.get("page_id", "").isdecimal():
        raise NotSetUp(f'Saluran "{channel.name}" belum menyebut page_id (angka).')
    if with_picture(channel) not in PICTURES:
        raise NotSetUp(f'Saluran "{channel.name}": picture harus "yes" atau "no".')
    if not secrets.get("access_token"):
        raise NotSetUp(f'Saluran "{channel.name}" belum punya access_token.')
    return FacebookClient(channel, secrets["access_token"], clock)


class FacebookClient:
    """Posts as one Page."""

    def __init__(self, channel: Channel, token: Secret, clock: Clock) -> None:
        """Ask as this Page."""
        self._page = Page(channel, token, clock)
        self._photos = Photos(self._page, seconds(channel))

    def prepare(self, payload: Payload) -> Prepared:
        """Upload the photo, or have Facebook read the page again, so that the card is up to date.

        Neither a photo that cannot be had nor a card that could not be refreshed is a reason to
        lose a post: Facebook reads a page that it does not know when the post is made, and a limit
        or a bad token shows again in the answer to the post itself. So it is only noted.

        Raises:
            Deferred: Facebook cannot be reached, or says "later" to the photo.
            Refused: the photo has no words.
        """
        ids: dict[str, str] = {}
        for media in payload.media:
            if not media.alt.strip():
                raise Refused("Facebook: foto tanpa kata-kata; isi Gambar_alt pada naskah.")
            try:
                return Prepared(payload, {"photo": self._photos.upload(media)})
            except NoPicture as lack:
                ids[LACK] = str(lack)
        return Prepared(payload, {**ids, "card": self._page.refresh(payload.link)})

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Publish the post.

        Raises:
            Failure: one of the four; `PictureRefused` where Facebook turns down a photo it took.
        """
        photo, body = prepared.ids.get("photo"), dict(prepared.payload.body)
        if photo:  # Facebook takes a photo or a link
            body.pop("link", None)
            body["attached_media"] = json.dumps([{"media_fbid": photo}])
        self._photos.used()
        answer = self._page.post(f"{self._page.page_id}/feed", body)
        made = created(answer)
        if made:
            return self._page.receipt(made)
        failure = self._page.failure(answer)
        if photo and turned_down(failure):
            raise PictureRefused(failure.reason)
        raise failure

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look among the Page's posts for this very text and link.

        Raises:
            Failure: Facebook could not be asked.
        """
        wanted, link = plain(prepared.payload.text), prepared.payload.link
        for post in posts(self._page.published(since - SKEW)):
            ours = post.text == wanted and (not post.links or link in post.links)
            if ours and post.post_id not in known:
                return self._page.receipt(post.post_id)
        return None

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read what the Page published.

        Raises:
            Failure: Facebook could not be asked.
        """
        for answer in pages(partial(self._page.published, since), next_page):
            yield from (self._seen(post, post.at) for post in posts(answer) if post.at)

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read the comments below these posts, at every depth.

        Raises:
            Failure: Facebook could not be asked.
        """
        return Comments(self._page).below(receipts, since)

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:  # noqa: ARG002 -- Meta knows no key
        """Comment on a comment, as the Page; it needs `pages_manage_engagement`.

        Raises:
            Failure: one of the four; `Refused` where the comment is gone.
        """
        answer = self._page.post(f"{response.id}/comments", {"message": text})
        if missing(answer):
            raise Refused("Facebook: komentar yang hendak dibalas sudah tidak ada.")
        made = self._made(answer)
        return Receipt(made, self._page.url(response.post_id, made), self._page.clock())

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read how often these posts were seen and used.

        Raises:
            Failure: Facebook could not be asked.
        """
        return Metrics(self._page).of(receipts)

    def probe(self) -> Health:
        """Ask for the Page, and for what its token may do.

        Raises:
            Failure: Facebook lets the account do nothing, or could not be asked.
        """
        page = self._page.get(self._page.page_id, fields="id,name")
        if page.data.get("id") != self._page.page_id:
            raise self._page.failure(page)
        token = self._page.post("", asked_of_itself(self._page.token))
        return health(page, token, self._page.clock())

    def revise(self, receipt: Receipt, payload: Payload) -> Receipt:
        """Give the post a new text; its link, card or photo stays, for Facebook changes none.

        Raises:
            Failure: one of the four.
        """
        answer = self._page.post(receipt.post_id, {"message": payload.text})
        if missing(answer):
            raise Refused("Facebook: unggahan ini sudah tidak ada di Halaman.")
        if not succeeded(answer):
            raise self._page.failure(answer)
        return self._page.receipt(receipt.post_id)

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._page.delete(receipt.post_id)
        if not succeeded(answer) and not self._page.gone(answer):
            raise self._page.failure(answer)

    def _made(self, answer: Answer) -> str:
        made = created(answer)
        if not made:
            raise self._page.failure(answer)
        return made

    def _seen(self, post: Shown, at: datetime) -> Seen:
        return Seen(post.post_id, self._page.url(post.post_id), post.text, post.links, at)
