"""Alembic's environment: runs migrations on the connection that `bot.store.database.migrate` passes."""

from __future__ import annotations

from alembic import context

from bot.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite alters a table by copying it.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
