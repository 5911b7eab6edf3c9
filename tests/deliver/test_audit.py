from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from syndication.deliver.audit import audit
from syndication.deliver.published import EMPTY, Register, Silent
from syndication.ledger import queries
from syndication.ledger.schema import events, receipts
from syndication.ledger.store import Ledger
from tests.deliver.scene import Scene


@pytest.fixture
def printed(scene: Scene) -> Register:
    """What the site printed after a post; another one went out since."""
    scene.queue(scene.candidate("a"))
    scene.run()
    head = queries.head(scene.ledger)
    scene.queue(scene.candidate("a"), scene.candidate("b"))
    scene.run()
    return Register(head, ())


def spoilt(ledger: Ledger, statement: sa.Executable) -> None:
    """Do what the ledger itself would not let happen."""
    with ledger.writing() as connection:
        for deed in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER events_no_{deed}")
        connection.execute(statement)


def cut_to(seq: int) -> sa.Executable:
    return events.delete().where(events.c.seq > seq)


def test_a_history_that_nobody_touched_is_proven(scene: Scene, printed: Register) -> None:
    result = audit(scene.ledger, printed)
    assert result.proven
    assert result.head == queries.head(scene.ledger)
    assert [event.seq for event in result.events] == list(range(1, len(result.events) + 1))
    assert audit(scene.ledger, EMPTY).proven


@pytest.mark.parametrize(
    ("statement", "shows"),
    [
        pytest.param(
            lambda: events.update().where(events.c.seq == 3).values(actor="lain"),
            lambda result: result.broken and result.broken.seq == 3,
            id="an event says another name",
        ),
        pytest.param(
            lambda: events.delete().where(events.c.seq == 2),
            lambda result: result.broken and result.broken.seq == 2,
            id="an event is gone",
        ),
        pytest.param(
            lambda: cut_to(2),
            lambda result: not result.broken and "tercetak" in result.fault,
            id="the end is cut off, beyond what the site printed",
        ),
        pytest.param(
            lambda: receipts.update().values(url="https://lain.example/1"),
            lambda result: len(result.untold) == 2,
            id="receipts point elsewhere",
        ),
    ],
)
def test_what_was_done_to_it_shows(
    scene: Scene,
    printed: Register,
    statement: Callable[[], sa.Executable],
    shows: Callable[[object], bool],
) -> None:
    spoilt(scene.ledger, statement())
    result = audit(scene.ledger, printed)
    assert not result.proven
    assert shows(result)


def test_without_the_sites_word_nothing_is_proven(scene: Scene) -> None:
    result = audit(scene.ledger, Silent("situs tidak menjawab"))
    assert not result.proven
    assert "tidak menjawab" in result.fault
