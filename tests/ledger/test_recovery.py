from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.engine import Connection

from syndication.ledger import queries, withdrawals
from syndication.ledger.decide import Action
from syndication.ledger.errors import Missing
from syndication.ledger.evidence import history
from syndication.ledger.outbox import enqueue
from syndication.ledger.people import resolve_delivered, resolve_not_sent
from syndication.ledger.recovery import Kept, Unclear, descends_from, restore
from syndication.ledger.revisions import old_copies
from syndication.ledger.store import Ledger, create_ledger, open_ledger
from syndication.model import Deed, Receipt, State
from tests.ledger.samples import CANDIDATE, GUARD, NOW, STAMP, candidate, later, pages
from tests.postgres import Server

OLD_HEAD = "c" * 64


def kept(article_id: str = "lelang-rumah", revision: int = 1, post_id: str = "7") -> Kept:
    return Kept(
        article_id=article_id,
        lang="id",
        channel="linimasa",
        revision=revision,
        platform="local",
        title="Lelang rumah dinas",
        page=CANDIDATE.url,
        source=CANDIDATE.source,
        receipt=Receipt(post_id, f"https://pos.example/{post_id}", NOW - timedelta(days=2)),
        payload_sha256="d" * 64,
        witness="register",
    )


def recovered(url: str, *posts: Kept, unclear: Sequence[Unclear] = ()) -> Ledger:
    def fill(connection: Connection) -> None:
        both = [candidate(), candidate("lelang-mobil")]
        restore(connection, posts, both, head=OLD_HEAD, stamp=STAMP, unclear=unclear)

    return create_ledger(url, stamp=STAMP, also=fill)


@pytest.fixture
def on_new_server(server: Server) -> str:
    return server.make()


@pytest.fixture(params=["address", "on_new_server"], ids=["SQLite", "PostgreSQL"])
def url(request: pytest.FixtureRequest) -> str:
    made: str = request.getfixturevalue(request.param)
    return made


def test_what_was_posted_is_delivered_and_the_rest_is_never_sent(url: str) -> None:
    ledger = recovered(url, kept(), kept(revision=2, post_id="8"))
    found = {(each.article_id, each.revision): each for each in queries.entries(ledger)}
    assert {place: each.state for place, each in found.items()} == {
        ("lelang-rumah", 1): State.DELIVERED,
        ("lelang-rumah", 2): State.DELIVERED,
        ("lelang-mobil", 1): State.SKIPPED,
    }
    assert found["lelang-rumah", 2].receipt == kept(revision=2, post_id="8").receipt
    (first, _) = queries.receipts(ledger)
    assert (first.post_id, first.payload_sha256, first.platform) == ("7", "d" * 64, "local")
    ledger.close()


def test_a_build_after_that_queues_only_what_is_new(url: str) -> None:
    ledger = recovered(url, kept())
    all_three = [candidate(), candidate("lelang-mobil"), candidate("lelang-kapal")]
    done = enqueue(ledger, all_three, pages=pages(*all_three), guard=GUARD, stamp=later(5))
    assert [change.article_id for change in done.by(Action.QUEUE)] == ["lelang-kapal"]
    states = {each.article_id: each.state for each in queries.entries(ledger)}
    assert states["lelang-rumah"] is State.DELIVERED
    assert states["lelang-mobil"] is State.SKIPPED
    ledger.close()


def test_the_new_chain_is_whole_and_names_the_one_that_was_lost(url: str) -> None:
    ledger = recovered(url, kept())
    events = history(ledger)
    kinds = ["created", "recovered_from", "recovered", "skipped"]
    assert [event.kind for event in events] == kinds
    assert events[1].data == {"head": OLD_HEAD, "posts": 1}
    assert queries.verify_chain(ledger) is None
    assert descends_from(ledger, OLD_HEAD)
    assert descends_from(ledger, queries.head(ledger))
    assert not descends_from(ledger, "e" * 64)
    ledger.close()


def test_nothing_is_there_unless_all_of_it_is(url: str) -> None:
    twice = (kept(), kept())
    with pytest.raises(Exception, match="rusak"):
        recovered(url, *twice)
    with pytest.raises(Missing):
        open_ledger(url)
    ledger = recovered(url, kept())
    assert len(queries.receipts(ledger)) == 1
    ledger.close()


