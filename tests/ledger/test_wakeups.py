"""A worker hears of what was queued if, and only if, it was."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from syndication.ledger import jobtables, wakeups
from syndication.ledger.outbox import enqueue
from syndication.ledger.progress import Outcome, begin, finish
from syndication.ledger.queries import entries, entry
from syndication.ledger.store import Ledger
from syndication.model import Prepared, State
from tests.ledger.samples import GUARD, STAMP, candidate, later, pages


@pytest.fixture
def watched(on_server: Ledger) -> Ledger:
    """A ledger on a server on which a worker has been started once."""
    jobtables.prepare(on_server)
    return on_server


def jobs(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT lock FROM procrastinate_jobs ORDER BY id"))
        return list(rows.scalars())


def queue(ledger: Ledger, *channels: str, article_id: str = "a") -> None:
    offered = [candidate(article_id, channel) for channel in channels]
    enqueue(ledger, offered, pages=pages(*offered), guard=GUARD, stamp=STAMP)


def test_what_is_queued_wakes_its_channels(watched: Ledger) -> None:
    queue(watched, "x", "facebook")
    assert sorted(jobs(watched)) == ["siar:facebook", "siar:x"]


def test_a_channel_that_is_woken_already_is_not_woken_again(watched: Ledger) -> None:
    queue(watched, "x")
    with watched.reading() as connection:
        wakeups.wake(connection, ["x", "facebook"])
    assert jobs(watched) == ["siar:x", "siar:facebook"]
    assert len(entries(watched)) == 1


def queue_and_break_off(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        wakeups.wake(connection, ["x"])
        raise ZeroDivisionError


def test_a_wake_up_is_undone_with_what_it_was_for(watched: Ledger) -> None:
    with pytest.raises(ZeroDivisionError):
        queue_and_break_off(watched)
    assert jobs(watched) == []


def test_what_its_own_sender_defers_wakes_nobody(watched: Ledger) -> None:
    queue(watched, "x")
    with watched.reading() as connection:
        connection.execute(sa.text("DELETE FROM procrastinate_jobs"))
    (queued,) = entries(watched)
    assert queued.payload is not None
    attempt = begin(watched, queued, Prepared(queued.payload), STAMP)
    assert attempt is not None
    finish(watched, attempt, Outcome(State.QUEUED, "429", next_at=later(1).at), STAMP)
    assert entry(watched, queued.id).state is State.QUEUED
    assert jobs(watched) == []


def test_a_wake_up_that_cannot_be_left_stops_no_build(watched: Ledger) -> None:
    with watched.writing() as connection:
        connection.execute(sa.text("DROP FUNCTION procrastinate_defer_jobs_v1"))
    queue(watched, "x", "facebook")
    assert [each.state for each in entries(watched)] == [State.QUEUED, State.QUEUED]
    assert jobs(watched) == []


def test_without_workers_there_are_no_jobs(on_server: Ledger) -> None:
    queue(on_server, "x")
    with on_server.reading() as connection:
        assert not wakeups.ready(connection)
    assert len(entries(on_server)) == 1
