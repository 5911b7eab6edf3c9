"""An approval is of one text and by one person, and a changed text voids it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from syndication.ledger.agenda import due
from syndication.ledger.approvals import approve, approved_by, reject
from syndication.ledger.errors import NotPossible, UnknownEntry
from syndication.ledger.events import Stamp
from syndication.ledger.outbox import enqueue
from syndication.ledger.pauses import hold, keeping_back, pause
from syndication.ledger.people import retry
from syndication.ledger.progress import Outcome, begin, finish, settle
from syndication.ledger.queries import entries, entry, story
from syndication.ledger.schema import entries as table
from syndication.ledger.store import Ledger
from syndication.ledger.tally import payloads_since, posts_since
from syndication.model import Prepared, Receipt, State
from tests.ledger.samples import CANDIDATE, GUARD, NOW, candidate, later, pages, payload

OTHER = replace(CANDIDATE, payload=payload("Lelang rumah dinas diundur."))
SAFE_STATES = sorted(set(State) - {State.QUEUED, State.BY_HAND})


def queue(ledger: Ledger, *offered: object, minutes: int = 0) -> None:
    wanted = [CANDIDATE] if not offered else list(offered)
    enqueue(ledger, wanted, pages=pages(*wanted), guard=GUARD, stamp=later(minutes))  # type: ignore[arg-type]


def put(ledger: Ledger, state: State) -> None:
    with ledger.writing() as connection:
        connection.execute(table.update().values(state=state.value))


def people(ledger: Ledger) -> frozenset[str]:
    (found,) = entries(ledger)
    with ledger.reading() as connection:
        return approved_by(connection, found)


def test_two_people_count_as_two_and_one_as_one(ledger: Ledger) -> None:
    queue(ledger)
    approve(ledger, 1, stamp=later(1))
    approve(ledger, 1, stamp=later(2))
    assert people(ledger) == {"humas"}
    approve(ledger, 1, stamp=Stamp(later(3).at, "kepala"))
    assert people(ledger) == {"humas", "kepala"}
    assert [event.kind for event in story(ledger, 1)] == ["queued", *["approved"] * 3]


def test_a_changed_text_voids_it_even_when_the_old_one_returns(ledger: Ledger) -> None:
    queue(ledger)
    approve(ledger, 1, stamp=later(1))
    queue(ledger, OTHER, minutes=2)
    assert people(ledger) == frozenset()
    queue(ledger, CANDIDATE, minutes=3)
    assert people(ledger) == frozenset()


def test_another_page_of_the_same_post_leaves_it_approved(ledger: Ledger) -> None:
    queue(ledger)
    approve(ledger, 1, stamp=later(1))
    queue(ledger, replace(CANDIDATE, article_digest="b" * 64), minutes=2)
    assert people(ledger) == {"humas"}


def test_what_was_not_seen_cannot_be_approved(ledger: Ledger) -> None:
    queue(ledger)
    approve(ledger, 1, seen=CANDIDATE.payload_sha256[:8].upper(), stamp=later(1))
    queue(ledger, OTHER, minutes=2)
    with pytest.raises(NotPossible, match="sudah berubah sejak"):
        approve(ledger, 1, seen=CANDIDATE.payload_sha256[:8], stamp=later(3))
    assert people(ledger) == frozenset()


def test_a_clock_that_is_a_little_behind_does_not_lose_it(ledger: Ledger) -> None:
    queue(ledger, minutes=5)
    approve(ledger, 1, stamp=later(1))
    assert people(ledger) == {"humas"}


def test_what_is_rejected_is_refused_until_its_text_changes(ledger: Ledger) -> None:
    queue(ledger)
    approve(ledger, 1, stamp=later(1))
    done = reject(ledger, 1, why="belum pasti", stamp=later(2))
    assert (done.state, done.reason) == (State.REFUSED, "tidak disetujui humas: belum pasti")
    queue(ledger, minutes=3)
    assert entry(ledger, 1).state is State.REFUSED
    queue(ledger, OTHER, minutes=4)
    assert (entry(ledger, 1).state, people(ledger)) == (State.QUEUED, frozenset())


def test_a_retry_after_a_rejection_needs_a_new_approval(ledger: Ledger) -> None:
    queue(ledger)
    approve(ledger, 1, stamp=later(1))
    reject(ledger, 1, why="belum pasti", stamp=later(2))
    assert retry(ledger, 1, stamp=later(3)).state is State.QUEUED
    assert people(ledger) == frozenset()
    told = [(event.kind, event.data.get("reason")) for event in story(ledger, 1)[2:]]
    assert told == [
        ("rejected", "belum pasti"),
        ("retried", "tidak disetujui humas: belum pasti"),
    ]


@pytest.mark.parametrize("state", SAFE_STATES)
def test_only_what_waits_can_be_approved_or_rejected(ledger: Ledger, state: State) -> None:
    queue(ledger)
    put(ledger, state)
    with pytest.raises(NotPossible, match=state.value):
        approve(ledger, 1, stamp=later(1))
    with pytest.raises(NotPossible, match=state.value):
        reject(ledger, 1, why="", stamp=later(1))
    assert len(story(ledger, 1)) == 1


def test_an_entry_that_is_none(ledger: Ledger) -> None:
    for deed in (approve, retry):
        with pytest.raises(UnknownEntry):
            deed(ledger, 7, stamp=later(0))


@pytest.mark.parametrize("state", [State.REFUSED, State.GIVEN_UP, State.QUEUED])
def test_a_retry_lets_it_go_at_once(ledger: Ledger, state: State) -> None:
    queue(ledger)
    put(ledger, State.QUEUED)
    later_on = Outcome(State.QUEUED, "belum tayang", next_at=later(60).at)
    settle(ledger, entry(ledger, 1), later_on, later(0))
    put(ledger, state)
    again = retry(ledger, 1, stamp=later(1))
    assert (again.state, again.deferrals, again.waiting_since) == (State.QUEUED, 0, None)
    assert due(ledger, "linimasa", later(1).at) == [1]


def test_a_retry_keeps_the_embargo(ledger: Ledger) -> None:
    queue(ledger, replace(CANDIDATE, due_at=later(60).at))
    retry(ledger, 1, stamp=later(1))
    assert due(ledger, "linimasa", later(59).at) == []
    assert due(ledger, "linimasa", later(60).at) == [1]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (State.IN_DOUBT, "siar resolve 1"),
        (State.SENDING, "siar resolve 1"),
        (State.DELIVERED, "siar explain 1"),
        (State.CANCELLED, "siar explain 1"),
        (State.SKIPPED, "siar explain 1"),
    ],
)
def test_what_may_be_public_is_not_retried(ledger: Ledger, state: State, message: str) -> None:
    queue(ledger)
    put(ledger, state)
    with pytest.raises(NotPossible, match=message):
        retry(ledger, 1, stamp=later(1))
    assert entry(ledger, 1).state is state


def test_urgent_entries_come_first(ledger: Ledger) -> None:
    queue(ledger, candidate("a"), candidate("b"), replace(candidate("c"), priority=True))
    found = {each.id: each.article_id for each in entries(ledger)}
    assert [found[number] for number in due(ledger, "linimasa", NOW)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("priority", "approved", "passes"),
    [
        pytest.param(True, 20, True, id="urgent, approved since"),
        pytest.param(True, 5, False, id="urgent, approved before the hold"),
        pytest.param(True, None, False, id="urgent, unapproved"),
        pytest.param(False, 20, False, id="approved, but not urgent"),
    ],
)
def test_a_hold_lets_pass_what_is_urgent_and_was_approved_since(
    ledger: Ledger, approved: int | None, *, priority: bool, passes: bool
) -> None:
    queue(ledger, replace(CANDIDATE, priority=priority))
    held_at = 10
    if approved is not None and approved < held_at:
        approve(ledger, 1, stamp=later(approved))
    hold(ledger, why="gempa", stamp=later(held_at))
    if approved is not None and approved > held_at:
        approve(ledger, 1, stamp=later(approved))
    found = entry(ledger, 1)
    assert found.payload is not None
    with ledger.reading() as connection:
        kept = keeping_back(connection, found, later(30).at)
    assert (kept is None) is passes
    attempt = begin(ledger, found, Prepared(found.payload), later(30))
    assert (attempt is not None) is passes


def test_a_channel_that_rests_keeps_even_urgent_entries_back(ledger: Ledger) -> None:
    queue(ledger, replace(CANDIDATE, priority=True))
    with ledger.writing() as connection:
        pause(connection, "linimasa", later(60).at, "token ditolak", later(0))
    approve(ledger, 1, stamp=later(1))
    with ledger.reading() as connection:
        kept = keeping_back(connection, entry(ledger, 1), later(2).at)
    assert kept is not None
    assert kept.reason == "token ditolak"


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        pytest.param(None, 1, id="being sent, or cut off"),
        pytest.param(Outcome(State.IN_DOUBT, next_at=NOW), 1, id="in doubt"),
        pytest.param(
            Outcome(State.DELIVERED, receipt=Receipt("1", "https://x.example/1", NOW)), 1,
            id="delivered",
        ),
        pytest.param(Outcome(State.REFUSED), 0, id="refused"),
        pytest.param(Outcome(State.QUEUED, next_at=NOW), 0, id="deferred"),
    ],
)  # fmt: skip
def test_what_may_be_public_counts(ledger: Ledger, outcome: Outcome | None, counted: int) -> None:
    queue(ledger, candidate("a"), candidate("b"))
    first = entry(ledger, 1)
    assert first.payload is not None
    attempt = begin(ledger, first, Prepared(first.payload), later(0))
    assert attempt is not None
    if outcome:
        finish(ledger, attempt, outcome, later(0))
    with ledger.reading() as connection:
        assert posts_since(connection, "linimasa", NOW) == counted
        assert payloads_since(connection, "linimasa", NOW) == [first.payload] * counted
        assert posts_since(connection, "linimasa", NOW + timedelta(seconds=1)) == 0
        assert posts_since(connection, "lain", NOW) == 0
