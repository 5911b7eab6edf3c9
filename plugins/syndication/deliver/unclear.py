"""What may be public though nobody can look: it is in doubt in a ledger that is begun anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from syndication.deliver.recover import Found, Site
from syndication.deliver.telling import is_untold, newest
from syndication.ledger.decide import Candidate
from syndication.ledger.recovery import Unclear
from syndication.model import Channel, Deed


def posts(
    found: Found,
    candidates: Iterable[Candidate],
    channels: Mapping[str, Channel],
    *,
    since: datetime,
) -> Iterator[Unclear]:
    """Choose the recent articles that may have been posted on channels that were not read."""
    known = {(post.article_id, post.channel) for post in found.posts}
    for each in candidates:
        unknown = (each.article_id, each.channel) not in known and each.channel not in found.read
        if unknown and each.date >= since:
            yield Unclear(
                article_id=each.article_id,
                lang=each.lang,
                channel=each.channel,
                platform=channels[each.channel].platform,
                title=each.title,
                page=each.url,
                source=each.source,
            )


def corrections(found: Found, site: Site) -> Iterator[Unclear]:
    """Choose the corrections that the register does not know of, on channels that were not read."""
    for post in newest(found.posts):
        article = site.named(post.article_id, post.lang)
        if article and post.channel not in found.read and is_untold(post, article):
            yield Unclear(
                article_id=post.article_id,
                lang=post.lang,
                channel=post.channel,
                platform=post.platform,
                title=post.title,
                page=post.page,
                source=post.source,
                revision=post.revision + 1,
                deed=Deed.CORRECT,
                correction=article.correction,
            )
