"""Alembic's part: every schema that a ledger ever had, and the way from each to the next."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from syndication.ledger.errors import Newer


def upgrade(connection: Connection, version: str = "head") -> None:
    """Bring the schema to a version (the newest), within the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, version)


def refuse_newer(version: str, where: str) -> None:
    """Check that a version is one that this program has been through.

    Raises:
        Newer: it is not.
    """
    scripts = ScriptDirectory.from_config(_config())
    if version not in {script.revision for script in scripts.walk_revisions()}:
        raise Newer(where, version)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
