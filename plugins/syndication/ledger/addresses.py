"""Where each article has been published, so that a renamed one leaves a redirect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.events import Draft, Stamp, append
from syndication.ledger.known import batched
from syndication.ledger.schema import addresses
from syndication.ledger.store import Ledger


def remember(connection: Connection, pages: Mapping[tuple[str, str], str], stamp: Stamp) -> None:
    """Keep each article's address, within a build's transaction; the former ones stay."""
    table = addresses.c
    now = sa.select(table.article_id, table.lang, table.url).where(table.current)
    current = {(row[0], row[1]): row[2] for row in connection.execute(now).all()}
    moved = {place: url for place, url in pages.items() if current.get(place) != url}
    if not moved:
        return
    seen = _seen(connection, sorted({article_id for article_id, _ in moved}))
    for (article_id, lang), url in moved.items():
        here = (table.article_id == article_id) & (table.lang == lang)
        if (article_id, lang) in current:
            connection.execute(addresses.update().where(here).values(current=False))
        if (article_id, lang, url) in seen:
            back = addresses.update().where(here & (table.url == url))
            connection.execute(back.values(current=True))
    new = [
        {
            "article_id": place[0],
            "lang": place[1],
            "url": url,
            "first_seen": stamp.at,
            "current": True,
        }
        for place, url in moved.items()
        if (*place, url) not in seen
    ]
    if new:
        connection.execute(addresses.insert(), new)
    renamed = [
        Draft("moved", None, place[0], {"lang": place[1], "from": current[place], "to": url})
        for place, url in moved.items()
        if place in current
    ]
    append(connection, renamed, stamp)


def _seen(connection: Connection, articles: Sequence[str]) -> set[tuple[str, str, str]]:
    """Read all addresses that these articles ever had."""
    table = addresses.c
    query = sa.select(table.article_id, table.lang, table.url)
    return {
        (article_id, lang, url)
        for some in batched(articles)
        for article_id, lang, url in connection.execute(query.where(table.article_id.in_(some)))
    }


def old_addresses(
    ledger: Ledger, pages: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Tell where articles used to be: (article ID, language) → former URLs, oldest first.

    `pages` is where they are in this build. A URL that another article has now, or had later, is
    not among them. Articles that left the site are: what to show at their addresses is for the
    site to decide.
    """
    with ledger.reading() as connection:
        query = sa.select(addresses).order_by(addresses.c.first_seen, addresses.c.url)
        rows = connection.execute(query).all()
    taken = set(pages.values())
    last = {row.url: (row.article_id, row.lang) for row in rows}
    old: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        place = (row.article_id, row.lang)
        if row.url not in taken and last[row.url] == place:
            old[place] = (*old.get(place, ()), row.url)
    return old
