"""Fill a channel's shape with what fits of an article."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from syndication.compose import address, correction
from syndication.compose.body import read
from syndication.compose.clauses import shorten, shorten_anywhere
from syndication.compose.counting import bound_by
from syndication.compose.hashtags import hashtags
from syndication.compose.summary import summarise
from syndication.compose.template import fill
from syndication.compose.text import one_line
from syndication.model import Article, Channel, Rules

PROBE = "x"
"""Stands for the summary while the rest of a shape is measured: white space needs a neighbour."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A channel's template with the article's fixed values, measured by the platform's rules."""

    article: Article
    channel: Channel
    rules: Rules

    @property
    def limit(self) -> int:
        """The most that the platform takes for this post."""
        below_picture = self.rules.caption_limit if self.article.picture else 0
        return below_picture or self.rules.limit

    @property
    def room(self) -> int:
        """The most that a good post uses."""
        return min(self.limit, self.rules.room or self.limit)

    def filled(self, summary: str, tags: tuple[str, ...] = ()) -> str:
        """Fill the template; the link is in it once where the platform wants it in the text."""
        link = self.article.url if self.rules.link_in_text else ""
        values: Mapping[str, object] = {
            "title": self.article.title,
            "summary": summary,
            "link": link,
            "hashtags": " ".join(f"#{tag}" for tag in tags),
            "lang": self.article.lang,
            "category": self.article.category,
            "date": self.article.date,
            "picture": self.article.picture is not None,
        }
        text = fill(self.channel.template or self.rules.shape, values)
        return address.once(text, link) if link else text

    def count(self, text: str) -> int:
        """Measure as the text is made to fit."""
        return bound_by(text, self.rules)

    def takes(self, text: str) -> bool:
        """Tell whether the platform surely takes the text."""
        return self.count(text) <= self.limit


def said(shape: Shape) -> str:
    """Say of the article what fits: the writer's summary, else sentences of the body."""
    spent = shape.count(shape.filled(PROBE)) - shape.count(PROBE)
    article = shape.article
    heading = _correction(article, shape.limit - spent, shape.count)
    prefix = f"{heading}\n\n" if heading else ""

    def count(text: str) -> int:
        return shape.count(prefix + text)

    own = one_line(address.without(article.summary, article.url))
    if own and count(own) <= shape.limit - spent:
        return prefix + own
    summary = summarise(
        article.title,
        _paragraphs(article, own),
        max_length=shape.room - spent,
        count=count,
        lang=article.lang,
    )
    return (prefix + summary).strip()


def with_hashtags(shape: Shape, summary: str) -> tuple[str, tuple[str, ...]]:
    """Fill the shape, with as many hashtags as are allowed and there is room for."""
    text = shape.filled(summary)
    chosen: tuple[str, ...] = ()
    for tag in hashtags(shape.article.tags):
        if len(chosen) == shape.rules.hashtag_cap:
            break
        longer = shape.filled(summary, (*chosen, tag))
        if _is_short_enough(tag, shape.rules) and shape.takes(longer):
            text, chosen = longer, (*chosen, tag)
    return text, chosen


def _is_short_enough(tag: str, rules: Rules) -> bool:
    return not rules.hashtag_limit or len(tag) <= rules.hashtag_limit


def _paragraphs(article: Article, own: str) -> tuple[str, ...]:
    """Choose what to say the article with; a summary too long for the channel may be all."""
    body = read(article.html)
    return body.paragraphs or (own and (own,)) or body.items


def _correction(article: Article, room: int, count: Callable[[str], int]) -> str:
    text = correction.heading(article.correction, article.lang)

    def fits(shortened: str) -> bool:
        return count(shortened) <= room

    return text if fits(text) else shorten(text, fits, article.lang) or shorten_anywhere(text, fits)
