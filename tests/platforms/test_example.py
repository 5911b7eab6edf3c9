"""A package from elsewhere adds a platform: installed, discovered, and held to the contract.

The package is in `example/`; `docs/menambah-platform.md` walks through it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

import pytest

from syndication.model import JSON, Channel
from syndication.platforms import registry
from syndication.platforms.answers import DocumentedError
from tests.platforms.contract import Contract
from tests.platforms.fakes.stage import Reply, Request, Stage, data, playing

EXAMPLE = Path(__file__).parent / "example"


@pytest.fixture(scope="module", autouse=True)
def _installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the package into a folder of its own, and forget what was installed before."""
    source = tmp_path_factory.mktemp("source") / "example"
    folder = tmp_path_factory.mktemp("site-packages")
    shutil.copytree(EXAMPLE, source)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    options = ["--no-build-isolation", "--target", str(folder), str(source)]
    subprocess.run([*pip, *options], check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        _look_again()
        yield
    _look_again()


def _look_again() -> None:
    registry.formats.cache_clear()
    registry.clients.cache_clear()


@dataclass
class Board:
    """The bulletin board."""

    notices: list[dict[str, JSON]] = field(default_factory=list)

    def publishes(self, request: Request) -> bool:
        return (request.method, request.path) == ("POST", "/notices")

    def published(self) -> list[dict[str, JSON]]:
        return list(self.notices)

    def reply(self, request: Request) -> Reply:
        self.notices.append({"id": "n1", "text": json.loads(request.body)["text"]})
        return data(201, {"notice": "n1"})


class TestPapan(Contract):
    channel: ClassVar[Channel] = Channel("papan", "papan", "id")
    secrets: ClassVar[dict[str, str]] = {"token": "papan-rahasia/1"}
    errors = "siar_papan"

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        with playing(Board()) as stage:
            yield stage

    def worded(self, error: DocumentedError) -> Reply:
        return data(error.status, {"message": error.says or "No."})


def test_is_listed_beside_the_built_in_platforms() -> None:
    assert {"papan", "x", "local"} <= set(registry.formats())
    assert {"papan", "x", "local"} <= set(registry.clients())
