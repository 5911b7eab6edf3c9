from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

import pytest
from filelock import FileLock

JUDGES = Path(__file__).parent / "judges"
PROGRAMS = Path(sys.executable).parent


class Verdict(TypedDict):
    """What the judges say of one text."""

    weighted: int
    graphemes: int
    emoji: list[str]


Judge = Callable[[Sequence[str]], list[Verdict]]


@pytest.fixture(scope="session")
def judge() -> Judge:
    """X's own library and Node's segmenter; installed from the lock where setup did not."""
    with FileLock(JUDGES / "package-lock.json.lock"):
        if not (JUDGES / "node_modules" / "twitter-text").is_dir():
            npm = [str(PROGRAMS / "npm"), "ci", "--ignore-scripts", "--prefix", str(JUDGES)]
            subprocess.run(npm, check=True, capture_output=True)

    def judged(texts: Sequence[str]) -> list[Verdict]:
        answer = subprocess.run(
            [PROGRAMS / "node", JUDGES / "count.mjs"],
            input=json.dumps(list(texts)),
            capture_output=True,
            text=True,
            check=True,
        )
        verdicts: list[Verdict] = json.loads(answer.stdout)
        return verdicts

    return judged
