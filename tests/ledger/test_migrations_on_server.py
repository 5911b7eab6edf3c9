"""A ledger of every earlier version on PostgreSQL becomes one of today."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from syndication.ledger.migrations import upgrade
from syndication.ledger.queries import entries
from syndication.ledger.schema import metadata
from syndication.ledger.store import open_ledger
from tests.ledger.samples import CANDIDATE
from tests.ledger.test_migrations import ENTRY, VERSIONS
from tests.postgres import Server


def make(url: str, version: str) -> None:
    """Write a ledger as that version left it, with one queued entry."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        upgrade(connection, version)
        row = {"id": 1, "application": "siar", "site": ""}
        row |= {"created_at": "2026-11-01T00:00:00Z", "since": "2026-11-01"}
        for table, values in (("meta", row), ("entries", ENTRY)):
            holders = ", ".join(f":{name}" for name in values)
            insert = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({holders})"  # noqa: S608
            connection.execute(sa.text(insert), values)
    engine.dispose()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_ledger_of_each_version_is_brought_up_to_date(server: Server, version: str) -> None:
    url = server.make()
    make(url, version)
    opened = open_ledger(url)
    with opened.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    (entry,) = entries(opened)
    assert entry.payload == CANDIDATE.payload
    opened.close()
