"""The server's side of the builder: a process of its own, begun anew when the code changed."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from pathlib import Path

BROKEN = "Pembangun situs tidak mau jalan. Rinciannya ada di terminal yang menjalankan server ini."


class Building:
    """Builds one site, one build at a time."""

    def __init__(self, settings: Path, overrides: Mapping[str, object]) -> None:
        """Remember what to build; `overrides` are Pelican settings that JSON can say."""
        self._command = (sys.executable, "-m", "kantor.live.builder")
        self._arguments = (str(settings), json.dumps(overrides))
        self._folder = settings.parent
        self._process: Process | None = None

    async def build(self) -> str:
        """Build, and return why it failed: plain Indonesian, nothing if it did not."""
        if self._process is None:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                *self._arguments,
                stdin=PIPE,
                stdout=PIPE,
                cwd=self._folder,
                start_new_session=True,
            )
        answer = await self._ask(self._process)
        if not answer:
            await self.forget()
            return BROKEN
        failure: str = json.loads(answer)["failure"]
        return failure

    async def forget(self) -> None:
        """End the builder: the next build begins with the code as it is then."""
        process, self._process = self._process, None
        if process and process.stdin:
            process.stdin.close()
            await process.wait()

    async def _ask(self, process: Process) -> bytes:
        assert process.stdin  # noqa: S101 -- both are pipes
        assert process.stdout  # noqa: S101
        process.stdin.write(b"build\n")
        return await process.stdout.readline()
