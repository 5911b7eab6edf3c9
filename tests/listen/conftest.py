from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from syndication.ledger.store import Ledger, create_ledger, open_ledger
from tests.deliver.scene import START, Watch
from tests.listen.scene import Scene
from tests.postgres import Server


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which nothing happened yet; a copy of its file is as good as new."""
    path = tmp_path_factory.mktemp("blank") / "ledger.sqlite3"
    create_ledger(f"sqlite:///{path}", stamp=START).close()
    return path


@pytest.fixture(scope="session")
def blank_on_server(server: Server) -> str:
    """The same as a database."""
    url = server.make()
    create_ledger(url, stamp=START).close()
    return str(sa.make_url(url).database)


@pytest.fixture
def scene(tmp_path: Path, blank: Path) -> Iterator[Scene]:
    ledger = open_ledger(f"sqlite:///{shutil.copy(blank, tmp_path)}")
    yield Scene(ledger, Watch())
    ledger.close()


def _ledger(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Ledger:
    if kind == "SQLite":
        return open_ledger(f"sqlite:///{shutil.copy(request.getfixturevalue('blank'), tmp_path)}")
    server: Server = request.getfixturevalue("server")
    return open_ledger(server.make(request.getfixturevalue("blank_on_server")))


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    """A scene whose ledger is of either kind."""
    ledger = _ledger(request.param, request, tmp_path)
    yield Scene(ledger, Watch())
    ledger.close()
