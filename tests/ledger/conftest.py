from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from syndication.ledger.store import Ledger, create_ledger
from tests.ledger.samples import STAMP, START


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/ledger.sqlite3"


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    made = create_ledger(address, stamp=STAMP, since=START)
    yield made
    made.close()
