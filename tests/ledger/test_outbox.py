from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from syndication.ledger.decide import Action, Candidate, Cause
from syndication.ledger.errors import Vanished
from syndication.ledger.events import Stamp
from syndication.ledger.outbox import Enqueued, Guard, Pages, enqueue, newest, skip_existing
from syndication.ledger.queries import entries, head, story
from syndication.ledger.schema import entries as table
from syndication.ledger.store import Ledger
from syndication.model import State, entry_key
from tests.ledger.samples import (
    CANDIDATE,
    GUARD,
    JAKARTA,
    NOW,
    STAMP,
    candidate,
    later,
    pages,
    payload,
)


def build(
    ledger: Ledger,
    *candidates: Candidate,
    guard: Guard = GUARD,
    stamp: Stamp = STAMP,
    present: Pages | None = None,
) -> Enqueued:
    seen = pages(*candidates) if present is None else present
    return enqueue(ledger, candidates, pages=seen, guard=guard, stamp=stamp)


def put(ledger: Ledger, state: State) -> None:
    """Stand the only entry in a state that the relay would have led to."""
    with ledger.writing() as connection:
        connection.execute(table.update().values(state=state.value))


def test_a_new_article_is_queued_with_all_that_will_be_sent(ledger: Ledger) -> None:
    done = build(ledger, CANDIDATE)
    (entry,) = entries(ledger)
    assert [change.entry_id for change in done.by(Action.QUEUE)] == [entry.id]
    assert (entry.state, entry.revision, entry.attempts) == (State.QUEUED, 1, 0)
    assert entry.key == entry_key("lelang-rumah", "linimasa", 1)
    assert entry.payload == CANDIDATE.payload
    assert (entry.title, entry.url, entry.due_at) == (CANDIDATE.title, CANDIDATE.url, NOW)
    assert [event.kind for event in story(ledger, entry.id)] == ["queued"]


def test_the_same_build_again_changes_nothing(ledger: Ledger) -> None:
    build(ledger, CANDIDATE, candidate("lain"))
    before = (head(ledger), entries(ledger))
    done = build(ledger, CANDIDATE, candidate("lain"), stamp=later(5))
    assert done.changes == ()
    assert (head(ledger), entries(ledger)) == before


def test_a_changed_text_replaces_what_is_queued(ledger: Ledger) -> None:
    build(ledger, CANDIDATE)
    text = payload("Lelang rumah dinas diundur.")
    done = build(ledger, replace(CANDIDATE, payload=text), stamp=later(5))
    (entry,) = entries(ledger)
    assert [change.action for change in done.changes] == [Action.REPLACE]
    assert (entry.state, entry.payload, entry.revision) == (State.QUEUED, text, 1)


@pytest.mark.parametrize("state", [State.SENDING, State.IN_DOUBT, State.DELIVERED])
def test_a_changed_text_leaves_what_may_be_public(ledger: Ledger, state: State) -> None:
    build(ledger, CANDIDATE)
    put(ledger, state)
    done = build(ledger, replace(CANDIDATE, payload=payload("Diundur.")))
    (entry,) = entries(ledger)
    assert done.changes == ()
    assert (entry.state, entry.payload) == (state, CANDIDATE.payload)


@pytest.mark.parametrize("state", [State.REFUSED, State.GIVEN_UP])
def test_a_changed_text_queues_again_what_failed(ledger: Ledger, state: State) -> None:
    build(ledger, CANDIDATE)
    put(ledger, state)
    build(ledger, replace(CANDIDATE, payload=payload("Diundur.")))
    (entry,) = entries(ledger)
    assert (entry.state, entry.payload) == (State.QUEUED, payload("Diundur."))


def test_a_channel_posted_by_hand_waits_for_a_person(ledger: Ledger) -> None:
    build(ledger, replace(CANDIDATE, by_hand=True), replace(candidate("lain"), payload=None))
    assert [entry.state for entry in entries(ledger)] == [State.BY_HAND, State.BY_HAND]


def test_a_back_dated_article_is_skipped_with_its_reason(ledger: Ledger) -> None:
    old = replace(CANDIDATE, date=NOW - timedelta(days=60))
    (change,) = build(ledger, old).by(Action.SKIP)
    (entry,) = entries(ledger)
    assert (entry.state, entry.cause, entry.payload) == (State.SKIPPED, Cause.OLDER, None)
    assert entry.reason == change.reason == "bertanggal sebelum 2026-11-01, jadi tidak disiarkan"


@pytest.mark.parametrize(
    ("setting", "state"),
    [
        pytest.param(None, State.QUEUED, id="only the ledger's"),
        pytest.param(date(2026, 1, 1), State.QUEUED, id="an earlier setting loses"),
        pytest.param(date(2026, 11, 25), State.SKIPPED, id="a later setting wins"),
    ],
)
def test_the_later_of_two_first_days_counts(
    ledger: Ledger, setting: date | None, state: State
) -> None:
    build(ledger, CANDIDATE, guard=Guard(setting, 20, JAKARTA))
    assert [entry.state for entry in entries(ledger)] == [state]


