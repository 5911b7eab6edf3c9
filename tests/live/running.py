"""The development server as a writer runs it, on any free port, in a folder of the test's own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

PATIENCE_S = 120
"""For a build on a busy machine; nothing waits longer than it must."""


@dataclass(frozen=True)
class Live:
    """A running server; `url` ends with a slash."""

    url: str

    def get(self, path: str = "") -> httpx.Response:
        """Ask for a page."""
        return httpx.get(f"{self.url}{path}", timeout=PATIENCE_S)

    def hear(self, enough: Callable[[str], bool]) -> str:
        """Listen to the news until a failure (nothing: none) is `enough`, and return it."""
        news = f"{self.url}_langsung/perubahan"
        with httpx.stream("GET", news, timeout=PATIENCE_S) as stream:
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    failure: str = json.loads(line.removeprefix("data: "))["failure"]
                    if enough(failure):
                        return failure
        raise AssertionError("the server has gone")

    def shows(self, path: str, words: str) -> Callable[[str], bool]:
        """Tell, at each piece of news, whether a page has these words."""
        return lambda failure: not failure and words in self.get(path).text


@contextmanager
def running(settings: Path, log: Path) -> Iterator[Live]:
    """Run it, and stop it as Ctrl-C does."""
    command = [sys.executable, "-m", "kantor.live", "--settings", str(settings), "--port", "0"]
    with (
        log.open("w") as said,
        subprocess.Popen(
            command, cwd=settings.parent, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        assert process.stdout
        try:
            yield Live(process.stdout.readline().split()[2])
        finally:
            process.terminate()
