from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from syndication.ledger.errors import ClockBack, LedgerError
from syndication.ledger.events import GENESIS, Break, Draft, Event, Stamp, append, first_break, read
from syndication.ledger.queries import head, knows_head, verify_chain
from syndication.ledger.schema import events
from syndication.ledger.store import Ledger
from tests.ledger.samples import NOW, STAMP, later


def write(ledger: Ledger, *kinds: str, stamp: Stamp = STAMP) -> None:
    with ledger.writing() as connection:
        append(connection, [Draft(kind, data={"alasan": "uji – é"}) for kind in kinds], stamp)


def chain(ledger: Ledger) -> list[Event]:
    with ledger.reading() as connection:
        return read(connection)


def test_each_event_names_the_one_before(ledger: Ledger) -> None:
    write(ledger, "a", "b")
    write(ledger, "c", stamp=later(1))
    links = chain(ledger)
    assert [event.kind for event in links] == ["created", "a", "b", "c"]
    assert [event.seq for event in links] == [1, 2, 3, 4]
    assert [event.previous for event in links] == [GENESIS, *(each.hash for each in links[:-1])]
    assert links[-1].hash == head(ledger)
    assert verify_chain(ledger) is None


def test_a_head_that_was_printed_is_known_for_ever(ledger: Ledger) -> None:
    printed = head(ledger)
    write(ledger, "a")
    assert knows_head(ledger, printed)
    assert not knows_head(ledger, "f" * 64)


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(
            lambda links: [*links[:2], replace(links[2], actor="lain"), *links[3:]],
            id="another actor",
        ),
        pytest.param(
            lambda links: [*links[:2], replace(links[2], data={}), *links[3:]], id="other data"
        ),
        pytest.param(
            lambda links: [*links[:2], replace(links[2], at=NOW - timedelta(days=1)), *links[3:]],
            id="another time",
        ),
        pytest.param(lambda links: [*links[:2], *links[3:]], id="one removed"),
        pytest.param(lambda links: [*links[:2], links[3], links[2], *links[4:]], id="two swapped"),
        pytest.param(lambda links: [*links[:2], links[1], *links[2:]], id="one repeated"),
    ],
)
def test_a_chain_that_was_tampered_with_breaks_at_its_third_event(
    ledger: Ledger, tamper: Callable[[list[Event]], list[Event]]
) -> None:
    write(ledger, "a", "b", "c")
    assert first_break(tamper(chain(ledger))) == Break(3)


@pytest.mark.parametrize("cut", [1, 2])
def test_a_beginning_that_was_cut_off_shows(ledger: Ledger, cut: int) -> None:
    write(ledger, "a", "b")
    assert first_break(chain(ledger)[cut:]) == Break(1)


def test_a_forged_first_event_shows(ledger: Ledger) -> None:
    links = chain(ledger)
    assert first_break([replace(links[0], actor="lain")]) == Break(1)


@pytest.mark.parametrize(
    "deed",
    [events.update().values(actor="lain"), events.delete()],
    ids=["changed", "removed"],
)
def test_the_database_itself_refuses_to_change_what_happened(
    ledger: Ledger, deed: sa.Update | sa.Delete
) -> None:
    with pytest.raises(LedgerError, match="append-only"), ledger.writing() as connection:
        connection.execute(deed)


def test_a_file_edited_behind_our_back_is_found_out(on_file: Ledger) -> None:
    write(on_file, "a", "b")
    behind = sqlite3.connect(str(on_file.file), isolation_level=None)
    behind.execute("DROP TRIGGER events_no_update")
    behind.execute("UPDATE events SET actor = 'lain' WHERE seq = 2")
    behind.close()
    assert verify_chain(on_file) == Break(2)


def test_a_clock_that_was_set_back_records_nothing(ledger: Ledger) -> None:
    write(ledger, "a", stamp=later(60))
    with pytest.raises(ClockBack, match="jam komputer"):
        write(ledger, "b", stamp=later(49))
    assert [event.kind for event in chain(ledger)] == ["created", "a"]


def test_clocks_that_differ_a_little_are_no_trouble(ledger: Ledger) -> None:
    write(ledger, "a", stamp=later(60))
    write(ledger, "b", stamp=later(51))
    assert verify_chain(ledger) is None


def test_a_time_without_a_zone_is_a_mistake_of_the_program(ledger: Ledger) -> None:
    naive = Stamp(NOW.replace(tzinfo=None), "humas")
    with pytest.raises(TypeError):
        write(ledger, "a", stamp=naive)
