"""Is the page there, for everyone, in the very revision that the post speaks of?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer

from syndication.deliver.web import text_of
from syndication.model import Entry, as_text

DIGEST_NAME = "siar:digest"
"""The `<meta>` that carries the digest of what a reader of the page gets."""

PAGE_BYTES = 1 << 20
"""The head of a page lies far within its first mebibyte; the rest is not read."""

HEAD = SoupStrainer(["link", "meta"])


@dataclass(frozen=True, slots=True)
class Live:
    """The page is live in the right revision."""


@dataclass(frozen=True, slots=True)
class NotLive:
    """It is not (yet); `reason` says why in the operator's language."""

    reason: str


Look = Callable[[Entry], Live | NotLive]
"""What the relay needs: looks at the page of an entry."""


class LiveCheck:
    """Looks at pages over HTTP. A site that cannot be reached is asked only once in a run."""

    def __init__(self, http: httpx.Client) -> None:
        """Use this client, which must not follow redirects (`web.client` makes one)."""
        self._http = http
        self._down: dict[str, str] = {}

    def __call__(self, entry: Entry) -> Live | NotLive:
        """Look at the page of an entry; whatever goes wrong is a reason, never an error."""
        try:
            host = httpx.URL(entry.url).netloc.decode()
            fault = self._down.get(host) or self._fault(entry)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            fault = f"alamat “{entry.url}” keliru ({type(error).__name__})"
        except httpx.TransportError as error:
            fault = f"situs {host} tidak dapat dihubungi ({type(error).__name__})"
            self._down[host] = fault
        except httpx.HTTPError as error:
            fault = f"{entry.url} tidak terbaca ({type(error).__name__})"
        return NotLive(f"halaman belum tayang: {fault}") if fault else Live()

    def _fault(self, entry: Entry) -> str:
        page = self._page(entry.url)
        fault = page.fault(entry)
        if not fault:
            wanted = filter(None, (page.picture, *_fetched(entry)))
            return next(filter(None, (self._picture_fault(entry.url, each) for each in wanted)), "")
        past_caches = httpx.URL(entry.url, params={"siar": entry.article_digest[:12]})
        if self._page(str(past_caches)).fault(entry):
            return fault
        return f"{fault}; yang baru sudah ada di server, tetapi cache belum memberikannya"

    def _page(self, url: str) -> _Page:
        with self._http.stream("GET", url) as response:
            body = text_of(response, PAGE_BYTES)
        html = body if b"<" in body else ""  # Beautiful Soup warns of what is no markup
        return _Page(response, BeautifulSoup(html, "html.parser", parse_only=HEAD))

    def _picture_fault(self, page: str, picture: str) -> str:
        try:
            url = httpx.URL(page).join(picture)
            with self._http.stream("GET", url) as response:
                status, kind = response.status_code, response.headers.get("content-type", "")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"gambar {picture} tidak dapat dibuka ({type(error).__name__})"
        if status != HTTPStatus.OK:
            return f"gambar {url} menjawab {status}"
        return "" if kind.startswith("image/") else f"{url} bukan gambar ({kind or 'tanpa jenis'})"


class _Page:
    """What a page says of itself."""

    def __init__(self, response: httpx.Response, head: BeautifulSoup) -> None:
        self._status = response.status_code
        self._target = response.headers.get("location", "")
        self._canonical = _attribute(head.find("link", rel="canonical"), "href")
        self._digest = _attribute(head.find("meta", attrs={"name": DIGEST_NAME}), "content")
        self.picture = _attribute(head.find("meta", property="og:image"), "content")

    def fault(self, entry: Entry) -> str:
        """Say what is wrong with it; empty if it is the page of this entry's revision."""
        if self._target:
            return f"{entry.url} dialihkan ke {self._target}"
        if self._status != HTTPStatus.OK:
            return f"{entry.url} menjawab {self._status}"
        if self._canonical != entry.url:
            return f"tautan kanoniknya “{self._canonical}”, bukan {entry.url}"
        if not self._digest:
            return f"tidak memuat <meta name={DIGEST_NAME}>"
        return "" if self._digest == entry.article_digest else "isinya masih versi lain"


def _fetched(entry: Entry) -> tuple[str, ...]:
    """Name the pictures that the platform itself will fetch: those that its request names."""
    if entry.goes is None:
        return ()
    request = as_text(entry.goes.body)
    return tuple(each.url for each in entry.goes.media if as_text(each.url) in request)


def _attribute(tag: Tag | None, name: str) -> str:
    return str(tag.get(name, "")) if tag else ""
