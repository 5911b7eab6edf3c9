"""What an office decides about posts: category and priority of an entry, approvals, runs.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the office's rules look at; entries of before have no category and no priority."""
    op.add_column("entries", sa.Column("category", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "entries",
        sa.Column("priority", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("payload_sha256", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_approvals_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint(
            "entry_id", "payload_sha256", "actor", name=op.f("uq_approvals_entry_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "runs",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_runs")),
    )
