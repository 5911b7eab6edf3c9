"""The frozen values that the rooms hand to each other, in the order of the flow."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

JSON: TypeAlias = "Mapping[str, JSON] | Sequence[JSON] | str | int | float | bool | None"

NOTHING: Mapping[str, str] = MappingProxyType({})
NO_LIMITS: Mapping[str, int] = MappingProxyType({})


def as_text(value: JSON) -> str:
    """Write a JSON value in the one form that is hashed and compared."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning is counted and shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person must mend, said in their words.

    `file` is relative to the project root; `line` counts from 1, and 0 means the whole file.
    """

    file: str
    line: int
    message: str
    remedy: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Say it on one line: where, what, and what to do."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.message} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article: its public address and the words for those who cannot see it.

    `digest` is the SHA-256 of the file that the writer put into the content folder ("": it is
    not there); what is published at `url` may be made of it.
    """

    url: str
    alt: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A published article as the rest of the house knows it; Pelican is already out of sight.

    `html` is the rendered body. `url` is canonical and absolute. Times are aware. `picture` is
    its lead, `pictures` are the further ones that stand in its body, in their order.
    `digest` is the SHA-256 of what a reader of the page gets: it changes with every edit.
    """

    id: str
    lang: str
    title: str
    url: str
    date: datetime
    html: str
    digest: str
    source: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    picture: Picture | None = None
    channels: tuple[str, ...] = ()
    own_posts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    not_before: datetime | None = None
    correction: str = ""
    withdrawn: str = ""
    priority: bool = False
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """One official account on a platform, in one language. Holds nothing secret.

    `limits` are fields of `Rules` in which its own server differs from its platform.
    """

    name: str
    platform: str
    lang: str
    account: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    template: str = ""
    limits: Mapping[str, int] = field(default_factory=lambda: NO_LIMITS)

    @property
    def correcting(self) -> Correcting:
        """How posts in public are corrected; the settings were checked to name a way."""
        return Correcting(self.options.get("correction", Correcting.EDIT))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a platform allows and costs, as its `rules.toml` says with source and day.

    `unit` names how `counting` measures a text and `bound_unit` how a text is made to fit;
    `limit` holds for both. `caption_limit` (0: the same) holds for a text below a picture and
    `byte_limit` (0: none) is in UTF-8. An address that `url_grammar` ("": none)
    knows costs `url_cost` units. `room` is how much of the limit a good post uses, in the
    same unit (0: all). `shape` is a template. A picture is made to fit `picture_bytes` and
    `picture_side` pixels (0: any). `secrets` and `options` name what an account needs.
    Prices are US dollars for one post sent, and for one post read back.

    A post stands on one of `hosts` (none: the channel's own server) under a path that the regular
    expression `post_path` fits ("": unknown); its groups are the `account` and the post's `id`.
    """

    platform: str
    limit: int
    unit: str
    bound_unit: str
    looked_up: str
    shape: str
    caption_limit: int = 0
    byte_limit: int = 0
    room: int = 0
    url_cost: int = 0
    url_grammar: str = ""
    link_in_text: bool = True
    hashtag_cap: int = 0
    hashtag_limit: int = 0
    picture_cap: int = 0
    picture_bytes: int = 0
    picture_side: int = 0
    alt_limit: int = 0
    secrets: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    price: float = 0.0
    price_with_link: float = 0.0
    price_read: float = 0.0
    hosts: tuple[str, ...] = ()
    post_path: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a channel will say of an article: NFC text that fits, with its link exactly once.

    `text` is complete as readers will see it. Where the platform takes the link beside the
    text (`Rules.link_in_text` is false) the text does not hold it.

    `origin` names the article, its correction and the channel (64 hexadecimal digits), whatever
    the text; `not_before` is the earliest moment at which the post may be public (aware).
    `pictures` are further ones, for platforms that show several.
    """

    channel: str
    lang: str
    text: str
    link: str
    title: str
    description: str = ""
    hashtags: tuple[str, ...] = ()
    picture: Picture | None = None
    origin: str = ""
    not_before: datetime | None = None
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file that goes with a post.

    `digest` is that of the picture that it shows: approval binds to it, so another picture under
    the same address is approved by nobody ("": not known).
    """

    url: str
    alt: str
    mime: str
    digest: str


