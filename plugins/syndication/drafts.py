"""From an article to what each of its channels would send: the preview and the queue share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from syndication.compose.post import Unfit, compose
from syndication.compose.rules import for_channel
from syndication.model import NOTHING, Article, Channel, Payload, Post, entry_key
from syndication.platforms import registry
from syndication.targeting import takes

REMINDER = {"id": "Pengingat:", "en": "Reminder:"}


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
    return _drafted(article, channel, replace(article, correction=""), channel)


def correction(article: Article, channel: Channel) -> Draft:
    """Draft the post that says first what was wrong, and then what is right.

    The writer's own text (`Pos_…`) was written before the correction, and does not tell of it.
    """
    return _drafted(article, channel, replace(article, own_posts=NOTHING), channel)


def repeat(article: Article, channel: Channel, revision: int) -> Draft:
    """Draft one more post of an article, which says of itself that it is a reminder.

    Readers who know the first one see why it comes again, and platforms that refuse a text that
    they have (X) take it. A correction of the article comes first; blank it where it was told.
    """
    label = REMINDER.get(article.lang.partition("-")[0], REMINDER["id"])
    shape = channel.template or for_channel(channel).shape
    own = article.own_posts.get(channel.name, "")
    return _drafted(
        article,
        channel,
        replace(article, own_posts={channel.name: f"{label} {own}"} if own else NOTHING),
        replace(channel, template=f"{label} {shape.lstrip()}"),
        origin=entry_key(article.id, channel.name, revision),
    )


def _drafted(
    article: Article, channel: Channel, said: Article, shaped: Channel, *, origin: str = ""
) -> Draft:
    """Compose and render `said` as `shaped` would have it; `origin` is another one than usual."""
    try:
        post = compose(said, shaped, for_channel(channel))
        post = replace(post, origin=origin or post.origin)
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
