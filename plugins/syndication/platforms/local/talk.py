"""What is said below the posts of the timeline server, and how often they were seen and liked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from syndication.platforms.local.store import opened

SCHEMA = """
CREATE TABLE IF NOT EXISTS responses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT UNIQUE,
    post_id TEXT NOT NULL,
    parent TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    official INTEGER NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS responses_of_post ON responses (post_id);
CREATE TABLE IF NOT EXISTS counts (
    post_id TEXT PRIMARY KEY,
    views INTEGER NOT NULL DEFAULT 0,
    likes INTEGER NOT NULL DEFAULT 0
);
"""

PAGE = 100
"""How many responses one answer of the API holds."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says below a post; `parent` is the response that it answers ("": the post).

    `official`: the post's own account says it.
    """

    post_id: str
    parent: str
    author: str
    text: str
    official: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A response as the server keeps it. `at` is aware."""

    id: str
    words: Words
    at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a post was seen, liked and answered."""

    views: int = 0
    likes: int = 0
    replies: int = 0


class Talk:
    """Every response, and two counters for each post. Only posts that stand can be answered."""

    def __init__(self, database: Path) -> None:
        """Open the file of the posts, and add what it lacks."""
        self._database = database
        with opened(database) as connection:
            connection.executescript(SCHEMA)

    def add(self, words: Words, key: str | None, at: datetime) -> tuple[Said, bool] | None:
        """Keep a response, unless its key has made one; None where there is nothing to answer."""
        with opened(self._database) as connection:
            connection.execute("BEGIN IMMEDIATE")
            made = connection.execute("SELECT * FROM responses WHERE key = ?", (key,)).fetchone()
            if made:
                return _said(made), False
            if not _stands(connection, words):
                return None
            row = connection.execute(
                "INSERT INTO responses (key, post_id, parent, author, text, official, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
                (key, words.post_id, words.parent, words.author, words.text, words.official,
                 at.isoformat()),
            ).fetchone()  # fmt: skip
        return _said(row), True

    def below(self, post_id: str) -> list[Said]:
        """List what was said below one post, the oldest first."""
        with opened(self._database) as connection:
            rows = connection.execute(
                "SELECT * FROM responses WHERE post_id = ? ORDER BY id", (post_id,)
            ).fetchall()
        return [_said(row) for row in rows]

    def page(self, post_ids: Collection[str], after: int) -> list[Said]:
        """List what was said below posts that stand, the oldest first, at most `PAGE`."""
        with opened(self._database) as connection:
            rows = connection.execute(
                "SELECT responses.* FROM responses JOIN posts ON posts.id = post_id"
                " WHERE post_id IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL"
                " AND responses.id > ? ORDER BY responses.id LIMIT ?",
                (json.dumps(list(post_ids)), after, PAGE),
            ).fetchall()
        return [_said(row) for row in rows]

    def view(self, post_id: str) -> None:
        """Count that somebody opened a post."""
        self._count("views = views + 1", post_id)

    def like(self, post_id: str) -> None:
        """Count that somebody likes a post."""
        self._count("likes = likes + 1", post_id)

    def counted(self, post_ids: Sequence[str]) -> Mapping[str, Counted]:
        """Tell the counts of those of these posts that stand."""
        with opened(self._database) as connection:
            rows = connection.execute(
                "SELECT posts.id, coalesce(views, 0) AS views, coalesce(likes, 0) AS likes,"
                " (SELECT count(*) FROM responses WHERE responses.post_id = posts.id) AS replies"
                " FROM posts LEFT JOIN counts ON counts.post_id = posts.id"
                " WHERE CAST(posts.id AS TEXT) IN (SELECT value FROM json_each(?))"
                " AND withdrawn_at IS NULL",
                (json.dumps(list(post_ids)),),
            ).fetchall()
        return {str(row["id"]): Counted(row["views"], row["likes"], row["replies"]) for row in rows}

    def _count(self, change: str, post_id: str) -> None:
        with opened(self._database) as connection:
            connection.execute("INSERT OR IGNORE INTO counts (post_id) VALUES (?)", (post_id,))
            connection.execute(f"UPDATE counts SET {change} WHERE post_id = ?", (post_id,))  # noqa: S608 -- our own words


def _stands(connection: sqlite3.Connection, words: Words) -> bool:
    """Tell whether the post stands on the timeline, and the response that is answered below it."""
    post = "SELECT 1 FROM posts WHERE id = ? AND withdrawn_at IS NULL"
    if not connection.execute(post, (words.post_id,)).fetchone():
        return False
    parent = "SELECT 1 FROM responses WHERE id = ? AND post_id = ?"
    found = connection.execute(parent, (words.parent, words.post_id)).fetchone()
    return not words.parent or found is not None


def _said(row: sqlite3.Row) -> Said:
    words = Words(row["post_id"], row["parent"], row["author"], row["text"], bool(row["official"]))
    return Said(str(row["id"]), words, datetime.fromisoformat(row["at"]))
