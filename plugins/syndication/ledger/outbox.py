"""A build's articles into the ledger: queued, skipped, replaced, cancelled, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger import addresses, withdrawals
from syndication.ledger.changes import Change, apply
from syndication.ledger.decide import (
    PUBLIC,
    WAITING,
    Action,
    Candidate,
    Cause,
    decide,
    older_than,
)
from syndication.ledger.errors import Gone, Vanished
from syndication.ledger.events import Stamp
from syndication.ledger.known import (
    Known,
    Newest,
    Pair,
    newest_among,
    newest_of,
    settled_of,
    unsettled,
)
from syndication.ledger.schema import entries, meta
from syndication.ledger.store import Ledger
from syndication.model import CORRECTIONS

Pages = Mapping[tuple[str, str], str]
"""(article ID, language) → canonical URL of every published article of the site."""

Place = tuple[str, str]
"""(article ID, language): one page."""

REASONS = {
    Action.NOTHING: "",
    Action.QUEUE: "artikel baru",
    Action.SKIP: "bertanggal sebelum {since}, jadi tidak disiarkan",
    Action.REPLACE: "naskah berubah sebelum terkirim; kiriman diganti",
    Action.REFRESH: "halaman berubah; kiriman tetap sama",
    Action.AGAIN: "naskah berubah atau kembali; diantrekan lagi",
    Action.CANCEL: "artikel ditarik sebelum disiarkan",
    Action.CORRECT: "artikel diralat",
    Action.NOTE: "ralat yang sudah ada dicatat; tidak ada yang dikirim",
}
UNCORRECTED = "ralatnya dihapus sebelum disiarkan"
UNTOLD = "artikel ditarik sebelum ralatnya disiarkan"
MADE = frozenset({Action.QUEUE, Action.CORRECT})
"""What a mistake in many articles at once would flood the channels with."""
CAUSES = {Action.SKIP: Cause.OLDER, Action.CANCEL: Cause.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Guard:
    """What keeps an old archive from becoming posts.

    `since` is the office's `SYNDICATION_SINCE` (the ledger's own may be later, and wins), a day
    in `zone`. `ceiling` is how many new articles one build may queue.
    """

    since: date | None
    ceiling: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Enqueued:
    """What the build changed, and what it was too much to queue (`blocked`: nothing of it is)."""

    changes: tuple[Change, ...]
    blocked: tuple[Change, ...] = ()

    def by(self, action: Action) -> tuple[Change, ...]:
        """Pick the changes of one kind."""
        return tuple(change for change in self.changes if change.action is action)


def enqueue(  # noqa: PLR0913 -- a build is all of this
    ledger: Ledger,
    candidates: Iterable[Candidate],
    *,
    pages: Pages,
    guard: Guard,
    stamp: Stamp,
    withdrawn: Collection[Place] = frozenset(),
) -> Enqueued:
    """Bring the queue in step with the build; a second time, nothing is left to do.

    `candidates` may leave out what `newest` shows to be settled. `pages` holds every published
    article, whether a channel takes it or not, and `withdrawn` those of them that say `Ditarik`.

    Raises:
        Vanished: an article that was posted is not among `pages`; nothing was changed.
        LedgerError: the ledger cannot be written.
    """
    offered = {(each.article_id, each.channel): each for each in candidates}
    with ledger.writing() as connection:
        _refuse_vanished(connection, pages)
        since = _effective(connection, guard.since)
        ends = newest_among(connection, offered)
        ended = settled_of(ends)
        held = unsettled(connection, ends, offered)
        plan = [
            _plan(held.get(pair), each, since, guard)
            for pair, each in offered.items()
            if pair not in ended
        ]
        plan += [_cancel(held[pair], pages) for pair in held if pair not in offered]
        plan += withdrawals.plan(connection, withdrawn, pages)
        changes = [change for change in plan if change.action is not Action.NOTHING]
        new = [change for change in changes if change.action in MADE]
        over = len({change.article_id for change in new}) > guard.ceiling
        if over:
            changes = [change for change in changes if change.action not in MADE]
        done = apply(connection, changes, stamp)
        addresses.remember(connection, pages, stamp)
    return Enqueued(tuple(done), tuple(new) if over else ())


def skip_existing(
    ledger: Ledger,
    candidates: Iterable[Candidate],
    *,
    since: date | None,
    zone: ZoneInfo,
    stamp: Stamp,
) -> Sequence[Change]:
    """Mark what the site already has as never to be posted: all, or what is older than `since`."""
    with ledger.writing() as connection:
        there = newest_of(connection)
        old = [
            Change.of(each, Action.SKIP, Cause.EXISTING, "sudah ada sebelum `siar init`")
            for each in candidates
            if (each.article_id, each.channel) not in there
            and (since is None or older_than(each, since, zone))
        ]
        return apply(connection, old, stamp)


def refuse_vanished(ledger: Ledger, pages: Pages) -> None:
    """Stop a build before it writes a page: what was posted must stay on the site.

    Raises:
        Vanished: an article that was posted is not among `pages`.
    """
    with ledger.reading() as connection:
        _refuse_vanished(connection, pages)


def newest(ledger: Ledger) -> Mapping[Pair, Newest]:
    """Read the newest entry of every pair: a build need not compose what is settled."""
    with ledger.reading() as connection:
        return newest_of(connection)


def _effective(connection: Connection, setting: date | None) -> date:
    own: date = connection.execute(sa.select(meta.c.since)).scalar_one()
    return max(own, setting or own)


def _plan(held: Known | None, candidate: Candidate, since: date, guard: Guard) -> Change:
    older = older_than(candidate, since, guard.zone)
    action = decide(held.standing if held else None, candidate, older=older)
    reason = REASONS[action].format(since=since.isoformat())
    if held and action is Action.CORRECT:
        return Change.correction(candidate, f"{reason}: {candidate.correction}", held)
    if held and action is Action.CANCEL and held.standing.deed in CORRECTIONS:
        reason = UNTOLD if candidate.withdrawn else UNCORRECTED
        return Change.of(candidate, action, Cause.UNCORRECTED, reason, held)
    return Change.of(candidate, action, CAUSES.get(action, Cause.NONE), reason, held)


def _cancel(held: Known, pages: Pages) -> Change:
    """Cancel what waits and is no longer offered; leave the rest."""
    if held.standing.state not in WAITING:
        return Change.of(held, Action.NOTHING, Cause.NONE, "", held)
    if (held.article_id, held.lang) in pages:
        reason = "saluran ini tidak lagi dipilih, atau teksnya tidak lagi muat di sana"
        return Change.of(held, Action.CANCEL, Cause.UNCHOSEN, reason, held)
    reason = "artikel hilang atau menjadi draf sebelum disiarkan"
    return Change.of(held, Action.CANCEL, Cause.VANISHED, reason, held)


def _refuse_vanished(connection: Connection, pages: Pages) -> None:
    table = entries.c
    public = table.state.in_([state.value for state in PUBLIC])
    query = sa.select(table.article_id, table.lang).where(public).distinct()
    posted = {(article_id, lang) for article_id, lang in connection.execute(query).all()}
    lost = posted - pages.keys()
    if lost:
        raise Vanished([_gone(connection, *place) for place in sorted(lost)])


def _gone(connection: Connection, article_id: str, lang: str) -> Gone:
    table = entries.c
    query = sa.select(table.title, table.source, table.channel).order_by(table.id)
    public = table.state.in_([state.value for state in PUBLIC])
    mine = (table.article_id == article_id) & (table.lang == lang) & public
    rows = connection.execute(query.where(mine)).all()
    channels = tuple(dict.fromkeys(row.channel for row in rows))
    return Gone(article_id, lang, rows[-1].title, rows[-1].source, channels)
