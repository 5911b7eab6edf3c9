from __future__ import annotations

import pytest

from syndication.ledger.agenda import due, open_attempts
from syndication.ledger.errors import NotPossible, UnknownEntry
from syndication.ledger.outbox import enqueue
from syndication.ledger.people import resolve_delivered, resolve_not_sent
from syndication.ledger.progress import Outcome, begin, finish
from syndication.ledger.queries import entries, entry, receipts, story
from syndication.ledger.schema import entries as table
from syndication.ledger.store import Ledger
from syndication.model import Prepared, State
from tests.ledger.samples import CANDIDATE, GUARD, NOW, STAMP, later, pages

URL = "https://x.example/kpknl/status/1"


@pytest.fixture
def doubtful(ledger: Ledger) -> int:
    """The number of an entry whose attempt was never answered."""
    enqueue(ledger, [CANDIDATE], pages=pages(CANDIDATE), guard=GUARD, stamp=STAMP)
    (queued,) = entries(ledger)
    assert queued.payload is not None
    attempt = begin(ledger, queued, Prepared(queued.payload, {"media": "1"}), STAMP)
    assert attempt is not None
    finish(ledger, attempt, Outcome(State.IN_DOUBT, "tanpa jawaban", next_at=NOW), STAMP)
    return queued.id


def put(ledger: Ledger, state: State) -> None:
    with ledger.writing() as connection:
        connection.execute(table.update().values(state=state.value))


def test_a_person_found_the_post(ledger: Ledger, doubtful: int) -> None:
    resolve_delivered(ledger, doubtful, url=URL, why="terlihat di linimasa", stamp=later(5))
    done = entry(ledger, doubtful)
    assert done.receipt is not None
    assert (done.state, done.receipt.url) == (State.DELIVERED, URL)
    (posted,) = receipts(ledger)
    assert (posted.url, posted.at, posted.payload_sha256) == (
        URL,
        later(5).at,
        CANDIDATE.payload_sha256,
    )
    last = story(ledger, doubtful)[-1]
    assert (last.kind, last.actor, last.data["reason"]) == (
        "resolved_delivered",
        "humas",
        "terlihat di linimasa",
    )


def test_a_person_is_sure_that_there_is_none(ledger: Ledger, doubtful: int) -> None:
    resolve_not_sent(ledger, doubtful, why="tidak ada di linimasa", stamp=later(5))
    assert entry(ledger, doubtful).state is State.QUEUED
    assert due(ledger, "linimasa", later(5).at) == [doubtful]
    assert open_attempts(ledger, doubtful) == []


@pytest.mark.parametrize("state", [State.BY_HAND, State.QUEUED])
def test_a_person_posted_it(ledger: Ledger, doubtful: int, state: State) -> None:
    put(ledger, state)
    done = resolve_delivered(ledger, doubtful, url=URL, why="", stamp=STAMP)
    assert done.receipt is not None
    assert (done.state, done.receipt.url) == (State.DELIVERED, URL)


@pytest.mark.parametrize("state", sorted(set(State) - {State.IN_DOUBT}))
def test_only_a_doubt_can_be_said_not_to_be_sent(
    ledger: Ledger, doubtful: int, state: State
) -> None:
    put(ledger, state)
    with pytest.raises(NotPossible):
        resolve_not_sent(ledger, doubtful, why="", stamp=STAMP)


@pytest.mark.parametrize(
    "state", sorted(set(State) - {State.IN_DOUBT, State.BY_HAND, State.QUEUED})
)
def test_what_is_settled_is_not_settled_again(ledger: Ledger, doubtful: int, state: State) -> None:
    put(ledger, state)
    with pytest.raises(NotPossible):
        resolve_delivered(ledger, doubtful, url=URL, why="", stamp=STAMP)


@pytest.mark.parametrize("url", ["", "x.example/1", "ftp://x.example/1", "https://"])
def test_a_post_has_an_address(ledger: Ledger, doubtful: int, url: str) -> None:
    with pytest.raises(NotPossible, match="bukan alamat"):
        resolve_delivered(ledger, doubtful, url=url, why="", stamp=STAMP)


def test_an_unknown_number(ledger: Ledger) -> None:
    with pytest.raises(UnknownEntry, match="Entri 7 tidak ada"):
        resolve_not_sent(ledger, 7, why="", stamp=STAMP)
