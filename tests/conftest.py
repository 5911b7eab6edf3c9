"""What tests of several rooms need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.project import Project


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project on loopback with a ledger that takes articles from 1 November 2026 on."""
    made = Project(tmp_path_factory.mktemp("begun") / "kantor")
    done = made.siar("init", "--since", "2026-11-01")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def project(begun: Project, tmp_path: Path) -> Project:
    """A copy of it for one test alone."""
    return begun.copy(tmp_path / "kantor")


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A real PostgreSQL for whoever asks for it; it takes seconds to start."""
    with postgres.hasty() as running:
        yield running
