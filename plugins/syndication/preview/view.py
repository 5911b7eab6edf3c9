"""What the pages show of drafts: everything worked out, so that templates only place it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from syndication.compose.rules import for_channel
from syndication.drafts import Draft
from syndication.model import Article, Channel, Payload, Post, Problem, Rules, Severity
from syndication.office import Office
from syndication.platforms import registry
from syndication.preview.gauge import Fill, Gauge, gauge
from syndication.preview.looks import Look, look
from syndication.preview.pictures import Pictures
from syndication.preview.pieces import Piece, pieces


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a post: its public address, the local copy ("" if none) and its words."""

    url: str
    local: str
    alt: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A post that there is, as its reader would see it."""

    post: Post
    payload: Payload
    rules: Rules
    gauge: Gauge
    pieces: tuple[Piece, ...]
    attached: tuple[Shot, ...]
    card_picture: Shot | None

    @property
    def host(self) -> str:
        """Name the site as a link card does."""
        return urlsplit(self.post.link).hostname or ""

    @property
    def request(self) -> str:
        """Write the request's body for people: what will be sent, indented."""
        body = json.loads(self.payload.to_json())["body"]
        return json.dumps(body, ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class Line:
    """One channel's line on an article's page: a shown post, or the refusal.

    `by_hand`: no client can post there, so a person copies the text. `approvals`: how many people
    must approve it.
    """

    channel: Channel
    look: Look
    by_hand: bool
    approvals: int
    refusal: str
    shown: Shown | None

    @property
    def state(self) -> str:
        """Name the state: refused, or how full the post is."""
        return self.shown.gauge.fill.value if self.shown else "refused"

    @property
    def stands(self) -> bool:
        """Tell whether the post can go as it is."""
        return self.shown is not None and self.shown.gauge.fill is not Fill.OVER


@dataclass(frozen=True)
class Sheet:
    """One article with all of its channels and problems; `path` is its page in the folder."""

    article: Article
    path: str
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def broken(self) -> int:
        """Count what keeps a post from going: refusals, excess and errors."""
        errors = sum(problem.severity is Severity.ERROR for problem in self.problems)
        return errors + sum(not line.stands for line in self.lines)


@dataclass(frozen=True, slots=True)
class Overview:
    """All sheets, newest article first, and the problems that belong to none of them."""

    sheets: Sequence[Sheet]
    elsewhere: Sequence[Problem]
    built_at: datetime

    @property
    def ready(self) -> int:
        """Count the posts that can go as they are."""
        return sum(line.stands for sheet in self.sheets for line in sheet.lines)

    @property
    def to_mend(self) -> Sequence[Sheet]:
        """Choose the sheets that a writer should look at."""
        return [sheet for sheet in self.sheets if sheet.broken or sheet.problems]


def sheet(
    drafts: Sequence[Draft], path: str, problems: Iterable[Problem], at: Pictures, office: Office
) -> Sheet:
    """Work out the page of the one article that all of `drafts` are of."""
    article = drafts[0].article
    return Sheet(
        article=article,
        path=path,
        lines=tuple(_line(draft, at, office) for draft in drafts),
        problems=tuple(each for each in problems if article.source and each.file == article.source),
    )


def _line(draft: Draft, at: Pictures, office: Office) -> Line:
    platform = draft.channel.platform
    return Line(
        channel=draft.channel,
        look=look(platform),
        by_hand=platform not in registry.clients(),
        approvals=office.approvals(draft.channel.name, draft.article.category),
        refusal=draft.refusal,
        shown=_shown(draft.post, draft.payload, for_channel(draft.channel), at)
        if draft.post and draft.payload
        else None,
    )


def _shown(post: Post, payload: Payload, rules: Rules, at: Pictures) -> Shown:
    picture = post.picture
    return Shown(
        post=post,
        payload=payload,
        rules=rules,
        gauge=gauge(post, rules),
        pieces=tuple(pieces(payload.text, post.link)),
        attached=tuple(Shot(each.url, at.local(each.url), each.alt) for each in payload.media),
        card_picture=Shot(picture.url, at.local(picture.url), picture.alt) if picture else None,
    )