def test_more_new_articles_than_the_ceiling_queue_nothing(ledger: Ledger) -> None:
    build(ledger, CANDIDATE)
    many = [candidate(f"artikel-{number}") for number in range(4)]
    changed = replace(CANDIDATE, payload=payload("Diundur."))
    done = build(ledger, changed, *many, guard=Guard(None, 3, JAKARTA))
    assert [change.action for change in done.changes] == [Action.REPLACE]
    assert {change.article_id for change in done.blocked} == {each.article_id for each in many}
    assert [entry.article_id for entry in entries(ledger)] == ["lelang-rumah"]


def test_the_ceiling_counts_articles_not_posts(ledger: Ledger) -> None:
    both = [candidate(each, channel) for each in ("a", "b") for channel in ("x", "linimasa")]
    done = build(ledger, *both, guard=Guard(None, 2, JAKARTA))
    assert (len(done.by(Action.QUEUE)), done.blocked) == (4, ())


def test_an_article_that_vanished_cancels_and_may_come_back(ledger: Ledger) -> None:
    build(ledger, CANDIDATE)
    build(ledger, present={})
    (entry,) = entries(ledger)
    assert (entry.state, entry.cause) == (State.CANCELLED, Cause.VANISHED)
    assert build(ledger, present={}).changes == ()
    build(ledger, CANDIDATE)
    (entry,) = entries(ledger)
    assert (entry.state, entry.cause, entry.reason) == (State.QUEUED, "", "")


def test_a_channel_no_longer_chosen_cancels(ledger: Ledger) -> None:
    build(ledger, CANDIDATE)
    build(ledger, present=pages(CANDIDATE))
    (entry,) = entries(ledger)
    assert (entry.state, entry.cause) == (State.CANCELLED, Cause.UNCHOSEN)


@pytest.mark.parametrize("state", [State.SENDING, State.IN_DOUBT, State.DELIVERED])
def test_an_article_that_vanished_after_it_may_be_public_stops_the_build(
    ledger: Ledger, state: State
) -> None:
    both = candidate("lelang-rumah", "x"), candidate("lelang-rumah", "linimasa")
    build(ledger, *both)
    put(ledger, state)
    before = head(ledger)
    with pytest.raises(Vanished, match=r"content/artikel/lelang\.md.*di x, linimasa\..*Ditarik"):
        build(ledger, candidate("baru"))
    assert (len(entries(ledger)), head(ledger)) == (2, before)


def test_a_translation_that_vanished_stops_the_build_though_the_original_stays(
    ledger: Ledger,
) -> None:
    english = replace(candidate("lelang-rumah", "timeline"), lang="en")
    build(ledger, CANDIDATE, english)
    put(ledger, State.DELIVERED)
    with pytest.raises(Vanished, match="lelang-rumah, en"):
        build(ledger, CANDIDATE)


def test_a_withdrawn_article_is_not_sent(ledger: Ledger) -> None:
    build(ledger, CANDIDATE)
    build(ledger, replace(CANDIDATE, withdrawn=True))
    (entry,) = entries(ledger)
    assert (entry.state, entry.cause) == (State.CANCELLED, Cause.WITHDRAWN)
    assert entry.reason == "artikel ditarik sebelum disiarkan"
    assert build(ledger, CANDIDATE).changes == ()


def test_init_skips_all_that_exists(ledger: Ledger) -> None:
    skip_existing(ledger, [CANDIDATE, candidate("lain")], since=None, zone=JAKARTA, stamp=STAMP)
    done = build(ledger, CANDIDATE, candidate("lain"), candidate("baru"))
    assert [entry.state for entry in entries(ledger)] == [
        State.SKIPPED,
        State.SKIPPED,
        State.QUEUED,
    ]
    assert [change.article_id for change in done.changes] == ["baru"]


def test_init_with_a_date_skips_only_what_is_older(ledger: Ledger) -> None:
    old = replace(candidate("lama"), date=NOW - timedelta(days=2))
    skipped = skip_existing(
        ledger, [old, CANDIDATE], since=date(2026, 11, 23), zone=JAKARTA, stamp=STAMP
    )
    assert [change.article_id for change in skipped] == ["lama"]
    assert [entry.cause for entry in entries(ledger)] == [Cause.EXISTING]


def test_what_is_settled_may_be_left_out_of_the_next_build(ledger: Ledger) -> None:
    build(ledger, CANDIDATE, candidate("lain"))
    with ledger.writing() as connection:
        connection.execute(
            table.update().where(table.c.article_id == "lain").values(state=State.IN_DOUBT.value)
        )
    ended = {pair for pair, each in newest(ledger).items() if each.settled}
    assert ended == {("lain", "linimasa")}
    present = pages(CANDIDATE, candidate("lain"))
    assert build(ledger, CANDIDATE, present=present).changes == ()
