"""The posts of the timeline server, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT UNIQUE,
    account TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    edited_at TEXT,
    withdrawn_at TEXT
)
"""

LOCK_SECONDS = 10.0
"""How long a writer waits for another one."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown below a text for its link; every field may be empty."""

    title: str = ""
    description: str = ""
    image: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What an account says. `link` may be empty; then there is no card."""

    account: str
    lang: str
    text: str
    link: str
    card: Card


@dataclass(frozen=True, slots=True)
class LocalPost:
    """A post as the server keeps it. Times are aware."""

    id: str
    content: Content
    at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None


class Posts:
    """Every post that was ever taken; one key makes one post, for ever, even a withdrawn one."""

    def __init__(self, database: Path) -> None:
        """Open the file, and make it where it is missing."""
        self._database = database
        database.parent.mkdir(parents=True, exist_ok=True)
        with opened(database) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(SCHEMA)

    def add(self, content: Content, key: str | None, at: datetime) -> tuple[LocalPost, bool]:
        """Keep a post, unless its key has made one; return the post, and whether it is new."""
        values = (key, content.account, json.dumps(asdict(content)), at.isoformat())
        with opened(self._database) as connection:
            made = connection.execute(
                "INSERT INTO posts (key, account, content, at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (key) DO NOTHING RETURNING *",
                values,
            ).fetchone()
            row = made or connection.execute("SELECT * FROM posts WHERE key = ?", (key,)).fetchone()
        return _post(row), made is not None

    def edit(self, post_id: str, content: Content, at: datetime) -> LocalPost | None:
        """Change what a post says; a withdrawn or unknown one is not changed."""
        return self._change(
            "UPDATE posts SET content = ?, edited_at = ?"
            " WHERE id = ? AND account = ? AND withdrawn_at IS NULL RETURNING *",
            (json.dumps(asdict(content)), at.isoformat(), post_id, content.account),
        )

    def withdraw(self, post_id: str, at: datetime) -> LocalPost | None:
        """Take a post off the timeline; its key stays used."""
        return self._change(
            "UPDATE posts SET withdrawn_at = coalesce(withdrawn_at, ?) WHERE id = ? RETURNING *",
            (at.isoformat(), post_id),
        )

    def get(self, post_id: str) -> LocalPost | None:
        """Find one post, a withdrawn one too."""
        return self._change("SELECT * FROM posts WHERE id = ?", (post_id,))

    def newest(self, account: str = "") -> list[LocalPost]:
        """List what stands on the timeline, the newest first: of one account, or of all."""
        with opened(self._database) as connection:
            rows = connection.execute(
                "SELECT * FROM posts WHERE ? IN ('', account) AND withdrawn_at IS NULL"
                " ORDER BY id DESC",
                (account,),
            ).fetchall()
        return [_post(row) for row in rows]

    def _change(self, statement: str, values: tuple[str, ...]) -> LocalPost | None:
        with opened(self._database) as connection:
            row = connection.execute(statement, values).fetchone()
        return _post(row) if row else None


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Be in one transaction with the file: all of it is kept, or nothing is."""
    with closing(sqlite3.connect(database, timeout=LOCK_SECONDS)) as connection:
        connection.row_factory = sqlite3.Row
        with connection:
            yield connection


def _post(row: sqlite3.Row) -> LocalPost:
    content = json.loads(row["content"])
    return LocalPost(
        id=str(row["id"]),
        content=Content(**{**content, "card": Card(**content["card"])}),
        at=datetime.fromisoformat(row["at"]),
        edited_at=_time(row["edited_at"]),
        withdrawn_at=_time(row["withdrawn_at"]),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
