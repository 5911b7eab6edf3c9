"""What of the site is live now: its pages with their days, and its feeds with their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError, fromstring

import httpx

SITEMAP = "sitemap.xml"
FEEDS = ("atom.xml", "rss.xml", "feed.json")
_IN_MAP = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


class NotLive(Exception):  # noqa: N818 -- says what was seen
    """The site could not be read as its readers read it."""


@dataclass(frozen=True, slots=True)
class Site:
    """Each page's `lastmod` ("" where it has none) and each feed's SHA-256, by address."""

    pages: Mapping[str, str]
    feeds: Mapping[str, str]


def read(http: httpx.Client, siteurl: str, feeds: Iterable[str]) -> Site:
    """Ask the live site for its map and for the feeds at these paths.

    Raises:
        NotLive: one of them did not come.
    """
    pages = _pages(_get(http, f"{siteurl}/{SITEMAP}"))
    addresses = sorted(f"{siteurl}/{path}" for path in feeds)
    return Site(pages, {each: hashlib.sha256(_get(http, each)).hexdigest() for each in addresses})


def _get(http: httpx.Client, address: str) -> bytes:
    try:
        answer = http.get(address)
    except httpx.HTTPError as error:
        raise NotLive(f"{address} tidak terbaca ({type(error).__name__})") from error
    if answer.status_code != httpx.codes.OK:
        raise NotLive(f"{address} menjawab {answer.status_code}")
    return answer.content


def _pages(text: bytes) -> Mapping[str, str]:
    try:
        urls = fromstring(text).findall("map:url", _IN_MAP)  # noqa: S314 -- our own file
    except ParseError as error:
        raise NotLive(f"{SITEMAP} bukan peta situs ({error})") from error
    return {
        url.findtext("map:loc", "", _IN_MAP): url.findtext("map:lastmod", "", _IN_MAP)
        for url in urls
    }
