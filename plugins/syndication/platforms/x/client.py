"""An X account: posts, looks for them, takes them back, and hears and answers what people say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from syndication.model import JSON, LACK, Channel, Figures, Payload, Prepared, Receipt, Response
from syndication.platforms.answers import Answer, plain
from syndication.platforms.hosts import seconds
from syndication.platforms.pages import pages
from syndication.platforms.pictures import NoPicture
from syndication.platforms.protocol import (
    Clock,
    Health,
    NotSetUp,
    PictureRefused,
    Refused,
    Secrets,
    Seen,
)
from syndication.platforms.x.account import SECRETS, Account, stamp
from syndication.platforms.x.figures import Metrics
from syndication.platforms.x.format import PICTURES, with_picture
from syndication.platforms.x.probing import health
from syndication.platforms.x.reading import Shown, created, deleted, next_page, timeline
from syndication.platforms.x.replies import Replies
from syndication.platforms.x.trouble import media_turned_down
from syndication.platforms.x.uploads import Uploads

SKEW = timedelta(minutes=5)
"""How far X's clock and ours may be apart."""

POSTS = "/2/tweets"


def connect(channel: Channel, secrets: Secrets, clock: Clock) -> XClient:
    """Make the client of one account; nothing goes over the wire yet.

    Raises:
        NotSetUp: one of the four secrets is missing, or an option is wrong.
    """
    missing = [name for name in SECRETS if not secrets.get(name)]
    if missing:
        raise NotSetUp(f'Saluran "{channel.name}" belum punya {", ".join(missing)}.')
    if with_picture(channel) not in PICTURES:
        raise NotSetUp(f'Saluran "{channel.name}": picture harus "yes" atau "no".')
    return XClient(channel, secrets, clock)


class XClient:
    """Posts as one account, in its own name (OAuth 1.0a)."""

    def __init__(self, channel: Channel, secrets: Secrets, clock: Clock) -> None:
        """Ask as this account."""
        self._account = Account(channel, secrets, clock)
        self._uploads = Uploads(self._account, seconds(channel))

    def prepare(self, payload: Payload) -> Prepared:
        """Upload the picture with its words.

        A picture that cannot be had or is not taken is no reason to lose a post: X then shows the
        card of the link.

        Raises:
            Deferred: X cannot be reached or says "later".
            Refused: the picture has no words.
        """
        ids: dict[str, str] = {}
        for media in payload.media:
            if not media.alt.strip():
                raise Refused("X: gambar tanpa kata-kata; isi Gambar_alt pada naskah.")
            try:
                ids["media"] = self._uploads.upload(media)
            except NoPicture as lack:
                ids[LACK] = str(lack)
        return Prepared(payload, ids)

    def deliver(self, prepared: Prepared, *, key: str) -> Receipt:  # noqa: ARG002 -- X knows no key
        """Publish the post.

        Raises:
            Failure: one of the four; `PictureRefused` where X turns down a picture that it took.
        """
        media = prepared.ids.get("media")
        self._uploads.used()
        attached: dict[str, JSON] = {"media": {"media_ids": [media]}} if media else {}
        answer = self._account.ask("POST", POSTS, json={**prepared.payload.body, **attached})
        if media and media_turned_down(answer):
            raise PictureRefused(self._account.failure(answer).reason)
        return self._made(answer)

    def find(
        self, prepared: Prepared, *, since: datetime, known: Collection[str]
    ) -> Receipt | None:
        """Look on the account's timeline for this very text. X bills each post that it shows.

        Raises:
            Failure: X could not be asked.
        """
        wanted = plain(prepared.payload.text)
        query = {"tweet.fields": "entities,referenced_tweets"}
        for post in timeline(self._page(since - SKEW, query)):
            if post.text == wanted and post.post_id not in known:
                return self._account.receipt(post.post_id)
        return None

    def timeline(self, since: datetime) -> Iterator[Seen]:
        """Read the account's posts. X bills each post that it shows, replies included.

        X shows the newest 3,200 posts of an account, however old the rest is, and only 800 where
        it is asked to leave out replies, so that is done here
        (https://docs.x.com/x-api/posts/timelines/introduction, 2026-11-24).

        Raises:
            Failure: X could not be asked.
        """
        fields = "created_at,entities,referenced_tweets"
        query = {"tweet.fields": fields, "exclude": "retweets"}

        def ask(page: str) -> Answer:
            return self._page(since, {**query, "pagination_token": page} if page else query)

        for answer in pages(ask, next_page):
            yield from (self._seen(post, post.at) for post in timeline(answer) if post.at)

    def responses(self, receipts: Sequence[Receipt], *, since: datetime) -> Iterator[Response]:
        """Read the conversations below these posts, seven days back at most.

        X bills each reply that it shows, and each person who wrote one.

        Raises:
            Failure: X could not be asked.
        """
        return Replies(self._account).below(receipts, since)

    def reply(self, response: Response, text: str, *, key: str) -> Receipt:  # noqa: ARG002 -- X knows no key
        """Answer somebody. Since 2026-02-23 X takes that only below a post that names the account.

        Source: https://devcommunity.x.com/t/update-to-reply-behavior-in-x-api-v2 as reported at
        https://www.odaily.news/en/newsflash/469433 (2026-11-24).

        Raises:
            Failure: one of the four; `Refused` where X does not let the account answer here.
        """
        body = {"text": text, "reply": {"in_reply_to_tweet_id": response.id}}
        return self._made(self._account.ask("POST", POSTS, json=body))

    def figures(self, receipts: Sequence[Receipt]) -> Mapping[str, Figures]:
        """Read how often these posts were seen and used. X bills each post that it shows.

        Raises:
            Failure: X could not be asked.
        """
        return Metrics(self._account).of(receipts)

    def take_reads(self) -> int:
        """Tell what X billed for reading since this was last asked, in posts; a person is two."""
        return self._account.take_reads()

    def probe(self) -> Health:
        """Ask X who this token is. X bills that as one person.

        Raises:
            Failure: X lets the account do nothing, or could not be asked.
        """
        answer = self._account.read("/2/users/me", {})
        return health(answer, self._account.channel, self._account.clock())

    def withdraw(self, receipt: Receipt) -> None:
        """Delete the post.

        Raises:
            Failure: one of the four.
        """
        answer = self._account.ask("DELETE", f"{POSTS}/{receipt.post_id}")
        if not deleted(answer):
            raise self._account.failure(answer)

    def _page(self, since: datetime, query: Mapping[str, str]) -> Answer:
        """Ask for a page of the account's own posts, a hundred at most.

        Raises:
            Failure: it did not come.
        """
        asked: dict[str, str | int] = {"start_time": stamp(since), "max_results": 100, **query}
        return self._account.read(f"/2/users/{self._account.user_id}/tweets", asked)

    def _made(self, answer: Answer) -> Receipt:
        post_id = created(answer)
        if not post_id:
            raise self._account.failure(answer)
        return self._account.receipt(post_id)

    def _seen(self, post: Shown, at: datetime) -> Seen:
        return Seen(post.post_id, self._account.url(post.post_id), post.text, post.links, at)