RALAT = "25 November 2026: uang jaminan."


@pytest.mark.parametrize(
    ("told", "action"),
    [
        pytest.param("", Action.CORRECT, id="the correction was never told"),
        pytest.param("Yang lain.", Action.CORRECT, id="another one was told"),
        pytest.param(RALAT, None, id="it was told"),
        pytest.param(None, Action.NOTE, id="nobody knows"),
    ],
)
def test_a_build_tells_the_correction_that_was_not_told(
    url: str, told: str | None, action: Action | None
) -> None:
    ledger = recovered(url, replace(kept(), correction=told))
    corrected = replace(candidate(), correction=RALAT)
    done = enqueue(ledger, [corrected], pages=pages(corrected), guard=GUARD, stamp=later(5))
    assert [change.action for change in done.changes] == ([action] if action else [])
    ledger.close()


def test_what_a_correction_replaced_is_still_to_be_taken_back(url: str) -> None:
    again = replace(kept(revision=2, post_id="8"), deed=Deed.REPLACE, correction=RALAT)
    ledger = recovered(url, kept(), again)
    due = withdrawals.due(ledger, "linimasa", NOW)
    assert [queries.entry(ledger, number).revision for number in due] == [1]
    ledger.close()


def test_an_older_copy_is_still_listed_as_old(url: str) -> None:
    linked = replace(kept(revision=2, post_id="8"), deed=Deed.LINK, correction=RALAT)
    ledger = recovered(url, replace(kept(), correction=""), linked)
    assert [each.entry.revision for each in old_copies(ledger)] == [1]
    ledger.close()


UNCLEAR = Unclear("lelang-mobil", "id", "linimasa", "local", "Mobil", "https://a.example/", "a.md")


def test_what_is_unclear_waits_for_a_person_and_then_goes_its_way(url: str) -> None:
    ledger = recovered(url, replace(kept(), correction=""), unclear=[UNCLEAR])
    (entry,) = queries.entries(ledger, states={State.IN_DOUBT})
    assert (entry.article_id, entry.revision) == ("lelang-mobil", 1)
    both = [candidate(), candidate("lelang-mobil")]
    assert not enqueue(ledger, both, pages=pages(*both), guard=GUARD, stamp=later(5)).changes
    resolve_not_sent(ledger, entry.id, why="tidak ada", stamp=later(6))
    (sent,) = enqueue(ledger, both, pages=pages(*both), guard=GUARD, stamp=later(7)).changes
    assert sent.entry_id == entry.id
    assert queries.entry(ledger, entry.id).payload == both[1].payload
    assert queries.verify_chain(ledger) is None
    ledger.close()


@pytest.mark.parametrize("was_told", [True, False], ids=["a person saw it", "a person saw none"])
def test_a_correction_in_doubt_is_settled_by_a_person(url: str, was_told: bool) -> None:  # noqa: FBT001
    first = replace(kept(), correction="")
    doubt = replace(
        UNCLEAR, article_id=first.article_id, revision=2, deed=Deed.CORRECT, correction=RALAT
    )
    ledger = recovered(url, first, unclear=[doubt])
    corrected = replace(candidate(), correction=RALAT)
    once = [corrected, candidate("lelang-mobil")]
    assert not enqueue(ledger, once, pages=pages(*once), guard=GUARD, stamp=later(5)).changes
    (entry,) = queries.entries(ledger, states={State.IN_DOUBT})
    if was_told:
        seen = "https://pos.example/8"
        resolve_delivered(ledger, entry.id, url=seen, why="ada", stamp=later(6), post_id="8")
    else:
        resolve_not_sent(ledger, entry.id, why="tidak ada", stamp=later(6))
    changes = enqueue(ledger, once, pages=pages(*once), guard=GUARD, stamp=later(7)).changes
    assert [change.entry_id for change in changes] == ([] if was_told else [entry.id])
    settled = queries.entry(ledger, entry.id)
    assert settled.state is (State.DELIVERED if was_told else State.QUEUED)
    assert settled.correction == RALAT
    ledger.close()
