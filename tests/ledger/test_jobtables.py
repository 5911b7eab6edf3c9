"""Procrastinate's tables: made once, taken along when it is updated, and never taken back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from procrastinate.schema import SchemaManager

from syndication.ledger import jobtables
from syndication.ledger.errors import NewerJobs
from syndication.ledger.store import Ledger, open_ledger
from tests.ledger.test_wakeups import jobs, queue
from tests.postgres import Server

BEFORE = "03.03.00_01_pre_priority_lock_fetch_job"
"""The last step of Procrastinate 3.3, whose events did not know of a retry."""

SHAPE = """
SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE 'procrastinate%' ORDER BY 1
"""
WORDS = """
SELECT enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
WHERE typname = 'procrastinate_job_event_type' ORDER BY enumsortorder
"""


def shape(ledger: Ledger) -> list[object]:
    """Read all that steps change: functions and the words of a type."""
    with ledger.reading() as connection:
        functions = [tuple(row) for row in connection.execute(sa.text(SHAPE))]
        return [*functions, *connection.scalars(sa.text(WORDS))]


def noted(ledger: Ledger) -> str:
    query = "SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')"
    with ledger.reading() as connection:
        return str(connection.scalar(sa.text(query)))


def note(ledger: Ledger, words: str) -> None:
    with ledger.writing() as connection:
        connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS {words}")


def install_earlier(ledger: Ledger) -> None:
    """Make the tables as Procrastinate 3.3 did."""
    whole: str = SchemaManager.get_schema()
    start = whole.index("CREATE FUNCTION procrastinate_retry_job_v2(")
    end = whole.index("$$;", start) + len("$$;")
    earlier = whole[:start] + whole[end:]
    for now, then in (("'scheduled',", "'scheduled'"), ("'retried'", "")):
        earlier = earlier.replace(now, then, 1)
    with ledger.writing() as connection:
        connection.connection.cursor().execute(earlier)
    note(ledger, f"'siar: {BEFORE}'")


def test_they_are_made_once(on_server: Ledger) -> None:
    jobtables.prepare(on_server)
    queue(on_server, "x")
    jobtables.prepare(on_server)
    assert jobs(on_server) == ["siar:x"]
    assert noted(on_server) == f"siar: {jobtables.FIRST}"


def test_those_of_an_earlier_version_become_those_of_this_one_and_keep_their_jobs(
    on_server: Ledger, server: Server, empty_on_server: str
) -> None:
    install_earlier(on_server)
    queue(on_server, "x")
    earlier = shape(on_server)
    jobtables.prepare(on_server)
    updated = shape(on_server)
    assert updated != earlier
    assert jobs(on_server) == ["siar:x"]
    fresh = open_ledger(server.make(empty_on_server))
    jobtables.prepare(fresh)
    assert updated == shape(fresh)
    assert noted(on_server) == noted(fresh)
    fresh.close()


def test_those_that_nobody_noted_are_of_the_first_version_that_was_used(
    on_server: Ledger,
) -> None:
    jobtables.prepare(on_server)
    note(on_server, "NULL")
    before = shape(on_server)
    jobtables.prepare(on_server)
    assert shape(on_server) == before


def test_those_of_a_later_version_are_left_alone(on_server: Ledger) -> None:
    jobtables.prepare(on_server)
    note(on_server, "'siar: 99.00.00_01_something_new'")
    before = shape(on_server)
    with pytest.raises(NewerJobs, match="Perbarui Siar di mesin ini"):
        jobtables.prepare(on_server)
    assert shape(on_server) == before
