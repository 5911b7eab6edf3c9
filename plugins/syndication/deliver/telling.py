"""Which corrections the public was told of, by the posts themselves: for a ledger that was lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from syndication.compose.correction import is_told
from syndication.deliver.timelines import bare
from syndication.ledger.decide import tells_news
from syndication.ledger.recovery import Kept
from syndication.model import Article, Deed
from syndication.platforms.protocol import Seen


class Texts:
    """What a timeline shows, by the posts' ids and addresses."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        """Know each post by both: one that a person gave has an address alone."""
        self._by_id = {each.post_id: each for each in seen}
        self._by_url = {bare(each.url): each for each in seen}

    def of(self, post: Kept) -> Seen | None:
        """Find a post; None where the timeline does not reach back to it."""
        by_url = self._by_url.get(bare(post.receipt.url))
        return self._by_id.get(post.receipt.post_id, by_url)


def as_read(post: Kept, seen: Seen | None, article: Article | None) -> Kept:
    """Trust the text in public more than the register, which may be older than an edit.

    A text that does not tell of the correction proves nothing against the register: a first post
    that came after a correction is right without a word of it.
    """
    if seen is None or article is None:
        return post
    if not is_told(seen.text, article.correction, article.lang):
        return post if post.correction is not None else replace(post, correction="")
    if post.correction == article.correction:
        return post
    return replace(post, correction=article.correction, deed=Deed.EDIT, payload_sha256="")


def told_by(seen: Seen, article: Article, revision: int) -> tuple[Deed, str]:
    """Say what a post that no register names is, and which correction it tells."""
    if not is_told(seen.text, article.correction, article.lang):
        return Deed.POST, ""
    return (Deed.LINK if revision > 1 else Deed.POST), article.correction


def newest(posts: Iterable[Kept]) -> Iterator[Kept]:
    """Choose the newest post of each article on each channel: what a build looks at."""
    ordered = sorted(posts, key=lambda post: post.revision)
    yield from {(post.article_id, post.channel): post for post in ordered}.values()


def is_untold(post: Kept, article: Article | None) -> bool:
    """Tell whether the next build has to correct a post."""
    if article is None or article.withdrawn or post.correction is None:
        return False
    return tells_news(article.correction, post.correction)


def is_unknown(post: Kept, article: Article | None) -> bool:
    """Tell whether nobody knows if a post tells of its article's correction."""
    return article is not None and bool(article.correction) and post.correction is None
