"""The tables of the ledger, the same for SQLite and PostgreSQL.

What a table looked like in an earlier version stands in `migrations/versions`; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import cast

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

from syndication.model import Deed, Heed, State

VERSION = "0004"
"""The newest revision in `migrations/versions`."""

APPLICATION_ID = int.from_bytes(b"Siar")
"""Marks an SQLite file as ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""


class Moment(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no zones and gets it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC, and refuse a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time its zone back."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Dollars(TypeDecorator[Decimal]):
    """An amount of US dollars, kept as text: SQLite has no exact numbers with a fraction."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Write the amount without an exponent."""
        del dialect
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Read it back, exactly."""
        del dialect
        return None if value is None else Decimal(value)


class Word(TypeDecorator[str]):
    """A short text of a known length; SQLite would take any, so it is measured for both."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse a word that PostgreSQL would refuse."""
        del dialect
        most = cast("String", self.impl_instance).length
        if value is not None and most is not None and len(value) > most:
            raise ValueError(f"{len(value)} characters where {most} fit: {value}")
        return value


NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _state(states: Iterable[StrEnum]) -> Column[str]:
    known = ", ".join(f"'{state.value}'" for state in states)
    check = CheckConstraint(f"state IN ({known})", name="state")
    return Column("state", Word(16), check, nullable=False)


def _digest(name: str) -> Column[str]:
    return Column(name, Word(64), nullable=False)


meta = Table(
    "meta",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True),
    _text("application"),
    Column("created_at", Moment, nullable=False),
    Column("since", Date, nullable=False),
    _text("site"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    _digest("key"),
    _text("article_id"),
    _text("channel"),
    _text("platform"),
    Column("revision", Integer, nullable=False),
    _state(State),
    Column("cause", Word(16), nullable=False),
    _text("reason"),
    _text("title"),
    _text("lang"),
    _text("url"),
    _text("source"),
    _text("article_digest"),
    Column("payload", Text),
    Column("payload_sha256", Word(64), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("waiting_since", Moment),
    Column("deferrals", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("category", Text, nullable=False, server_default=""),
    Column("priority", Boolean, nullable=False, server_default=false()),
    Column("deed", Word(16), nullable=False, server_default=Deed.POST.value),
    Column("correction", Text),
    Column("plain", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("key"),
    UniqueConstraint("article_id", "channel", "revision"),
    Index("ix_entries_state", "state", "channel", "next_at"),
    Index("ix_entries_cause", "cause", "state", "next_at"),
    sqlite_autoincrement=True,
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", ForeignKey("entries.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Word(16)),
    _text("detail"),
    Column("prepared_ids", JSON, nullable=False),
    _digest("payload_sha256"),
    UniqueConstraint("entry_id", "number"),
    sqlite_autoincrement=True,
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", ForeignKey("entries.id"), nullable=False, unique=True),
    _text("post_id"),
    _text("url"),
    Column("at", Moment, nullable=False),
    Column("payload_sha256", Word(64), nullable=False),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    Column(
        "seq",
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Moment, nullable=False),
    _text("actor"),
    Column("kind", Word(32), nullable=False),
    Column("entry_id", ForeignKey("entries.id"), index=True),
    _text("article_id"),
    _text("data"),
    _digest("previous"),
    _digest("hash"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("lang", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("first_seen", Moment, nullable=False),
    Column("current", Boolean, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    _text("reason"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entry_id", ForeignKey("entries.id"), nullable=False),
    _digest("payload_sha256"),
    _text("actor"),
    Column("at", Moment, nullable=False),
    UniqueConstraint("entry_id", "payload_sha256", "actor"),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("kind", Word(16), primary_key=True),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    _text("actor"),
    _text("said"),
)

reads = Table(
    "reads",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("posts", Integer, nullable=False),
    Column("cost", Dollars, nullable=False),
)

listened = Table(
    "listened",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("heard_until", Moment),
    Column("tried_at", Moment, nullable=False),
    _text("failure"),
)

responses = Table(
    "responses",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("channel"),
    _text("remote_id"),
    Column("entry_id", ForeignKey("entries.id"), nullable=False, index=True),
    _text("parent"),
    _text("author"),
    _text("text"),
    _text("url"),
    Column("at", Moment, nullable=False),
    Column("heard_at", Moment, nullable=False),
    Column("ours", Boolean, nullable=False),
    _state(Heed),
    _text("settled_by"),
    Column("settled_at", Moment),
    Column("forgotten_at", Moment),
    UniqueConstraint("channel", "remote_id"),
    Index("ix_responses_state", "state", "at"),
    sqlite_autoincrement=True,
)

replies = Table(
    "replies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("response_id", ForeignKey("responses.id"), nullable=False, index=True),
    _digest("key"),
    _state((State.SENDING, State.DELIVERED, State.IN_DOUBT, State.REFUSED)),
    _text("text"),
    _text("actor"),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    _text("reason"),
    _text("post_id"),
    _text("url"),
    UniqueConstraint("key"),
    sqlite_autoincrement=True,
)

figures = Table(
    "figures",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("post_id", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("views", BigInteger),
    Column("likes", BigInteger),
    Column("replies", BigInteger),
    Column("shares", BigInteger),
    Column("clicks", BigInteger),
)
