"""From an article to the post that a channel will say."""

from __future__ import annotations

from dataclasses import replace

from syndication.compose import address
from syndication.compose.body import read
from syndication.compose.clauses import shorten, shorten_anywhere
from syndication.compose.counting import bound_by
from syndication.compose.hashtags import written
from syndication.compose.shape import Shape, said, with_hashtags
from syndication.compose.summary import summarise
from syndication.compose.template import BadTemplate
from syndication.compose.text import clean, one_line, tidy
from syndication.model import Article, Channel, Post, Rules, post_origin

DESCRIPTION_LENGTH = 200
"""Characters of a link card's description (our choice: the cards show about two lines)."""


class Unfit(ValueError):  # noqa: N818 -- says what the article is for the channel
    """No honest post fits the channel. The reason is plain Indonesian, for the writer."""


def compose(article: Article, channel: Channel, rules: Rules) -> Post:
    """Write the post of an article for a channel, by the rules of its platform.

    The writer's own text (`Pos_<channel>`) is taken as it is; else the channel's template, or
    the platform's shape, is filled with the writer's summary or with sentences of the article.

    Raises:
        Unfit: the own text, the link or the title alone is longer than the platform allows, or
            the channel's template cannot be filled.
    """
    article = replace(article, url=clean(article.url), title=one_line(article.title))
    own = tidy(article.own_posts.get(channel.name, ""))
    if own:
        text, tags = _own(own, article, channel, rules), written(own)
    else:
        text, tags = _shaped(Shape(article, channel, rules))
    return Post(
        channel=channel.name,
        lang=article.lang,
        text=text,
        link=article.url,
        title=article.title,
        description=_description(article),
        hashtags=tags,
        picture=article.picture,
        origin=post_origin(article, channel),
        not_before=article.not_before or article.date,
        pictures=article.pictures,
    )


def _own(own: str, article: Article, channel: Channel, rules: Rules) -> str:
    placed = address.once if rules.link_in_text else address.without
    text = tidy(placed(own, article.url))
    excess = bound_by(text, rules) - rules.limit
    if excess > 0:
        raise Unfit(
            f"Pos_{channel.name} terlalu panjang: {rules.limit + excess} dari {rules.limit}. "
            f"Singkatkan {excess} karakter."
        )
    return text


def _shaped(shape: Shape) -> tuple[str, tuple[str, ...]]:
    name = shape.channel.name
    try:
        summary = said(shape) or _title(shape)
        text, tags = with_hashtags(shape, summary)
        is_silent = not summary and not _shows_title(shape)
    except BadTemplate as error:
        raise Unfit(f"Templat channel {name} perlu diperbaiki: {error}") from error
    if not shape.takes(text):
        raise Unfit(
            f"Tautan dan judul memakan {shape.count(text)} dari {shape.limit} di {name}. "
            f"Pendekkan Slug atau Title, atau isi Pos_{name}."
        )
    if is_silent:
        raise Unfit(
            f"Tidak ada teks yang muat di {name}: isi artikel tidak memuat kalimat dan judulnya "
            f"kosong atau terlalu panjang. Isi Summary atau Pos_{name}."
        )
    return text, tags


def _shows_title(shape: Shape) -> bool:
    title = shape.article.title
    return bool(title) and title in shape.filled("")


def _title(shape: Shape) -> str:
    """Say the title where the body says nothing and the shape does not show it anyway."""
    title = shape.article.title
    if _shows_title(shape):
        return ""

    def fits(text: str) -> bool:
        return shape.takes(shape.filled(text))

    if fits(title):
        return title
    return shorten(title, fits, shape.article.lang) or shorten_anywhere(title, fits)


def _description(article: Article) -> str:
    return one_line(article.summary) or summarise(
        article.title,
        read(article.html).paragraphs,
        max_length=DESCRIPTION_LENGTH,
        count=len,
        lang=article.lang,
    )
