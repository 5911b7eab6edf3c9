"""The picture of a post, made to fit the instance and uploaded before the post."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from functools import partial
from http import HTTPStatus

from syndication.model import LACK, Channel, Media
from syndication.platforms.answers import Answer
from syndication.platforms.containers import LOOKS, pause
from syndication.platforms.hosts import seconds
from syndication.platforms.mastodon.limits import Limits
from syndication.platforms.mastodon.reading import object_id
from syndication.platforms.mastodon.server import Server
from syndication.platforms.pictures import NoPicture, fetch, fitted
from syndication.platforms.protocol import Deferred, Refused

NAME = "gambar.jpg"
"""Mastodon ignores a file's name; other servers show it."""

SETTLED = frozenset({HTTPStatus.OK, HTTPStatus.NOT_FOUND})
"""What a server says of a picture that is ready; one that cannot be asked is taken at its word."""


class Uploads:
    """The pictures that were uploaded and not yet posted: uploads are few (30 in 30 minutes).

    Source: https://docs.joinmastodon.org/api/rate-limits/ (2026-11-24).
    """

    def __init__(self, server: Server, channel: Channel) -> None:
        """Upload to this server, as patiently as the channel says."""
        self._server = server
        self._seconds = seconds(channel)
        self._pause = pause(channel)
        self._waiting: dict[Media, str] = {}

    def ids(self, files: Collection[Media], limits: Limits) -> Mapping[str, str]:
        """Upload what a post takes along; where a picture cannot go, say why instead.

        Raises:
            Deferred: the server cannot be reached or says "later".
            Refused: a picture has no words.
        """
        ids: dict[str, str] = {}
        for media in files:
            if not media.alt.strip():
                raise Refused("Mastodon: gambar tanpa kata-kata; isi Gambar_alt pada naskah.")
            try:
                ids["media"] = self.upload(media, limits)
            except NoPicture as lack:
                ids[LACK] = str(lack)
        return ids

    def upload(self, media: Media, limits: Limits) -> str:
        """Give the server's id of the picture, uploading it unless it waits there already.

        Raises:
            NoPicture: it cannot be had, or the server does not take it.
            Deferred: the server cannot be reached or says "later".
        """
        if media not in self._waiting:
            data = fitted(fetch(media.url, seconds=self._seconds), limits.frame)
            self._waiting[media] = self._taken(data, media, media.alt[: limits.description])
        return self._waiting[media]

    def used(self) -> None:
        """Forget them: a picture belongs to one post, whatever comes of that post."""
        self._waiting.clear()

    def _taken(self, data: bytes, media: Media, words: str) -> str:
        post = self._server.sdk.media_post
        call = partial(post, data, mime_type=media.mime, description=words, file_name=NAME)
        answer = self._server.look(call)
        if answer.status == HTTPStatus.NOT_FOUND:
            self._server.ask_as_of_old()
            answer = self._server.look(call)
        media_id = object_id(answer)
        if not media_id:
            raise self._without(answer)
        if answer.status == HTTPStatus.ACCEPTED:
            self._settle(media_id)
        return media_id

    def _settle(self, media_id: str) -> None:
        """Look until the server has made something of the picture, or says that it cannot.

        Source: https://docs.joinmastodon.org/methods/media/#get (2026-11-24).
        """
        for _ in range(LOOKS):
            answer = self._server.look(partial(self._server.sdk.media, media_id))
            if answer.status in SETTLED:
                return
            if answer.status != HTTPStatus.PARTIAL_CONTENT:
                raise self._without(answer)
            time.sleep(self._pause)
        raise NoPicture("Mastodon: server belum selesai mengolah gambarnya.")

    def _without(self, answer: Answer) -> Exception:
        """Say why a post goes without its picture, or that it may have it later."""
        failure = self._server.failure(answer)
        return failure if isinstance(failure, Deferred) else NoPicture(failure.reason)
