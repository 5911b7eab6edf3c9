"""The log of runs for other programs: one JSON object a line, and never a secret."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from syndication.deliver.steps import Standing, Step, Waiting
from syndication.model import JSON
from syndication.platforms.protocol import Clock, Secret
from syndication.platforms.secrecy import Blotter


@dataclass
class Journal:
    """Appends to a file (None: writes nothing). A log that fails is told, and stops no post.

    `secrets` are blotted out wherever they might stand; `failure` says why nothing more is
    written, and is empty as long as all is well.
    """

    file: Path | None
    clock: Clock
    actor: str
    secrets: Collection[Secret] = field(default=(), repr=False)
    failure: str = ""

    def write(self, event: str, **facts: JSON) -> None:
        """Append one event with its facts; its time is in UTC."""
        if self.file is None or self.failure:
            return
        line = {"at": self.clock().isoformat(), "event": event, "actor": self.actor, **facts}
        blot = Blotter(self.secrets)
        shown = {
            name: blot(value) if isinstance(value, str) else value for name, value in line.items()
        }
        text = json.dumps(shown, ensure_ascii=False)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as log:
                log.write(f"{text}\n")
        except OSError as error:
            self.failure = f"{self.file}: catatan tidak dapat ditulis ({error.strerror})"

    def step(self, done: Step) -> None:
        """Append what became of one entry, or why a channel's entries wait."""
        if isinstance(done, Waiting):
            self.write("waiting", channel=done.channel, entries=done.entries, reason=done.reason)
            return
        facts: dict[str, JSON] = {
            "entry": done.entry_id,
            "article": done.article_id,
            "channel": done.channel,
            "reason": done.reason,
            "post": done.url,
        }
        if isinstance(done, Standing):
            self.write("standing", **facts)
        else:
            self.write("entry", state=done.state.value, **facts)
