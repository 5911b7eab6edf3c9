from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from syndication.ledger.store import Ledger, create_ledger, open_ledger
from tests.ledger.samples import STAMP, START
from tests.postgres import Server


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/ledger.sqlite3"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which nothing happened yet; a copy of its file is as good as new."""
    path = tmp_path_factory.mktemp("empty") / "ledger.sqlite3"
    create_ledger(f"sqlite:///{path}", stamp=STAMP, since=START).close()
    return path


@pytest.fixture(scope="session")
def empty_on_server(server: Server) -> str:
    """The same as a database."""
    url = server.make()
    create_ledger(url, stamp=STAMP, since=START).close()
    return str(sa.make_url(url).database)


@pytest.fixture
def on_file(tmp_path: Path, empty: Path) -> Iterator[Ledger]:
    """A ledger in an SQLite file."""
    made = open_ledger(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    yield made
    made.close()


@pytest.fixture
def on_server(server: Server, empty_on_server: str) -> Iterator[Ledger]:
    """A ledger on a PostgreSQL server."""
    made = open_ledger(server.make(empty_on_server))
    yield made
    made.close()


@pytest.fixture(params=["on_file", "on_server"], ids=["SQLite", "PostgreSQL"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """A ledger of either kind."""
    made: Ledger = request.getfixturevalue(request.param)
    return made
