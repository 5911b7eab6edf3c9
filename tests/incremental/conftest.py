"""A small site, fresh for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.incremental.small import Small, disconnect


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    """A small site."""
    yield Small(tmp_path).fill()
    disconnect()
