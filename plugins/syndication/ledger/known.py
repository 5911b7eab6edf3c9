"""What the ledger knows of articles on channels, as far as a build's decision needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from syndication.ledger.decide import CHANGEABLE, LEAVING, Cause, Standing, settled
from syndication.ledger.schema import entries
from syndication.model import Deed, State

Pair = tuple[str, str]
"""(article ID, channel): what an entry is of, whatever its revision."""

BATCH = 500
"""Names in one statement: SQLite before 3.32 takes 999 values."""


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


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest entry of an article on a channel, as far as composing a post needs it.

    `correction` is the one that it tells or came after, `told` the same of the newest post in
    public (None: nobody recorded it), and `public` says whether there is one that is to stay.
    """

    state: State
    cause: Cause
    deed: Deed
    revision: int
    correction: str | None
    told: str | None
    public: bool

    @property
    def settled(self) -> bool:
        """Tell whether no build can change it."""
        return settled(self.state, self.cause)


def newest_of(connection: Connection) -> dict[Pair, Newest]:
    """Read the newest entry of every pair. Most are alike, so that few values are made."""
    return _latest(connection.execute(_NEWEST).all())


def newest_among(connection: Connection, offered: Iterable[Pair]) -> dict[Pair, Newest]:
    """Read the newest entry of the pairs that this build can change: few in an old archive.

    These are the articles that are `offered`, and those of which something waits or has failed.
    """
    changeable = sa.select(entries.c.article_id).where(_CHANGEABLE).distinct()
    named = {article_id for article_id, _ in offered} | set(connection.scalars(changeable))
    rows: list[Row[tuple[object, ...]]] = []
    for some in batched(sorted(named)):
        rows += connection.execute(_NEWEST.where(entries.c.article_id.in_(some))).all()
    return _latest(rows)


_CHANGEABLE = entries.c.state.in_([state.value for state in CHANGEABLE])
_NAMES = ("article_id", "channel", "state", "cause", "deed", "revision", "correction")
_NEWEST = sa.select(*(entries.c[name] for name in _NAMES)).order_by(entries.c.revision)


def _latest(rows: Iterable[Row[tuple[object, ...]]]) -> dict[Pair, Newest]:
    """Fold the rows of each pair, which come in the order of their revisions, into the newest."""
    alike: dict[tuple[object, ...], Newest] = {}
    found: dict[Pair, Newest] = {}
    for row in rows:
        pair = row.article_id, row.channel
        likeness = (*row[2:], found.get(pair))
        if likeness not in alike:
            alike[likeness] = _newest(row, found.get(pair))
        found[pair] = alike[likeness]
    return found


def _newest(row: Row[tuple[object, ...]], before: Newest | None) -> Newest:
    delivered = row.state == State.DELIVERED
    stays = delivered and row.cause not in LEAVING
    earlier = before.told if before else ""
    return Newest(
        state=State(row.state),
        cause=Cause(row.cause),
        deed=Deed(row.deed),
        revision=row.revision,
        correction=row.correction,
        told=row.correction if delivered else earlier,
        public=stays or (before is not None and before.public),
    )


def settled_of(newest: Mapping[Pair, Newest]) -> frozenset[Pair]:
    """Name the pairs whose newest entry no build can change. Cheap: most of a ledger is that."""
    ends = {each for each in set(newest.values()) if each.settled}
    return frozenset(pair for pair, each in newest.items() if each in ends)


def unsettled(
    connection: Connection, newest: Mapping[Pair, Newest], offered: Iterable[Pair]
) -> dict[Pair, Known]:
    """Read the newest entry of every pair that a build can change, in public only if offered."""
    columns = [column for column in entries.c if column.name != "payload"]
    query = sa.select(*columns).order_by(entries.c.revision)
    rows = list(connection.execute(query.where(_CHANGEABLE)))
    public = sorted({pair[0] for pair in offered if pair in newest and newest[pair].public})
    delivered = entries.c.state == State.DELIVERED.value
    for some in batched(public):
        rows += connection.execute(query.where(delivered & entries.c.article_id.in_(some)))
    found = {
        pair: _known(row, newest[pair])
        for row in rows
        if newest[pair := (row.article_id, row.channel)].revision == row.revision
    }
    return {pair: each for pair, each in found.items() if not newest[pair].settled}


def batched(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut names into parts that fit into one statement of every database."""
    return (names[first : first + BATCH] for first in range(0, len(names), BATCH))


def _known(row: Row[tuple[object, ...]], newest: Newest) -> Known:
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
        deed=newest.deed,
        correction=newest.correction,
        told=newest.told,
        public=newest.public,
    )
    return Known(row.id, row.article_id, row.channel, row.lang, row.revision, standing)
