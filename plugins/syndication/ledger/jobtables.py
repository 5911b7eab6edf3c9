"""Procrastinate's tables for jobs in the ledger's database: made once, and kept up to date.

Procrastinate ships a step for each change of its tables and leaves it to its user to remember which
are done. We write the last one beside its table of jobs, as a comment of that table.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from syndication.ledger.errors import NewerJobs
from syndication.ledger.store import Ledger
from syndication.ledger.wakeups import ready

FIRST = "03.04.00_50_post_add_retry_failed_job_procedure"
"""The last step of Procrastinate 3.10.0, whose tables have no comment of ours yet."""

NOTE = "siar: "
_COMMENT = sa.text("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")


def prepare(ledger: Ledger) -> None:
    """Make the tables, or take them through the steps that they lack; each is a transaction.

    Raises:
        NewerJobs: a later version of Procrastinate made them.
        LedgerError: the database cannot be changed.
    """
    with ledger.writing() as connection:
        if not ready(connection):
            _run(connection, _whole())
            _note(connection, _last())
            return
        done = _done(connection)
    if done > _last():
        raise NewerJobs(ledger.where, done, _last())
    for step in (each for each in _steps() if each.stem > done):
        with ledger.writing() as connection:
            if step.stem > _done(connection):
                _run(connection, step.read_text("utf-8"))
                _note(connection, step.stem)


def _done(connection: Connection) -> str:
    """Read which step was the last; another worker may have been quicker."""
    said = str(connection.scalar(_COMMENT) or "")
    return said.removeprefix(NOTE) if said.startswith(NOTE) else FIRST


def _note(connection: Connection, step: str) -> None:
    """Remember a step; its name is that of a file of Procrastinate's."""
    connection.exec_driver_sql(f"COMMENT ON TABLE procrastinate_jobs IS '{NOTE}{step}'")


def _run(connection: Connection, commands: str) -> None:
    """Run a script as it is: to the driver a per cent sign means nothing where nothing is bound."""
    connection.connection.cursor().execute(commands)


def _steps() -> list[Path]:
    """List the steps that the installed Procrastinate ships; their names sort in their order."""
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 -- with PostgreSQL only

    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _last() -> str:
    return _steps()[-1].stem


def _whole() -> str:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 -- as above

    return SchemaManager.get_schema()
