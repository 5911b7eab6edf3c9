"""Runs a program and measures it: wall clock, and the memory of all its processes together."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SHARE = 0.01
"""Of a processor, at most, goes into looking at memory: it holds up what it looks at."""

PAUSE_S = 0.05
"""Between two looks, at least."""

KIB = 1024
TAIL = 15


class Failed(Exception):  # noqa: N818 -- says what happened
    """A program failed; the message has the end of what it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took. `peak_bytes` is the most that its processes held together (PSS)."""

    seconds: float
    peak_bytes: int


def run(command: Sequence[str], folder: Path, log: Path) -> Run:
    """Run it in a folder, and wait.

    Raises:
        Failed: it exited with another status than 0.
    """
    with log.open("wb") as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)  # noqa: S603
        memory = Memory(process.pid)
        status = process.wait()
        seconds = time.perf_counter() - began
    memory.stop()
    if status:
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-TAIL:])
        raise Failed(f"{' '.join(command)} ({folder}): {status}\n{tail}")
    return Run(seconds, memory.peak_bytes)


class Memory(threading.Thread):
    """Looks at a process and its descendants again and again."""

    def __init__(self, pid: int) -> None:
        """Begin to look."""
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_bytes = 0
        self.done = threading.Event()
        self.start()

    def run(self) -> None:
        """Keep the most that was seen."""
        pause = 0.0
        while not self.done.wait(pause):
            began = time.perf_counter()
            self.peak_bytes = max(self.peak_bytes, sum(map(pss_bytes, family(self.pid))))
            pause = max(PAUSE_S, (time.perf_counter() - began) / SHARE)

    def stop(self) -> None:
        """Look no more."""
        self.done.set()
        self.join()


def family(pid: int) -> Iterator[int]:
    """List a process and all that came of it and still run."""
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from family(int(child))


def pss_bytes(pid: int) -> int:
    """Return a process's share of memory: what it shares counts in part (proc_pid_smaps(5))."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * KIB
    return 0
