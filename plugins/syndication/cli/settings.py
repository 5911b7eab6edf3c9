"""The settings file that a command was given."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from syndication.config import Config, from_settings, read_file

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the settings are: Pelican's file, or `-` for JSON on standard input."""

    file: str

    def load(self) -> Config:
        """Read and check them.

        Raises:
            ConfigError: they cannot be used.
        """
        if self.file == STANDARD_INPUT:
            return from_settings(json.load(sys.stdin), file="setelan")
        return from_settings(read_file(Path(self.file)), file=Path(self.file).name)
