"""What changes on disk while the server runs: none is missed, and many at once are one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles import Change, DefaultFilter, PythonFilter, awatch

QUIET_MS = 20
"""A change is told when nothing else changed for so long: a save is some writes and a rename."""

Changed = set[tuple[Change, str]]


class Changes:
    """Follows folders with all that is below them, and the settings with the files beside them."""

    def __init__(self, folders: Sequence[Path], settings: Path) -> None:
        """Remember what to follow."""
        self._stop = asyncio.Event()
        self._changed: asyncio.Queue[Changed] = asyncio.Queue()
        self._sources = [
            awatch(*folders, watch_filter=DefaultFilter(), step=QUIET_MS, stop_event=self._stop),
            awatch(
                settings.parent,
                watch_filter=PythonFilter(),
                step=QUIET_MS,
                stop_event=self._stop,
                recursive=False,
            ),
        ]
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        """Begin to follow."""
        self._tasks = [asyncio.create_task(self._collect(source)) for source in self._sources]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Follow no more."""
        self._stop.set()
        await asyncio.gather(*self._tasks)

    async def next_touches_code(self) -> bool:
        """Wait until something changed, and tell whether any of it was Python."""
        changed = await self._changed.get()
        while not self._changed.empty():
            changed |= self._changed.get_nowait()
        return any(path.endswith(".py") for _, path in changed)

    async def _collect(self, source: AsyncGenerator[Changed, None]) -> None:
        async for changed in source:
            self._changed.put_nowait(changed)
