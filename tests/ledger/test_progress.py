from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from syndication.ledger import pauses
from syndication.ledger.agenda import Attempt, due, known_posts, open_attempts, sending
from syndication.ledger.errors import NotPossible
from syndication.ledger.outbox import enqueue
from syndication.ledger.progress import Outcome, Rest, abandon, begin, finish, note, settle
from syndication.ledger.queries import entries, entry, story
from syndication.ledger.schema import entries as table
from syndication.ledger.store import Ledger
from syndication.model import Entry, Prepared, Receipt, State
from tests.ledger.samples import CANDIDATE, GUARD, NOW, STAMP, later, pages, payload

RECEIPT = Receipt("7", "https://x.example/7", NOW)


@pytest.fixture
def queued(ledger: Ledger) -> Entry:
    enqueue(ledger, [CANDIDATE], pages=pages(CANDIDATE), guard=GUARD, stamp=STAMP)
    (made,) = entries(ledger)
    return made


def start(ledger: Ledger, queued: Entry) -> Attempt | None:
    assert queued.payload is not None
    return begin(ledger, queued, Prepared(queued.payload, {"media": "1"}), STAMP)


def started(ledger: Ledger, queued: Entry) -> Attempt:
    made = start(ledger, queued)
    assert made is not None
    return made


def test_an_attempt_is_on_record_before_it_is_made(ledger: Ledger, queued: Entry) -> None:
    attempt = started(ledger, queued)
    now = entry(ledger, queued.id)
    assert (now.state, now.attempts) == (State.SENDING, 1)
    assert open_attempts(ledger, queued.id) == [attempt]
    assert attempt.prepared_ids == {"media": "1"}
    assert story(ledger, queued.id)[-1].data["payload_sha256"] == CANDIDATE.payload_sha256


def change(**values: object) -> sa.Update:
    return table.update().values(values)


@pytest.mark.parametrize(
    "meanwhile",
    [
        pytest.param(change(state="cancelled"), id="cancelled"),
        pytest.param(change(state="sending"), id="being sent"),
        pytest.param(change(state="delivered"), id="delivered"),
        pytest.param(change(payload_sha256="f" * 64), id="another text"),
        pytest.param(change(article_digest="f" * 64), id="another page than was looked at"),
        pytest.param(change(attempts=1), id="another attempt"),
        pytest.param(change(next_at=NOW + timedelta(seconds=1)), id="embargoed"),
    ],
)
def test_no_attempt_where_the_entry_moved_meanwhile(
    ledger: Ledger, queued: Entry, meanwhile: sa.Update
) -> None:
    with ledger.writing() as connection:
        connection.execute(meanwhile)
    assert start(ledger, queued) is None
    assert open_attempts(ledger, queued.id) == []


@pytest.mark.parametrize("state", sorted(set(State) - {State.QUEUED, State.IN_DOUBT}))
def test_no_attempt_from_any_other_state_even_if_it_was_read_so(
    ledger: Ledger, queued: Entry, state: State
) -> None:
    with ledger.writing() as connection:
        connection.execute(change(state=state.value))
    assert start(ledger, replace(queued, state=state)) is None


def test_no_attempt_while_everything_is_held(ledger: Ledger, queued: Entry) -> None:
    pauses.hold(ledger, why="gempa", stamp=STAMP)
    assert start(ledger, queued) is None


def test_a_receipt_ends_it(ledger: Ledger, queued: Entry) -> None:
    finish(ledger, started(ledger, queued), Outcome(State.DELIVERED, receipt=RECEIPT), STAMP)
    assert entry(ledger, queued.id).receipt == RECEIPT
    assert known_posts(ledger, "linimasa") == {"7"}
    assert open_attempts(ledger, queued.id) == []


def test_an_attempt_ends_once(ledger: Ledger, queued: Entry) -> None:
    attempt = started(ledger, queued)
    finish(ledger, attempt, Outcome(State.REFUSED, "400"), STAMP)
    with pytest.raises(NotPossible):
        finish(ledger, attempt, Outcome(State.QUEUED, "lagi"), STAMP)
    assert entry(ledger, queued.id).state is State.REFUSED


