"""What Alembic runs to reach the ledger: it gets the connection, and its transaction, handed in."""

from __future__ import annotations

from alembic import context

from syndication.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
