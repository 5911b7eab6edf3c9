"""Gather what is public from the register and the timelines, for a ledger that was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndication.deliver import telling, timelines
from syndication.deliver.published import Register, Shown
from syndication.deliver.timelines import BY_NATURE, Claims, bare
from syndication.ledger.recovery import Kept
from syndication.model import Article, Channel, Receipt
from syndication.platforms.protocol import Client, Seen

MARGIN = timedelta(days=31)
"""How far before the register's newest post a timeline is read: a post that was in doubt for a
while is not in the register, though newer ones are. Our own choice; a read is billed on X."""


@dataclass(frozen=True, slots=True)
class Found:
    """All posts that are known to be public.

    `unread` says why a timeline that could be read was not, `read` counts the posts that each
    showed, and `strange` are those that link to a page of the site which no article has.
    """

    posts: tuple[Kept, ...]
    strange: tuple[Seen, ...]
    unread: Mapping[str, str]
    read: Mapping[str, int]


class Site:
    """What the content folder knows of the site at `url`."""

    def __init__(self, url: str, articles: Mapping[str, Article]) -> None:
        """Know each article by each of its addresses, old ones included."""
        self._root = url.rstrip("/") + "/"
        self._linked = {bare(address): article for address, article in articles.items()}
        self._named = {(each.id, each.lang): each for each in articles.values()}

    def named(self, article_id: str, lang: str) -> Article | None:
        """Find an article by its ID."""
        return self._named.get((article_id, lang))

    def linked(self, seen: Seen) -> Article | None:
        """Find the article that a post links to."""
        found = (self._linked.get(bare(link)) for link in seen.links)
        return next((article for article in found if article), None)

    def is_linked(self, seen: Seen) -> bool:
        """Tell whether a post links to the site at all."""
        return any(link.startswith(self._root) for link in seen.links)


def far_enough(register: Register, now: datetime) -> datetime:
    """Tell since when timelines must be read to find what the register does not have."""
    return max((post.at for post in register.posts), default=now) - MARGIN


def gather(
    register: Register,
    site: Site,
    channels: Mapping[str, Channel],
    clients: Mapping[str, Client],
    *,
    since: datetime,
) -> Found:
    """Find every post of the register, and those on the timelines since then that it lacks."""
    posts = [_registered(each, site) for each in register.posts]
    strange: list[Seen] = []
    unread: dict[str, str] = {}
    read: dict[str, int] = {}
    for channel in channels.values():
        seen = timelines.read(clients.get(channel.name), since)
        if isinstance(seen, str):
            unread |= {} if seen == BY_NATURE else {channel.name: seen}
            continue
        read[channel.name] = len(seen)
        posts = _with_ids(posts, channel.name, seen)
        posts = _as_read(posts, channel.name, seen, site)
        here = Claims(post.receipt for post in posts if post.channel == channel.name)
        new = [each for each in reversed(seen) if each not in here]
        posts += _unregistered(posts, channel, new, site)
        strange += [each for each in new if site.is_linked(each) and not site.linked(each)]
    return Found(tuple(posts), tuple(strange), unread, read)


def _registered(shown: Shown, site: Site) -> Kept:
    article = site.named(shown.article_id, shown.lang)
    return Kept(
        article_id=shown.article_id,
        lang=shown.lang,
        channel=shown.channel,
        revision=shown.revision,
        platform=shown.platform,
        title=article.title if article else shown.article_id,
        page=article.url if article else "",
        source=article.source if article else "",
        receipt=Receipt(shown.post_id, shown.url, shown.at),
        payload_sha256=shown.payload_sha256,
        witness="register",
        deed=shown.deed,
        correction=shown.correction,
    )


def _as_read(posts: Iterable[Kept], channel: str, seen: Sequence[Seen], site: Site) -> list[Kept]:
    texts = telling.Texts(seen)
    return [
        telling.as_read(post, texts.of(post), site.named(post.article_id, post.lang))
        if post.channel == channel
        else post
        for post in posts
    ]


def _with_ids(posts: Iterable[Kept], channel: str, seen: Iterable[Seen]) -> list[Kept]:
    """Give posts their ids from the timeline, where the register had none."""
    ids = {bare(each.url): each.post_id for each in seen}
    return [
        replace(post, receipt=replace(post.receipt, post_id=ids.get(bare(post.receipt.url), "")))
        if post.channel == channel and not post.receipt.post_id
        else post
        for post in posts
    ]


def _unregistered(
    posts: Sequence[Kept], channel: Channel, new: Iterable[Seen], site: Site
) -> Iterator[Kept]:
    """Make posts of what links to an article: its first on the channel, or a further revision."""
    revisions = {
        post.article_id: post.revision
        for post in sorted(posts, key=lambda post: post.revision)
        if post.channel == channel.name
    }
    for seen in new:
        article = site.linked(seen)
        if article is None:
            continue
        revisions[article.id] = revisions.get(article.id, 0) + 1
        deed, correction = telling.told_by(seen, article, revisions[article.id])
        yield Kept(
            article_id=article.id,
            lang=article.lang,
            channel=channel.name,
            revision=revisions[article.id],
            platform=channel.platform,
            title=article.title,
            page=article.url,
            source=article.source,
            receipt=Receipt(seen.post_id, seen.url, seen.at),
            payload_sha256="",
            witness="linimasa",
            deed=deed,
            correction=correction,
        )
