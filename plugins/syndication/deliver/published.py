"""The register that the site shows: proof of posts, even to a ledger that forgot them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import httpx

from syndication.deliver.web import past_caches, text_of
from syndication.ledger import queries
from syndication.ledger.recovery import descends_from
from syndication.ledger.store import Ledger
from syndication.model import Deed

PATH = "/verifikasi/register.json"

VERSION = 1
"""The shape of the register that this reads; `register.py` writes it."""

MOST_BYTES = 64 << 20
"""About 300 bytes a post: room for 200,000."""

NAMED = 5
"""So many posts are named in a message; the others are counted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as the register shows it. `at` is aware.

    `correction` is the one that it tells or came after. In an early register `post_id` is "" and
    `correction` None: nobody knows.
    """

    article_id: str
    lang: str
    channel: str
    revision: int
    platform: str
    post_id: str
    url: str
    at: datetime
    payload_sha256: str
    deed: Deed = Deed.POST
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """What the site shows: its posts, and the head of the chain that they were printed from."""

    head: str
    posts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """The register could not be read; nobody knows what it says. `reason` is for the operator.

    A deletion need not wait for it: it makes nothing public, and a site that is down is when posts
    that mislead must go.
    """

    reason: str

    def __str__(self) -> str:
        """Say to the operator what that stops."""
        return f"Tidak ada yang dikirim: {self.reason}. Hanya penarikan yang tetap dijalankan."


EMPTY = Register("", ())
"""What a site shows that has no register yet."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What the site shows and the ledger does not know. `posts` may be empty: then only events."""

    posts: tuple[Shown, ...]
    where: str

    def __str__(self) -> str:
        """Say it to the operator, with the remedy."""
        named = ", ".join(f"{post.article_id} di {post.channel}" for post in self.posts[:NAMED])
        rest = len(self.posts) - NAMED
        more = f" dan {rest} lainnya" if rest > 0 else ""
        known = f"{len(self.posts)} unggahan ({named}{more})" if self.posts else "catatan"
        return (
            f"{self.where}: situs sudah menampilkan {known} yang tidak ada di buku besar (ledger) "
            "ini. Agar tidak ada unggahan ganda, tidak satu pun dikirim. Pulihkan cadangan "
            "(backup) buku besar yang terbaru; bila tidak ada, singkirkan buku besar ini dan "
            "jalankan `siar recover`."
        )


def fetch(http: httpx.Client, site: str) -> Register | Silent:
    """Read the register of the site at this address; a 404 means that it has none yet."""
    url = site.rstrip("/") + PATH
    try:
        with http.stream("GET", past_caches(url)) as response:
            status = response.status_code
            body = text_of(response, MOST_BYTES)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Silent(f"{url} tidak dapat dibaca ({type(error).__name__})")
    if status == HTTPStatus.NOT_FOUND:
        return EMPTY
    if status != HTTPStatus.OK:
        return Silent(f"{url} menjawab {status}")
    try:
        return parse(body)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Silent(f"{url} bukan register Siar ({type(error).__name__})")


def parse(body: bytes) -> Register:
    """Read a register.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, RecursionError: it is none, or of another
            version.
    """
    data = json.loads(body)
    if data["version"] != VERSION:
        raise ValueError(f"version {data['version']}")
    return Register(str(data["head"]), tuple(_shown(post) for post in data["posts"]))


def _shown(post: Mapping[str, str]) -> Shown:
    at = datetime.fromisoformat(post["at"])
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {at}")
    return Shown(
        article_id=post["article"],
        lang=post["lang"],
        channel=post["channel"],
        revision=int(post["revision"]),
        platform=post["platform"],
        post_id=post.get("post_id", ""),
        url=post["url"],
        at=at,
        payload_sha256=post["payload_sha256"],
        deed=Deed(post.get("deed", Deed.POST)),
        correction=post.get("correction"),
    )


def forgotten(ledger: Ledger, register: Register) -> Forgotten | None:
    """Find what the site shows and the ledger lacks; None if it knows all of it.

    A ledger restored from an old backup may know every post and still lack the attempts that
    came after it; the register's head tells.
    """
    known = queries.ever_posted(ledger)
    posts = tuple(
        post
        for post in register.posts
        if (post.article_id, post.channel, post.revision) not in known
    )
    strange = bool(register.head) and not descends_from(ledger, register.head)
    return Forgotten(posts, ledger.where) if posts or strange else None
