"""What is wrong at one line of one file, before it is known how much that weighs there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Weight(StrEnum):
    """How much a finding weighs: see `Document.severity`."""

    ALWAYS = "always"
    """An error, however old the article is."""
    NEW = "new"
    """An error from SYNDICATION_SINCE on; before it, and on a draft, a warning."""
    NOTE = "note"
    """A warning."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, in the writer's words. `line` counts from 1; 0 is the whole file."""

    line: int
    message: str
    remedy: str
    weight: Weight = Weight.ALWAYS


Findings: TypeAlias = Iterator[Finding]
