"""What the ledger knows of articles on channels, as far as a build's decision needs it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger.decide import CHANGEABLE, Cause, Standing, settled
from syndication.ledger.schema import entries
from syndication.model import State

Pair = tuple[str, str]
"""(article ID, channel): what an entry is of, whatever its revision."""


@dataclass(frozen=True, slots=True)
class Known:
    """The newest entry of an article on a channel."""

    id: int
    article_id: str
    channel: str
    lang: str
    revision: int
    standing: Standing

    @property
    def title(self) -> str:
        """The title that it was last built with."""
        return self.standing.title

    @property
    def source(self) -> str:
        """The file that it was last built from."""
        return self.standing.source


def settled_of(connection: Connection) -> frozenset[Pair]:
    """Name the pairs whose newest entry no build can change. Cheap: most of a ledger is that."""
    table = entries.c
    query = sa.select(table.article_id, table.channel, table.state, table.cause)
    newest = {
        (article_id, channel): (state, cause)
        for article_id, channel, state, cause in connection.execute(query.order_by(table.revision))
    }
    ends = {end for end in set(newest.values()) if settled(State(end[0]), Cause(end[1]))}
    return frozenset(pair for pair, end in newest.items() if end in ends)


def unsettled(connection: Connection, ended: Container[Pair]) -> dict[Pair, Known]:
    """Read the newest entry of every pair that is not among the settled ones."""
    columns = [column for column in entries.c if column.name != "payload"]
    changeable = entries.c.state.in_([state.value for state in CHANGEABLE])
    rows = connection.execute(sa.select(*columns).where(changeable).order_by(entries.c.revision))
    found = {(row.article_id, row.channel): _known(row) for row in rows}
    return {pair: each for pair, each in found.items() if pair not in ended}


def _known(row: Row[tuple[object, ...]]) -> Known:
    standing = Standing(
        state=State(row.state),
        cause=Cause(row.cause),
        title=row.title,
        url=row.url,
        source=row.source,
        article_digest=row.article_digest,
        payload_sha256=row.payload_sha256,
        due_at=row.due_at,
        category=row.category,
        priority=row.priority,
    )
    return Known(row.id, row.article_id, row.channel, row.lang, row.revision, standing)
