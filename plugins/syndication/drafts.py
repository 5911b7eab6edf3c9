"""From an article to what each of its channels would send: the preview and the queue share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from syndication.compose.post import Unfit, compose
from syndication.compose.rules import for_channel
from syndication.model import Article, Channel, Payload, Post
from syndication.platforms import registry
from syndication.targeting import takes


@dataclass(frozen=True, slots=True)
class Draft:
    """One article on one channel: a post with its payload, or the reason why there is none."""

    article: Article
    channel: Channel
    post: Post | None
    payload: Payload | None
    refusal: str = ""


def draft(article: Article, channel: Channel) -> Draft:
    """Compose and render the first post of an article for a channel. Pure but for its rules.

    The public has not seen a post of it yet, so there is none to correct.
    """
    try:
        post = compose(replace(article, correction=""), channel, for_channel(channel))
        payload = registry.format_for(channel).render(post)
    except Unfit as unfit:
        return Draft(article, channel, None, None, str(unfit))
    return Draft(article, channel, post, payload)


def targets(article: Article, channels: Mapping[str, Channel]) -> tuple[Channel, ...]:
    """Choose the channels of an article: those of its language that take it, less `Saluran`.

    `Saluran: a, b` means only these, even if they take no such article; `Saluran: -a` means all
    but that one.
    """
    named = [name for name in article.channels if not name.startswith("-")]
    left_out = {name.removeprefix("-") for name in article.channels if name.startswith("-")}
    return tuple(
        channel
        for channel in channels.values()
        if channel.lang == article.lang
        and channel.name not in left_out
        and (channel.name in named if named else takes(channel, article))
    )


def drafts(articles: Iterable[Article], channels: Mapping[str, Channel]) -> Iterable[Draft]:
    """Yield the draft of every article on every channel of its own."""
    for article in articles:
        for channel in targets(article, channels):
            yield draft(article, channel)
