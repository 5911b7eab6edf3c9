"""A month's account of the office's channels: what went out, came back, was answered, and cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from decimal import Decimal
from statistics import median

from syndication.ledger import period as kept
from syndication.ledger.period import Counted, Period, Said, Sent
from syndication.ledger.store import Ledger
from syndication.model import CORRECTIONS, Deed, Figures, Heed, State
from syndication.office import Office

TAKEN_BACK = ("withdrawn", "removed")
REFUSED = ("refused", "given_up", "rejected")
STILL_REFUSED = (State.REFUSED, State.GIVEN_UP)

NOTHING_SAID = Figures()


@dataclass(frozen=True, slots=True)
class Talk:
    """What people said, and what became of it; `until_answered` is the median (None: no answer)."""

    heard: int
    answered: int
    seen: int
    waiting: int
    until_answered: timedelta | None


@dataclass(frozen=True, slots=True)
class ChannelMonth:
    """What a channel did. `gained` is what its posts gained in the month; costs are US dollars."""

    channel: str
    posts: int
    corrected: int
    withdrawn: int
    refused: int
    talk: Talk
    gained: Figures
    cost_of_posts: Decimal
    reads: int
    cost_of_reads: Decimal


@dataclass(frozen=True, slots=True)
class ArticleMonth:
    """What all posts of an article gained in the month."""

    article_id: str
    title: str
    url: str
    gained: Figures


@dataclass(frozen=True, slots=True)
class Account:
    """The account of a period: channels by name, all of them together, the best articles first."""

    period: Period
    channels: tuple[ChannelMonth, ...]
    total: ChannelMonth
    articles: tuple[ArticleMonth, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the ledger knows of a period."""

    posts: list[Sent]
    said: list[Said]
    gains: Gains
    paid: Mapping[str, tuple[int, Decimal]]
    withdrawn: Counter[str]
    refused: Counter[str]

    @property
    def channels(self) -> set[str]:
        """Name every channel on which something happened."""
        active = {*self.paid, *self.withdrawn, *self.refused, *(name for name, _ in self.gains)}
        heard = {each.channel for each in self.said}
        return active | heard | {post.channel for post in self.posts}

    def of(self, name: str, office: Office) -> ChannelMonth:
        """Draw up the account of one channel."""
        posts = [post for post in self.posts if post.channel == name]
        read, cost_of_reads = self.paid.get(name, (0, Decimal(0)))
        return ChannelMonth(
            channel=name,
            posts=sum(post.deed not in CORRECTIONS for post in posts),
            corrected=sum(post.deed in CORRECTIONS for post in posts),
            withdrawn=self.withdrawn[name],
            refused=self.refused[name],
            talk=_talk([each for each in self.said if each.channel == name]),
            gained=total(each for (channel, _), each in self.gains.items() if channel == name),
            cost_of_posts=_cost(office, posts),
            reads=read,
            cost_of_reads=cost_of_reads,
        )


def account(ledger: Ledger, office: Office, channels: Collection[str], period: Period) -> Account:
    """Draw up the account of a period, for these channels and all others that did something."""
    with ledger.reading() as connection:
        ever = kept.sent(connection, period.end)
        known = _Known(
            posts=[post for post in ever if post.at >= period.start],
            said=kept.said(connection, period),
            gains=_gains(ever, kept.counted(connection, period), period),
            paid=kept.paid(connection, period),
            withdrawn=Counter(kept.befell(connection, TAKEN_BACK, period)),
            refused=Counter(kept.befell(connection, REFUSED, period, STILL_REFUSED)),
        )
    each = tuple(known.of(name, office) for name in sorted({*channels, *known.channels}))
    return Account(period, each, _together(each, known.said), _articles(ever, known.gains))


def total(parts: Iterable[Figures]) -> Figures:
    """Add figures up; what no platform says stays unsaid."""
    known = list(parts)

    def of(name: str) -> int | None:
        values = [value for each in known if (value := getattr(each, name)) is not None]
        return sum(values) if values else None

    return Figures(**{field.name: of(field.name) for field in fields(Figures)})


def _talk(said: Sequence[Said]) -> Talk:
    heeds = Counter(each.heed for each in said)
    waits = [
        (each.settled_at - each.at).total_seconds()
        for each in said
        if each.heed is Heed.ANSWERED and each.settled_at is not None
    ]
    return Talk(
        heard=len(said),
        answered=heeds[Heed.ANSWERED],
        seen=heeds[Heed.DONE],
        waiting=heeds[Heed.NEW],
        until_answered=timedelta(seconds=median(waits)) if waits else None,
    )


def _cost(office: Office, posts: Iterable[Sent]) -> Decimal:
    """Reckon what posts cost; an edit is no further post."""
    return sum(
        (
            office.terms(post.channel).cost(post.payload)
            for post in posts
            if post.payload is not None and post.deed is not Deed.EDIT
        ),
        Decimal(0),
    )


def _together(each: Sequence[ChannelMonth], said: Sequence[Said]) -> ChannelMonth:
    return ChannelMonth(
        channel="",
        posts=sum(one.posts for one in each),
        corrected=sum(one.corrected for one in each),
        withdrawn=sum(one.withdrawn for one in each),
        refused=sum(one.refused for one in each),
        talk=_talk(said),
        gained=total(one.gained for one in each),
        cost_of_posts=sum((one.cost_of_posts for one in each), Decimal(0)),
        reads=sum(one.reads for one in each),
        cost_of_reads=sum((one.cost_of_reads for one in each), Decimal(0)),
    )


Gains = Mapping[tuple[str, str], Figures]
"""What each post (channel, `post_id`) gained in the period."""


def _gains(posts: Iterable[Sent], days: Iterable[Counted], period: Period) -> Gains:
    """Take what was known before from what is known at the end.

    A post from before the period that was never counted before it gains from its first count on.
    """
    began = {(post.channel, post.post_id): post.at for post in reversed(list(posts))}
    last: dict[tuple[str, str], Figures] = {}
    base: dict[tuple[str, str], Figures] = {}
    for day in days:
        name = day.channel, day.post_id
        if day.day < period.first:
            base[name] = day.figures
            continue
        older = name not in began or began[name] < period.start
        if name not in base:
            base[name] = day.figures if older else NOTHING_SAID
        last[name] = day.figures
    return {name: _less(figures, base[name]) for name, figures in last.items()}


def _less(now: Figures, before: Figures) -> Figures:
    def of(name: str) -> int | None:
        value, earlier = getattr(now, name), getattr(before, name)
        return None if value is None else value - (earlier or 0)

    return Figures(**{field.name: of(field.name) for field in fields(Figures)})


def _articles(posts: Iterable[Sent], gains: Gains) -> tuple[ArticleMonth, ...]:
    """Add up what the posts of each article gained; leave out what nobody took note of."""
    about: dict[str, Sent] = {}
    found: dict[str, dict[tuple[str, str], Figures]] = {}
    for post in posts:
        name = post.channel, post.post_id
        if name in gains:
            about[post.article_id] = post
            found.setdefault(post.article_id, {})[name] = gains[name]
    articles = [
        ArticleMonth(article_id, post.title, post.url, total(found[article_id].values()))
        for article_id, post in about.items()
    ]
    noted = [each for each in articles if any(_weight(each.gained))]
    return tuple(sorted(noted, key=lambda each: _weight(each.gained), reverse=True))


def _weight(gained: Figures) -> tuple[int, int]:
    """Order by views, then by all that people did."""
    deeds = (gained.likes, gained.replies, gained.shares, gained.clicks)
    return gained.views or 0, sum(each or 0 for each in deeds)
