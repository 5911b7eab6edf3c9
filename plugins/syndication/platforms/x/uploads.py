"""The picture of a post, made to fit X, uploaded before the post and given its words."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from syndication.compose.rules import packaged
from syndication.model import Media
from syndication.platforms.answers import Answer
from syndication.platforms.pictures import Frame, NoPicture, fetch, fitted
from syndication.platforms.protocol import Deferred, InDoubt
from syndication.platforms.x.account import Account
from syndication.platforms.x.reading import post_number

ROUTE = "/2/media/upload"
"""Source: https://docs.x.com/x-api/media/upload-media (2026-11-24)."""

WORDS_ROUTE = "/2/media/metadata"
"""Source: https://docs.x.com/x-api/media/create-media-metadata (2026-11-24)."""

LIFE = timedelta(hours=23)
"""How long an upload waits for its post: X keeps it for 24 hours.

Source: `expires_after_secs` of X's answer, as documented at
https://docs.x.com/x-api/media/quickstart/media-upload-chunked (2026-11-24).
"""

WORKING = ("pending", "in_progress")
"""States of an upload that is not ready; the others are "succeeded" and "failed".

Source: X's OpenAPI document, `MediaUploadResponseDataProcessingInfo` (2026-11-24).
"""

LONG_AGO = datetime.min.replace(tzinfo=UTC)

LOOKS = 5
LONGEST_PAUSE = 3.0
"""Our own choice, in seconds: a picture is ready at once, or has something wrong with it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture that X has taken. `pause` is how long to wait before the next look, in seconds."""

    media_id: str
    state: str = ""
    pause: float = 0.0

    @property
    def working(self) -> bool:
        """Tell whether X is still busy with it."""
        return self.state in WORKING

    @property
    def failed(self) -> bool:
        """Tell whether X could make nothing of it."""
        return self.state == "failed"


def uploaded(answer: Answer) -> Upload | None:
    """Read how an upload stands; None where X took nothing."""
    data = answer.data.get("data")
    if not (answer.ok and isinstance(data, dict) and post_number(data)):
        return None
    info = data.get("processing_info")
    told = info if isinstance(info, dict) else {}
    pause = told.get("check_after_secs")
    seconds = max(0.0, float(pause)) if isinstance(pause, int) else 0.0
    return Upload(post_number(data), str(told.get("state", "")), seconds)


class Uploads:
    """The pictures that were uploaded and not yet posted."""

    def __init__(self, account: Account, seconds: float) -> None:
        """Upload as this account; `seconds` is how long a picture's own address may take."""
        rules = packaged("x")
        self._account = account
        self._seconds = seconds
        self._frame = Frame(rules.picture_bytes, longest_side=rules.picture_side)
        self._words_limit = rules.alt_limit
        self._waiting: dict[Media, tuple[str, datetime]] = {}

    def upload(self, media: Media) -> str:
        """Give X's number of the picture, uploading it unless it waits there already.

        Raises:
            NoPicture: it cannot be had, or X does not take it or its words.
            Deferred: X cannot be reached or says "later".
        """
        media_id, until = self._waiting.get(media, ("", LONG_AGO))
        if not media_id or until < self._account.clock():
            media_id = self._taken(fitted(fetch(media.url, seconds=self._seconds), self._frame))
            self._describe(media_id, media.alt[: self._words_limit])
            self._waiting[media] = media_id, self._account.clock() + LIFE
        return media_id

    def used(self) -> None:
        """Forget them: a picture belongs to one post, whatever comes of that post."""
        self._waiting.clear()

    def _taken(self, jpeg: bytes) -> str:
        body = {"media": base64.b64encode(jpeg).decode(), "media_category": "tweet_image"}
        state = self._settled(self._asked("POST", ROUTE, json=body))
        if state.failed:
            raise NoPicture("X menerima gambar ini, lalu tidak dapat mengolahnya")
        if state.working:
            raise NoPicture("X masih mengolah gambar ini")
        return state.media_id

    def _settled(self, state: Upload) -> Upload:
        for _ in range(LOOKS):
            if not state.working:
                break
            time.sleep(min(state.pause, LONGEST_PAUSE))
            query = {"command": "STATUS", "media_id": state.media_id}
            state = self._asked("GET", ROUTE, params=query)
        return state

    def _describe(self, media_id: str, words: str) -> None:
        body = {"id": media_id, "metadata": {"alt_text": {"text": words}}}
        self._answered(
            "POST", WORDS_ROUTE, lambda answer: answer.ok and "data" in answer.data, json=body
        )

    def _asked(self, method: str, route: str, **arguments: object) -> Upload:
        answer = self._answered(method, route, lambda answer: bool(uploaded(answer)), **arguments)
        return uploaded(answer) or Upload("")

    def _answered(
        self, method: str, route: str, good: Callable[[Answer], bool], **arguments: object
    ) -> Answer:
        """Ask, and take whatever goes wrong as a lack of a picture, unless the post must wait.

        Raises:
            NoPicture: X did not do it, or did not say so.
            Deferred: X cannot be reached or says "later".
        """
        try:
            answer = self._account.ask(method, route, **arguments)
        except InDoubt as doubt:
            raise NoPicture(doubt.reason.partition(";")[0]) from None
        if good(answer):
            return answer
        failure = self._account.failure(answer)
        if isinstance(failure, Deferred):
            raise failure
        raise NoPicture(failure.reason)
