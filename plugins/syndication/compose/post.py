"""From an article to the post that a channel will say."""

from __future__ import annotations

from syndication.compose.body import paragraphs
from syndication.compose.counting import bound_by
from syndication.compose.hashtags import hashtags
from syndication.compose.summary import summarise
from syndication.compose.template import fill, tidy
from syndication.model import Article, Channel, Post, Rules

DESCRIPTION_LENGTH = 200
"""Characters of a link card's description (our choice: Facebook and Bluesky show two lines)."""


class Unfit(ValueError):  # noqa: N818 -- says what the article is for the channel
    """No honest post fits the channel. The reason is plain Indonesian, for the writer."""


def compose(article: Article, channel: Channel, rules: Rules) -> Post:
    """Write the post of an article for a channel, by the rules of its platform.

    The writer's own text (`Pos_<channel>`) is taken as it is; else the channel's template, or
    the platform's shape, is filled with the writer's summary or with sentences of the article.

    Raises:
        Unfit: an own text, or the link alone, is longer than the platform allows.
        BadTemplate: the channel's template cannot be filled.
    """
    own = article.own_posts.get(channel.name, "")
    text, tags = (
        (_own(own, article, channel, rules), ()) if own else _shaped(article, channel, rules)
    )
    return Post(
        channel=channel.name,
        lang=article.lang,
        text=text,
        link=article.url,
        title=article.title,
        description=_description(article),
        hashtags=tags,
        picture=article.picture,
    )


def _own(own: str, article: Article, channel: Channel, rules: Rules) -> str:
    text = tidy(own.replace(article.url, ""))
    if rules.link_in_text:
        text = f"{text}\n\n{article.url}"
    excess = bound_by(text, rules) - rules.limit
    if excess > 0:
        raise Unfit(
            f"Pos_{channel.name} terlalu panjang: {rules.limit + excess} dari {rules.limit}. "
            f"Singkatkan {excess} karakter."
        )
    return text


def _shaped(article: Article, channel: Channel, rules: Rules) -> tuple[str, tuple[str, ...]]:
    shape = channel.template or rules.shape
    limit = _limit(article, rules)
    values = {
        "title": article.title,
        "summary": "",
        "link": article.url if rules.link_in_text else "",
        "hashtags": "",
        "lang": article.lang,
        "picture": article.picture is not None,
    }
    spent = bound_by(fill(shape, values), rules)
    if spent > limit:
        raise Unfit(
            f"Tautan dan bagian tetap memakan {spent} dari {limit}: tidak ada ruang untuk isi."
        )
    room = limit - spent - 2
    values["summary"] = _summary(article, rules, room) or article.title
    text = fill(shape, values)
    if bound_by(text, rules) > limit:
        raise Unfit(f"Judul terlalu panjang untuk {channel.name}; isi Pos_{channel.name}.")
    chosen: tuple[str, ...] = ()
    for name in hashtags(article.tags)[: rules.hashtag_cap]:
        values["hashtags"] = " ".join(f"#{tag}" for tag in (*chosen, name))
        longer = fill(shape, values)
        if bound_by(longer, rules) > limit:
            break
        text, chosen = longer, (*chosen, name)
    return text, chosen


def _limit(article: Article, rules: Rules) -> int:
    limit = rules.caption_limit if rules.caption_limit and article.picture else rules.limit
    return min(limit, rules.room) if rules.room else limit


def _summary(article: Article, rules: Rules, room: int) -> str:
    if article.summary and bound_by(article.summary, rules) <= room:
        return article.summary
    return summarise(
        article.title,
        paragraphs(article.html),
        max_length=room,
        count=lambda text: bound_by(text, rules),
        lang=article.lang,
    )


def _description(article: Article) -> str:
    return article.summary or summarise(
        article.title,
        paragraphs(article.html),
        max_length=DESCRIPTION_LENGTH,
        count=len,
        lang=article.lang,
    )
