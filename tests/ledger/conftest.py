from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndication.ledger.store import Ledger, create_ledger, open_ledger
from tests.ledger.samples import STAMP, START


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/ledger.sqlite3"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which nothing happened yet; a copy of its file is as good as new."""
    path = tmp_path_factory.mktemp("empty") / "ledger.sqlite3"
    create_ledger(f"sqlite:///{path}", stamp=STAMP, since=START).close()
    return path


@pytest.fixture
def ledger(tmp_path: Path, empty: Path) -> Iterator[Ledger]:
    made = open_ledger(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    yield made
    made.close()
