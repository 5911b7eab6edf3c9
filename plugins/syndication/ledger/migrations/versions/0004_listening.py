"""What people say below the posts, the office's answers, figures, what reading costs; plain posts.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the listen room; nothing was heard before."""
    _reads()
    _listened()
    _responses()
    _replies()
    _figures()
    op.add_column(
        "entries",
        sa.Column("plain", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index("ix_entries_cause", "entries", ["cause", "state", "next_at"], unique=False)


def _reads() -> None:
    op.create_table(
        "reads",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "day", name=op.f("pk_reads")),
    )


def _listened() -> None:
    op.create_table(
        "listened",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("heard_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_listened")),
    )


def _responses() -> None:
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("remote_id", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ours", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('new', 'done', 'answered')", name=op.f("ck_responses_state")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_responses_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("channel", "remote_id", name=op.f("uq_responses_channel")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_responses_entry_id"), "responses", ["entry_id"], unique=False)
    op.create_index("ix_responses_state", "responses", ["state", "at"], unique=False)


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('sending', 'delivered', 'in_doubt', 'refused')",
            name=op.f("ck_replies_state"),
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_replies_response_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sa.UniqueConstraint("key", name=op.f("uq_replies_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_replies_response_id"), "replies", ["response_id"], unique=False)


def _figures() -> None:
    counts = ("views", "likes", "replies", "shares", "clicks")
    op.create_table(
        "figures",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in counts),
        sa.PrimaryKeyConstraint("channel", "post_id", "day", name=op.f("pk_figures")),
    )