@dataclass(frozen=True, slots=True)
class Payload:
    """All that will be sent for one entry, but the ids that the platform itself issues.

    `text` and `link` are what people approve and search for; `body` is the request itself.
    """

    platform: str
    text: str
    link: str
    body: Mapping[str, JSON]
    media: tuple[Media, ...] = ()

    def to_json(self) -> str:
        """Write the canonical form: sorted keys, no spaces, Unicode as it is."""
        return as_text(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Payload:
        """Read what `to_json` wrote."""
        data = json.loads(text)
        media = tuple(Media(**item) for item in data.pop("media"))
        return cls(**data, media=media)

    @property
    def sha256(self) -> str:
        """Name the payload: approval binds to this digest (hexadecimal)."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


LACK = "picture"
"""Names in `Prepared.ids` why a picture could not be had."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A payload with the ids that the platform issued while it was prepared.

    `ids[LACK]` says why a picture stays behind, where one does.
    """

    payload: Payload
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The platform's word that the post is public. `at` is aware."""

    post_id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody said below a post of ours: a reply or a comment. Public words of a person.

    `id` is the platform's, unique on its channel; `post_id` is that of the receipt below whose
    post it stands, however deep; `parent` is the `id` of the response that it answers ("": it
    answers the post). `author` is the name that everybody sees; `ours`: the account wrote it
    itself. `at` is aware.
    """

    id: str
    post_id: str
    url: str
    author: str
    text: str
    at: datetime
    parent: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a post was seen and used, as its platform counts; None where it does not say."""

    views: int | None = None
    likes: int | None = None
    replies: int | None = None
    shares: int | None = None
    clicks: int | None = None


class Heed(StrEnum):
    """What became of a response: it waits for the press officer, was seen, or was answered."""

    NEW = "new"
    DONE = "done"
    ANSWERED = "answered"


class State(StrEnum):
    """Where an entry stands; the ledger keeps the reason beside it."""

    SKIPPED = "skipped"
    QUEUED = "queued"
    BY_HAND = "by_hand"
    SENDING = "sending"
    DELIVERED = "delivered"
    IN_DOUBT = "in_doubt"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What the relay does for an entry.

    A correction begins as `CORRECT`; when it is sent, its channel's way is chosen: the post in
    public is edited, a post of its own is linked to the page, or it also replaces the older ones.
    """

    POST = "post"
    REPEAT = "repeat"
    CORRECT = "correct"
    EDIT = "edit"
    LINK = "link"
    REPLACE = "replace"


CORRECTIONS = frozenset({Deed.CORRECT, Deed.EDIT, Deed.LINK, Deed.REPLACE})


class Correcting(StrEnum):
    """How a channel corrects a post in public; editing falls back to a post of its own."""

    EDIT = "edit"
    EDIT_OR_REPLACE = "edit-or-replace"
    LINK = "link"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: an article's revision on a channel. Times are aware (UTC).

    (`article_id`, `channel`, `revision`) is unique; `key` is its digest, the idempotency key.
    `article_digest` is what the live page must carry before the post may go. `correction` is the
    article's `Ralat` that the post tells of or came after; None: it was not recorded. `plain`:
    the platform turned its picture down, so it goes without.
    """

    id: int
    key: str
    article_id: str
    channel: str
    revision: int
    state: State
    reason: str
    title: str
    lang: str
    url: str
    article_digest: str
    payload: Payload | None
    due_at: datetime
    queued_at: datetime
    attempts: int
    receipt: Receipt | None = None
    source: str = ""
    cause: str = ""
    next_at: datetime | None = None
    waiting_since: datetime | None = None
    deferrals: int = 0
    category: str = ""
    priority: bool = False
    deed: Deed = Deed.POST
    correction: str | None = None
    plain: bool = False

    @property
    def goes(self) -> Payload | None:
        """Return what is to be sent, and to be approved: the payload, or its rest where `plain`."""
        if self.payload is None or not self.plain:
            return self.payload
        return replace(self.payload, media=())


def entry_key(article_id: str, channel: str, revision: int) -> str:
    """Derive the idempotency key of an entry: 64 hexadecimal digits, the same on every machine."""
    return hashlib.sha256(as_text([article_id, channel, revision]).encode()).hexdigest()


def post_origin(article: Article, channel: Channel) -> str:
    """Derive what a post comes from: the same for every wording, another one for a correction."""
    named = as_text([article.id, article.correction, channel.name])
    return hashlib.sha256(named.encode()).hexdigest()
