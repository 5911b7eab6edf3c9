"""The photo of a post, made to fit Facebook and uploaded, unpublished, before the post."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from syndication.compose.rules import packaged
from syndication.model import Media
from syndication.platforms.facebook.page import Page
from syndication.platforms.meta import created
from syndication.platforms.pictures import Frame, NoPicture, fetch, fitted
from syndication.platforms.protocol import Deferred, Failure, InDoubt, Refused

LIFE = timedelta(hours=23)
"""How long an unpublished photo waits for its post: Facebook keeps it for 24 hours.

Source: https://developers.facebook.com/docs/graph-api/reference/page/photos (2026-11-24).
"""

OF_A_PHOTO = re.compile(r"attached_media|media_fbid|photo|foto|image|gambar", re.IGNORECASE)
"""How Facebook words that it is the photo which it will not have; it documents no code for that."""

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def turned_down(failure: Failure) -> bool:
    """Tell whether Facebook will not show a photo that it took; nothing is public then."""
    return isinstance(failure, Refused) and bool(OF_A_PHOTO.search(failure.reason))


class Photos:
    """The photos that were uploaded and not yet posted."""

    def __init__(self, page: Page, seconds: float) -> None:
        """Upload to this Page; `seconds` is how long a picture's own address may take."""
        rules = packaged("facebook")
        self._page = page
        self._seconds = seconds
        self._frame = Frame(rules.picture_bytes, longest_side=rules.picture_side)
        self._words_limit = rules.alt_limit
        self._waiting: dict[Media, tuple[str, datetime]] = {}

    def upload(self, media: Media) -> str:
        """Give Facebook's number of the photo, uploading it unless it waits there already.

        Raises:
            NoPicture: it cannot be had, or Facebook does not take it.
            Deferred: Facebook cannot be reached or says "later".
        """
        photo, until = self._waiting.get(media, ("", LONG_AGO))
        if not photo or until < self._page.clock():
            jpeg = fitted(fetch(media.url, seconds=self._seconds), self._frame)
            photo = self._taken(jpeg, media.alt[: self._words_limit])
            self._waiting[media] = photo, self._page.clock() + LIFE
        return photo

    def used(self) -> None:
        """Forget them: a photo belongs to one post, whatever comes of that post."""
        self._waiting.clear()

    def _taken(self, jpeg: bytes, words: str) -> str:
        body = {"published": "false", "alt_text_custom": words}
        try:
            answer = self._page.upload(f"{self._page.page_id}/photos", body, jpeg)
        except InDoubt as doubt:
            raise NoPicture(doubt.reason.partition(";")[0]) from None
        photo = created(answer)
        if photo:
            return photo
        failure = self._page.failure(answer)
        if isinstance(failure, Deferred):
            raise failure
        raise NoPicture(failure.reason)
