"""Which articles a channel takes: by the options `categories` and `tags` of its settings."""

from __future__ import annotations

from collections.abc import Collection

from syndication.content.kinds import names
from syndication.model import Article, Channel


def takes(channel: Channel, article: Article) -> bool:
    """Tell whether an article's category and tags are ones that the channel takes.

    An option that is not set takes everything. A name with `-` before it is left out, and wins.
    """
    return _chosen(channel.options.get("categories", ""), [article.category]) and _chosen(
        channel.options.get("tags", ""), article.tags
    )


def _chosen(option: str, said: Collection[str]) -> bool:
    wanted = {name.casefold() for name in names(option)}
    left_out = {name.removeprefix("-").strip() for name in wanted if name.startswith("-")}
    only = {name for name in wanted if not name.startswith("-")}
    has = {name.strip().casefold() for name in said}
    return not has & left_out and (not only or bool(has & only))
