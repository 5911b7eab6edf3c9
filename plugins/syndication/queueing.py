"""From the articles of a build to the ledger's queue: what would go out, and where nothing can."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from syndication.drafts import Draft, draft, targets
from syndication.ledger.decide import Candidate
from syndication.model import Article, Channel
from syndication.platforms import registry


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build offers the ledger, and the drafts for which no honest post was possible."""

    candidates: tuple[Candidate, ...]
    refused: tuple[Draft, ...]


def plan(
    articles: Iterable[Article],
    channels: Mapping[str, Channel],
    settled: Collection[tuple[str, str]],
) -> Plan:
    """Draft every article on its channels, but where the ledger says that nothing can change."""
    drafts = [
        draft(article, channel)
        for article in articles
        if article.id
        for channel in targets(article, channels)
        if (article.id, channel.name) not in settled
    ]
    by_hand = {name for name, each in channels.items() if each.platform not in registry.clients()}
    fitting = [each for each in drafts if each.payload]
    return Plan(
        candidates=tuple(_candidate(each, by_hand) for each in fitting),
        refused=tuple(each for each in drafts if not each.payload),
    )


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
    )


def existing(articles: Iterable[Article], channels: Mapping[str, Channel]) -> tuple[Candidate, ...]:
    """Name every article on its channels without composing anything: for `siar init`."""
    return tuple(
        _candidate(Draft(article, channel, None, None), ())
        for article in articles
        for channel in targets(article, channels)
    )
