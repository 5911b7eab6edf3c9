"""What an entry is for, and which correction of its article it tells.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Leave open what earlier entries told: the next build notes it, and posts nothing for it."""
    op.add_column(
        "entries", sa.Column("deed", sa.String(length=16), nullable=False, server_default="post")
    )
    op.add_column("entries", sa.Column("correction", sa.Text(), nullable=True))
