"""Who is told, and how: a hub hears of feeds, IndexNow of pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import httpx

from announce.site import Site

INDEX_NOW = "https://api.indexnow.org/indexnow"
"""Shares what it is told with the search engines that take part (indexnow.org, 2026-11-24)."""

MOST_PAGES = 10_000
"""How many addresses one request to IndexNow may hold.

Source: https://www.indexnow.org/documentation (2026-11-24).
"""


class NotTold(Exception):  # noqa: N818 -- says what was answered
    """The listener did not take the news; it is told again at the next round."""


class Listener(Protocol):
    """One who asked to be told."""

    @property
    def name(self) -> str:
        """Name the listener for the memory and for people."""

    def hears(self, live: Site) -> Mapping[str, str]:
        """Return what of the site this listener follows: address → state."""

    def news(self, told: Mapping[str, str] | None, live: Mapping[str, str]) -> list[str]:
        """Return the addresses to tell of; None: this is the first time."""

    def tell(self, http: httpx.Client, news: Sequence[str]) -> None:
        """Tell it.

        Raises:
            NotTold: the listener did not take it.
        """


@dataclass(frozen=True, slots=True)
class Hub:
    """A WebSub hub, which brings feeds to their subscribers.

    WebSub leaves the telling to hub and publisher. `hub.mode=publish` with `hub.url` is what the
    hubs of PubSubHubbub took; others want `hub.topic` (https://websubhub.com, 2026-11-24).
    """

    name: str

    def hears(self, live: Site) -> Mapping[str, str]:
        """Return the feeds."""
        return live.feeds

    def news(self, told: Mapping[str, str] | None, live: Mapping[str, str]) -> list[str]:
        """Return the feeds that are new or changed."""
        known = told or {}
        return [feed for feed, state in live.items() if known.get(feed) != state]

    def tell(self, http: httpx.Client, news: Sequence[str]) -> None:
        """Tell it of each feed."""
        for feed in news:
            form = {"hub.mode": "publish", "hub.url": feed, "hub.topic": feed}
            _sent(http, http.build_request("POST", self.name, data=form))


@dataclass(frozen=True, slots=True)
class IndexNow:
    """The search engines that take part in IndexNow, who know the site by a public key."""

    siteurl: str
    key: str
    name: str = INDEX_NOW

    def hears(self, live: Site) -> Mapping[str, str]:
        """Return the pages of the site's map."""
        return live.pages

    def news(self, told: Mapping[str, str] | None, live: Mapping[str, str]) -> list[str]:
        """Return the pages that are new, changed or gone; at first none: those are known."""
        if told is None:
            return []
        return sorted(
            each for each in told.keys() | live.keys() if told.get(each) != live.get(each)
        )

    def tell(self, http: httpx.Client, news: Sequence[str]) -> None:
        """Tell it of all pages at once, or of as many as it takes."""
        for start in range(0, len(news), MOST_PAGES):
            said = {
                "host": urlsplit(self.siteurl).netloc,
                "key": self.key,
                "keyLocation": f"{self.siteurl}/{self.key}.txt",
                "urlList": list(news[start : start + MOST_PAGES]),
            }
            _sent(http, http.build_request("POST", self.name, json=said))


def _sent(http: httpx.Client, request: httpx.Request) -> None:
    try:
        answer = http.send(request)
    except httpx.HTTPError as error:
        raise NotTold(f"{request.url.host} tidak terjangkau ({type(error).__name__})") from error
    if not answer.is_success:
        raise NotTold(f"{request.url.host} menjawab {answer.status_code}")
