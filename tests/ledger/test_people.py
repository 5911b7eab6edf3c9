from __future__ import annotations

from dataclasses import replace

import pytest

from syndication.ledger.agenda import due, open_attempts
from syndication.ledger.errors import NotPossible, UnknownEntry
from syndication.ledger.outbox import enqueue
from syndication.ledger.people import resolve_delivered, resolve_not_sent
from syndication.ledger.progress import Outcome, begin, finish
from syndication.ledger.queries import entries, entry, receipts, story
from syndication.ledger.revisions import repost
from syndication.ledger.schema import entries as table
from syndication.ledger.store import Ledger
from syndication.model import Deed, Prepared, State
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


@pytest.mark.parametrize("url", ["", "x.example/1", "ftp://x.example/1", "https://", "https://["])
def test_a_post_has_an_address(ledger: Ledger, doubtful: int, url: str) -> None:
    with pytest.raises(NotPossible, match="bukan alamat"):
        resolve_delivered(ledger, doubtful, url=url, why="", stamp=STAMP)


def test_an_address_shows_no_password(ledger: Ledger, doubtful: int) -> None:
    with pytest.raises(NotPossible, match="kata sandi") as refused:
        resolve_delivered(
            ledger, doubtful, url="https://humas:rahasia@x.example/1", why="", stamp=STAMP
        )
    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "post_id"), [(URL, ""), (f"{URL}?s=20", "1")], ids=["address", "number"]
)
def test_one_post_is_not_that_of_two_articles(
    ledger: Ledger, doubtful: int, url: str, post_id: str
) -> None:
    resolve_delivered(ledger, doubtful, url=URL, why="", stamp=later(5), post_id="1")
    other = replace(CANDIDATE, article_id="lain", title="Lain", url="https://kpknl.example/lain")
    both = pages(CANDIDATE, other)
    enqueue(ledger, [CANDIDATE, other], pages=both, guard=GUARD, stamp=later(6))
    with pytest.raises(NotPossible, match=f"sudah tercatat untuk unggahan {doubtful} "):
        resolve_delivered(ledger, 2, url=url, why="", stamp=later(7), post_id=post_id)
    assert entry(ledger, 2).state is State.QUEUED


@pytest.mark.parametrize("deed", [Deed.LINK, Deed.REPEAT, Deed.EDIT, Deed.CORRECT])
def test_only_a_correction_may_stand_in_an_earlier_post(
    ledger: Ledger, doubtful: int, deed: Deed
) -> None:
    resolve_delivered(ledger, doubtful, url=URL, why="", stamp=later(5), post_id="1")
    second = repost(ledger, doubtful, why="lagi", stamp=later(6)).id
    with ledger.writing() as connection:
        connection.execute(table.update().where(table.c.id == second).values(deed=deed.value))
    if deed in {Deed.EDIT, Deed.CORRECT}:
        resolve_delivered(ledger, second, url=URL, why="", stamp=later(7), post_id="1")
        assert len(receipts(ledger)) == 1
        return
    with pytest.raises(NotPossible, match="sudah tercatat"):
        resolve_delivered(ledger, second, url=URL, why="", stamp=later(7), post_id="1")


def test_an_unknown_number(ledger: Ledger) -> None:
    with pytest.raises(UnknownEntry, match="Entri 7 tidak ada"):
        resolve_not_sent(ledger, 7, why="", stamp=STAMP)
