"""A ledger of every earlier version becomes one of today, with all that it holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from syndication.ledger.migrations import upgrade
from syndication.ledger.outbox import enqueue
from syndication.ledger.queries import entries, verify_chain
from syndication.ledger.schema import APPLICATION_ID, VERSION, metadata
from syndication.ledger.store import open_ledger
from syndication.model import Deed
from tests.ledger.samples import CANDIDATE, GUARD, STAMP, pages

VERSIONS = sorted(
    path.name[:4]
    for path in Path(upgrade.__code__.co_filename).parent.joinpath("versions").glob("0*.py")
)

ENTRY = {
    "key": "b" * 64, "article_id": "lelang-rumah", "channel": "linimasa", "platform": "local",
    "revision": 1, "state": "queued", "cause": "", "reason": "", "title": CANDIDATE.title,
    "lang": "id", "url": CANDIDATE.url, "source": CANDIDATE.source,
    "article_digest": CANDIDATE.article_digest, "payload": CANDIDATE.payload.to_json(),
    "payload_sha256": CANDIDATE.payload_sha256, "due_at": "2026-11-24 03:00:00.000000",
    "queued_at": "2026-11-24 03:00:00.000000", "next_at": "2026-11-24 03:00:00.000000",
    "deferrals": 0, "attempts": 0,
} if CANDIDATE.payload else {}  # fmt: skip


def make(path: Path, version: str) -> None:
    """Write a ledger as that version left it, with one queued entry."""
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection, version)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(
            "INSERT INTO meta VALUES (1, 'siar', '2026-11-01 00:00:00', '2026-11-01', '')"
        )
    engine.dispose()
    with sqlite3.connect(path) as plain:
        names = ", ".join(ENTRY)
        holders = ", ".join(f":{name}" for name in ENTRY)
        plain.execute(f"INSERT INTO entries ({names}) VALUES ({holders})", ENTRY)  # noqa: S608
    plain.close()


def test_the_newest_version_is_the_one_that_the_code_knows() -> None:
    assert VERSIONS[-1] == VERSION


@pytest.mark.parametrize("version", VERSIONS)
def test_a_ledger_of_each_version_is_brought_up_to_date(tmp_path: Path, version: str) -> None:
    path = tmp_path / "ledger.sqlite3"
    make(path, version)
    opened = open_ledger(f"sqlite:///{path}")
    with opened.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    (entry,) = entries(opened)
    assert (entry.payload, entry.category, entry.priority) == (CANDIDATE.payload, "", False)
    assert (entry.deed, entry.correction) == (Deed.POST, None)
    done = enqueue(opened, [CANDIDATE], pages=pages(CANDIDATE), guard=GUARD, stamp=STAMP)
    assert done.changes == ()
    assert [each.state for each in entries(opened)] == ["queued"]
    assert verify_chain(opened) is None
    opened.close()
