"""What a database error means to the operator."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from syndication.ledger.errors import (
    Damaged,
    Foreign,
    LedgerError,
    Locked,
    Unfit,
    Unreachable,
    Unwritable,
)

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NO_ROOM = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
RAISED = "P0001"
"""PostgreSQL's state for what a trigger refuses: only the ledger's own have words of theirs."""

OURS = {"22", "23"}
"""Data that does not fit, and what a constraint refuses: written so by this program."""

PRIMARY = 0xFF
"""The low byte of an extended result code (https://www.sqlite.org/rescode.html)."""


@contextmanager
def mapped(where: str) -> Iterator[None]:
    """Raise every database error within as a `LedgerError` about the ledger at `where`."""
    try:
        yield
    except SQLAlchemyError as error:
        if isinstance(error, StatementError) and not isinstance(error, DBAPIError):
            raise Unfit(where, type(error.orig).__name__) from error
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise meaning(cause, where) from error
    except sqlite3.Error as error:
        raise meaning(error, where) from error


def meaning(error: BaseException | None, where: str) -> LedgerError:
    """Find the `LedgerError` for what the driver said. Never quotes SQL or parameters."""
    if isinstance(error, sqlite3.Error):
        return _of_file(error, where)
    sqlstate: str | None = getattr(error, "sqlstate", None)
    if sqlstate == RAISED:
        return Damaged(where, str(error).partition("\n")[0])
    return _of_server(sqlstate, where, type(error).__name__)


def _of_file(error: sqlite3.Error, where: str) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if code in BUSY:
        return Locked(where)
    if code in NO_ROOM:
        return Unwritable(where, str(error))
    if code == sqlite3.SQLITE_NOTADB:
        return Foreign(where)
    return Damaged(where, f"{type(error).__name__}: {error}")


def _of_server(sqlstate: str | None, where: str, kind: str) -> LedgerError:
    """Read the class of an SQLSTATE (https://www.postgresql.org/docs/17/errcodes-appendix.html)."""
    classes = {"55": Locked, "40": Locked, "08": Unreachable, "28": Unreachable, "57": Unreachable}
    if sqlstate is None:
        return Unreachable(where)
    if sqlstate[:2] in classes:
        return classes[sqlstate[:2]](where)
    if sqlstate[:2] == "53" or sqlstate in {"25006", "42501"}:
        return Unwritable(where, f"SQLSTATE {sqlstate}")
    if sqlstate[:2] in OURS:
        return Unfit(where, f"{kind}, SQLSTATE {sqlstate}")
    return Damaged(where, f"{kind}, SQLSTATE {sqlstate}")
