from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndication.deliver import web
from syndication.ledger.store import Ledger, create_ledger, open_ledger
from tests.deliver.platform import Platform
from tests.deliver.scene import START, Scene, Watch
from tests.deliver.servers import Site


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with made.running():
        yield made


@pytest.fixture
def platform(site: Site) -> Iterator[Platform]:
    made = Platform(site)
    with made.running():
        yield made
        made.gone.set()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which nothing happened yet; a copy of its file is as good as new."""
    path = tmp_path_factory.mktemp("empty") / "ledger.sqlite3"
    create_ledger(f"sqlite:///{path}", stamp=START).close()
    return path


@pytest.fixture
def ledger(tmp_path: Path, empty: Path) -> Iterator[Ledger]:
    made = open_ledger(f"sqlite:///{shutil.copy(empty, tmp_path)}")
    yield made
    made.close()


@pytest.fixture
def scene(ledger: Ledger, site: Site, platform: Platform) -> Iterator[Scene]:
    with web.client() as http:
        yield Scene(ledger, site, platform, Watch(), http)