def test_a_receipt_that_comes_after_the_doubt_is_still_the_truth(
    ledger: Ledger, queued: Entry
) -> None:
    attempt = started(ledger, queued)
    abandon(ledger, sending(ledger, "linimasa"), STAMP)
    assert entry(ledger, queued.id).state is State.IN_DOUBT
    finish(ledger, attempt, Outcome(State.DELIVERED, receipt=RECEIPT), STAMP)
    assert entry(ledger, queued.id).state is State.DELIVERED


def test_only_what_is_being_sent_can_be_abandoned(ledger: Ledger, queued: Entry) -> None:
    abandon(ledger, [queued.id], STAMP)
    assert entry(ledger, queued.id) == queued


def test_a_try_that_counts_is_counted(ledger: Ledger, queued: Entry) -> None:
    outcome = Outcome(State.QUEUED, "belum tayang", next_at=NOW + timedelta(minutes=1))
    assert settle(ledger, queued, outcome, STAMP)
    waiting = entry(ledger, queued.id)
    assert (waiting.deferrals, waiting.waiting_since, waiting.reason) == (1, NOW, "belum tayang")
    assert due(ledger, "linimasa", NOW) == []
    assert due(ledger, "linimasa", later(1).at) == [queued.id]
    assert not settle(ledger, replace(queued, attempts=4), outcome, STAMP)


@pytest.mark.parametrize("state", sorted(set(State) - {State.QUEUED, State.IN_DOUBT}))
def test_nothing_is_learnt_of_what_does_not_wait(
    ledger: Ledger, queued: Entry, state: State
) -> None:
    with ledger.writing() as connection:
        connection.execute(change(state=state.value))
    assert not settle(ledger, replace(queued, state=state), Outcome(State.QUEUED), STAMP)


def test_a_pause_comes_with_what_made_it_necessary(ledger: Ledger, queued: Entry) -> None:
    rest = Rest(NOW + timedelta(hours=1), "token ditolak")
    assert settle(ledger, queued, Outcome(State.QUEUED, "token ditolak", rest=rest), STAMP)
    standing = pauses.standing(ledger, later(59).at)
    assert {name: pause.reason for name, pause in standing.items()} == {"linimasa": "token ditolak"}
    assert pauses.standing(ledger, later(60).at) == {}
    assert entry(ledger, queued.id).deferrals == 0


def test_resuming_gives_new_patience(ledger: Ledger, queued: Entry) -> None:
    rest = Rest(NOW + timedelta(hours=1), "token ditolak")
    outcome = Outcome(State.QUEUED, "gagal", next_at=NOW, rest=rest)
    settle(ledger, queued, outcome, STAMP)
    assert pauses.resume(ledger, "linimasa", stamp=later(5))
    waiting = entry(ledger, queued.id)
    assert (waiting.deferrals, waiting.waiting_since) == (0, None)
    assert pauses.standing(ledger, NOW) == {}
    assert not pauses.resume(ledger, "linimasa", stamp=later(5))


def test_a_reason_to_wait_moves_nothing(ledger: Ledger, queued: Entry) -> None:
    before = story(ledger, queued.id)
    note(ledger, [queued.id], "saluran belum disiapkan")
    assert entry(ledger, queued.id) == replace(queued, reason="saluran belum disiapkan")
    assert story(ledger, queued.id) == before


def test_a_rebuild_forgets_how_long_the_old_text_waited(ledger: Ledger, queued: Entry) -> None:
    outcome = Outcome(State.QUEUED, "belum tayang", next_at=NOW + timedelta(minutes=1))
    settle(ledger, queued, outcome, STAMP)
    new = replace(CANDIDATE, payload=payload("Diundur."))
    enqueue(ledger, [new], pages=pages(new), guard=GUARD, stamp=STAMP)
    replaced = entry(ledger, queued.id)
    assert (replaced.deferrals, replaced.next_at, replaced.reason) == (0, NOW, "")
