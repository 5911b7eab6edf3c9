"""From the articles of a build to the ledger's queue: what would go out, and where nothing can."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from syndication.drafts import Draft, correction, draft, repeat, targets
from syndication.ledger.decide import Candidate, tells_news
from syndication.ledger.known import Newest
from syndication.model import CORRECTIONS, Article, Channel, Deed, State
from syndication.platforms import registry


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build offers the ledger, and the drafts for which no honest post was possible."""

    candidates: tuple[Candidate, ...]
    refused: tuple[Draft, ...]


def plan(
    articles: Iterable[Article],
    channels: Mapping[str, Channel],
    newest: Mapping[tuple[str, str], Newest],
) -> Plan:
    """Draft every article on its channels, but where the ledger says that nothing can change."""
    drafts: list[Draft] = []
    noted: list[Draft] = []
    for article in (each for each in articles if each.id):
        for channel in targets(article, channels):
            there = newest.get((article.id, channel.name))
            if there and _ended(article, there):
                continue
            if there and _textless(article, there):
                noted.append(Draft(article, channel, None, None))
            else:
                drafts.append(_draft(article, channel, there))
    by_hand = {name for name, each in channels.items() if each.platform not in registry.clients()}
    fitting = [*noted, *(each for each in drafts if each.payload)]
    return Plan(
        candidates=tuple(_candidate(each, by_hand) for each in fitting),
        refused=tuple(each for each in drafts if not each.payload),
    )


def _ended(article: Article, there: Newest) -> bool:
    """Tell whether nothing can change: most posts are in public, and say what is to be said."""
    if there.state is State.DELIVERED and there.correction is not None:
        return bool(article.withdrawn) or not tells_news(article.correction, there.correction)
    return there.settled


def _textless(article: Article, there: Newest) -> bool:
    """Tell whether the ledger needs no text: it only notes something, or cancels."""
    unknown = there.state is State.DELIVERED and there.correction is None
    corrects = there.deed in CORRECTIONS and not tells_news(article.correction, there.told)
    return unknown or corrects


def _draft(article: Article, channel: Channel, there: Newest | None) -> Draft:
    """Draft what the ledger has to be offered: a first post, a correction, or a repeat."""
    if there is None or not there.public:
        return draft(article, channel)
    if there.deed is Deed.REPEAT and there.state is not State.DELIVERED:
        untold = tells_news(article.correction, there.told)
        said = article if untold else replace(article, correction="")
        return replace(repeat(said, channel, there.revision), article=article)
    return correction(article, channel)


def _candidate(each: Draft, by_hand: Collection[str]) -> Candidate:
    article = each.article
    return Candidate(
        article_id=article.id,
        channel=each.channel.name,
        lang=article.lang,
        title=article.title,
        url=article.url,
        article_digest=article.digest,
        date=article.date,
        source=article.source,
        payload=each.payload,
        due_at=article.not_before or article.date,
        withdrawn=bool(article.withdrawn),
        by_hand=each.channel.name in by_hand,
        category=article.category,
        priority=article.priority,
        correction=article.correction,
    )


def existing(articles: Iterable[Article], channels: Mapping[str, Channel]) -> tuple[Candidate, ...]:
    """Name every article on its channels without composing anything: for `siar init`."""
    return tuple(
        _candidate(Draft(article, channel, None, None), ())
        for article in articles
        for channel in targets(article, channels)
    )
